"""What a column of a table can see, cut into segments within which no cell tells two values apart.

Numbers and dates are cut at every literal of the column: below the first, the first itself, between it and the next …
A set of segments is a set of bits, so that rules can be compared by `and` and `or`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cmp_to_key, reduce
from operator import or_

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.arithmetic import negate
from zhengtong.engines.rules.feel.equality import order, same
from zhengtong.engines.rules.feel.literals import made_of_text
from zhengtong.engines.rules.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time, date_of, days_of
from zhengtong.engines.rules.feel.values import Value

_ORDERED = (Decimal, Date, Time, DateTime, DaysDuration, MonthsDuration)


class Opaque(Exception):
    """A cell is more than comparisons with literals, so that it cannot be compared with others."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A point (`low` is `high`), or what lies between two points; None is without bound. `other` is any other text."""

    low: Value
    high: Value
    other: bool = False

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def example(self) -> Value:
        """A value in the segment."""
        if self.other:
            return "…"
        return self.low if self.is_point else _between(self.low, self.high)


def _between(low: Value, high: Value) -> Value:
    known = low if low is not None else high
    if isinstance(known, Decimal):
        return _number_between(low, high)
    if isinstance(known, Date):
        return date_of(days_of(low) + 1 if low is not None else days_of(high) - 1)
    return known


def _number_between(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is None:
        return (high or Decimal(0)) - 1
    if high is None:
        return low + 1
    return low + 1 if low + 1 < high else (low + high) / 2


@dataclass(frozen=True, slots=True)
class Column:
    """The segments of a column, and of each rule the set of segments that its cell lets through."""

    segments: tuple[Segment, ...]
    cells: tuple[int, ...]
    domain: int


def column_of(cells: Sequence[tree.Tests], allowed: tree.Tests | None, *, is_boolean: bool = False) -> Column:
    """Cut a column. Raises Opaque."""
    everything = [*cells, allowed] if allowed else list(cells)
    points = [literal for cell in everything for test in cell.tests for literal in literals(test)]
    segments = _booleans() if is_boolean or _all_of(points, bool) else _cut(points)
    places, count = places_of(segments), len(segments)
    domain = _mask(allowed, places, count) if allowed else (1 << count) - 1
    return Column(segments, tuple(_mask(cell, places, count) & domain for cell in cells), domain)


def _booleans() -> tuple[Segment, ...]:
    return Segment(True, True), Segment(False, False)


def _all_of(points: Sequence[Value], kind: type) -> bool:
    return bool(points) and all(type(each) is kind for each in points)


def _cut(points: Sequence[Value]) -> tuple[Segment, ...]:
    if not points:
        return (Segment(None, None),)
    if _all_of(points, str):
        return (*(Segment(each, each) for each in dict.fromkeys(points)), Segment(None, None, other=True))
    if not any(_all_of(points, kind) for kind in _ORDERED):
        raise Opaque
    ordered = _distinct(sorted(points, key=cmp_to_key(lambda left, right: order(left, right) or 0)))
    found = [Segment(None, ordered[0])]
    for low, high in zip(ordered, [*ordered[1:], None], strict=True):
        found.append(Segment(low, low))
        if not _are_neighbours(low, high):
            found.append(Segment(low, high))
    return tuple(found)


def _distinct(ordered: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    for each in ordered:
        if not found or not same(found[-1], each):
            found.append(each)
    return found


def _are_neighbours(low: Value, high: Value) -> bool:
    """Days have neighbours, with nothing between them."""
    return isinstance(low, Date) and isinstance(high, Date) and days_of(high) - days_of(low) == 1


def literals(test: tree.Node) -> Iterable[Value]:
    """The literals that a test compares with. Raises Opaque."""
    if isinstance(test, tree.UnaryTest):
        return [literal(test.value)]
    if isinstance(test, tree.RangeOf):
        return [literal(test.start), literal(test.end)]
    if isinstance(test, tree.ListOf):
        return [literal(each) for each in test.items]
    return [literal(test)]


def literal(node: tree.Node) -> Value:
    """The value of a literal; also of `date("…")` and the like. Raises Opaque."""
    if isinstance(node, tree.Constant) and node.value is not None:
        return node.value
    if isinstance(node, tree.Negation):
        return negate(literal(node.value))
    made = made_of_text(node)
    if made is None or made.value is None:
        raise Opaque
    return made.value


def mask(cell: tree.Tests, segments: Sequence[Segment]) -> int:
    """The segments that a cell lets through, as bits. Raises Opaque."""
    return _mask(cell, places_of(segments), len(segments))


def places_of(segments: Sequence[Segment]) -> dict[Value, int]:
    """Which segment is which point."""
    return {each.low: place for place, each in enumerate(segments) if each.is_point}


def _mask(cell: tree.Tests, places: Mapping[Value, int], count: int) -> int:
    everything = (1 << count) - 1
    if not cell.tests:
        return everything
    found = reduce(or_, (_bits(test, places, everything) for test in cell.tests))
    return everything & ~found if cell.negated else found


def _bits(test: tree.Node, places: Mapping[Value, int], everything: int) -> int:
    """The segments that one test lets through: they are in order, so that a comparison is all up to one of them."""
    if isinstance(test, tree.UnaryTest):
        return _compared(test.op, literal(test.value), places, everything)
    if isinstance(test, tree.RangeOf):
        above = _compared(">=" if test.start_included else ">", literal(test.start), places, everything)
        return above & _compared("<=" if test.end_included else "<", literal(test.end), places, everything)
    values = [literal(each) for each in test.items] if isinstance(test, tree.ListOf) else [literal(test)]
    return reduce(or_, (_compared("=", each, places, everything) for each in values), 0)


def _compared(op: str, point: Value, places: Mapping[Value, int], everything: int) -> int:
    if isinstance(point, str) and op not in {"=", "!="}:
        raise Opaque  # texts are cut into points only
    place = places.get(point)
    if place is None:
        return everything if op == "!=" else 0  # of another kind than the column
    this, below = 1 << place, (1 << place) - 1
    return {
        "=": this,
        "!=": everything & ~this,
        "<": below,
        "<=": below | this,
        ">": everything & ~(below | this),
        ">=": everything & ~below,
    }[op]
