"""Counting without a database: what acts add up to, and how long a case took."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhengtong.engines.deadlines import Calendar, Stop

COUNTS = ("filed", "closed", "on_time", "late", "corrections", "handovers", "appeals", "overturned")


@dataclass(frozen=True)
class Tally:
    """Counts by name (`COUNTS`), and two histograms: working days taken, and levels of ratings."""

    counts: Counter[str] = field(default_factory=Counter)
    taken: Counter[int] = field(default_factory=Counter)
    ratings: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Count the other in."""
        self.counts.update(other.counts)
        self.taken.update(other.taken)
        self.ratings.update(other.ratings)


def summed(tallies: Iterable[Tally]) -> Tally:
    """One tally of several."""
    result = Tally()
    for each in tallies:
        result.add(each)
    return result


def quantile(histogram: Counter[int], share: Decimal) -> int | None:
    """The smallest value that at least `share` of the counted do not exceed (nearest rank); None without any."""
    needed = share * histogram.total()
    reached = 0
    for value in sorted(histogram):
        reached += histogram[value]
        if reached >= needed:
            return value
    return None


def mean(histogram: Counter[int]) -> Decimal | None:
    """The mean value, to two places; None without any."""
    if not histogram.total():
        return None
    weighted = sum(value * times for value, times in histogram.items())
    return (Decimal(weighted) / histogram.total()).quantize(Decimal("0.01"))


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, to one place; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def working_days_taken(*, accepted_on: date, closed_on: date, stops: Sequence[Stop], calendar: Calendar) -> int:
    """The working days after `accepted_on`, up to and with `closed_on`, on which the clock ran."""
    counted = calendar.between(accepted_on, closed_on)
    reached = accepted_on
    for stop in sorted(stops, key=lambda stop: stop.from_on):
        ended = min(stop.to_on or closed_on, closed_on)
        counted -= calendar.between(max(stop.from_on, reached), ended)
        reached = max(reached, ended)
    return counted
