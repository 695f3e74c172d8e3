"""Gaps, overlaps and dead rules of a table, found exactly wherever its cells compare with literals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from zhengtong.engines.rules.dmn.segments import Column

_MOST = 10_000_000  # cells looked at, each for one segment, before giving up: some seconds
_MOST_PAIRS = 2_000_000
_MOST_EXAMPLES = 3

Point = tuple[int, ...]  # a segment of each column


class TooLarge(Exception):
    """The table has more cases than can be looked at."""


@dataclass
class Work:
    """How many cells may still be looked at, on all days of a table."""

    left: int = _MOST

    def spend(self, cells: int) -> None:
        """Count them; TooLarge when there are no more."""
        self.left -= cells
        if self.left < 0:
            raise TooLarge


@dataclass
class Coverage:
    """A table as boxes: of each column, of each rule, the set of segments."""

    columns: Sequence[Column]
    rules: int
    work: Work = field(default_factory=Work)

    def gaps(self) -> Iterator[Point]:
        """Some cases that no rule covers, one for each way in which they differ."""
        return self._uncovered(0, (1 << self.rules) - 1, _MOST_EXAMPLES)

    def overlaps(self) -> Iterator[tuple[int, int, Point]]:
        """Pairs of rules (from 0) that cover a case in common, and that case. Raises TooLarge."""
        if self.rules**2 > _MOST_PAIRS:
            raise TooLarge
        for first in range(self.rules):
            self.work.spend(self.rules - first)
            for second in range(first + 1, self.rules):
                point = self._common(first, second)
                if point:
                    yield first, second, point

    def is_empty(self, rule: int) -> bool:
        """Whether the rule covers no case at all."""
        return any(not column.cells[rule] for column in self.columns)

    def is_covered(self, rule: int, others: int) -> bool:
        """Whether other rules, as bits, cover all that this one does."""
        return not any(self._uncovered(0, others, 1, within=rule))

    def _common(self, first: int, second: int) -> Point:
        both = [column.cells[first] & column.cells[second] for column in self.columns]
        return tuple(_lowest(each) for each in both) if all(both) else ()

    def _uncovered(self, place: int, rules: int, most: int, within: int | None = None) -> Iterator[Point]:
        """Points, from the column `place` on, that none of the rules (as bits) covers."""
        self.work.spend(1)
        if place == len(self.columns):
            if not rules:
                yield ()
            return
        column = self.columns[place]
        domain = column.domain if within is None else column.cells[within]
        for active, segments in self._groups(column, rules, domain).items():
            for rest in self._uncovered(place + 1, active, most, within):
                yield (_lowest(segments), *rest)
                most -= 1
                if most <= 0:
                    return

    def _groups(self, column: Column, rules: int, domain: int) -> dict[int, int]:
        """The segments of a column, put together where the same of the rules cover them."""
        groups: dict[int, int] = {}
        numbers = [number for number in range(self.rules) if rules >> number & 1]
        self.work.spend(self.rules + len(numbers) * domain.bit_count())
        for place in range(len(column.segments)):
            if domain >> place & 1:
                active = reduce(or_, (1 << number for number in numbers if column.cells[number] >> place & 1), 0)
                groups[active] = groups.get(active, 0) | 1 << place
        return dict(sorted(groups.items(), key=lambda each: each[0].bit_count()))


def _lowest(segments: int) -> int:
    """The number of the lowest bit."""
    return (segments & -segments).bit_length() - 1
