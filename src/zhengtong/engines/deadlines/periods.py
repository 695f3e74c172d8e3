"""What lengthens a limit, or stands outside it."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhengtong.common.text import Text
from zhengtong.engines.deadlines.limit import Limit


@dataclass(frozen=True)
class Stop:
    """The clock stands still on `ground` (`law/article`) after `from_on`, up to and with `to_on`; None is open."""

    from_on: date
    to_on: date | None
    ground: str
    reason: str | Text

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError(f"a stop cannot end ({self.to_on}) before it begins ({self.from_on})")

    def covers(self, day: date) -> bool:
        """Whether `day` is not counted because of this."""
        return self.from_on < day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class Extension:
    """More time, on `ground` (`law/article`)."""

    limit: Limit
    ground: str


def phases(limit: Limit, extensions: Iterable[Extension]) -> list[Limit]:
    """What is counted one after the other; like units are added, so that P1M and P1M are two months, not 31 + 28."""
    result = [limit]
    for more in (extension.limit for extension in extensions):
        if more.unit == result[-1].unit:
            result[-1] = replace(more, amount=result[-1].amount + more.amount)
        else:
            result.append(more)
    return result


def span(limit: Limit, start: date) -> int:
    """How many days of its kind `limit` counts after `start`; months: the calendar days to the same day of the last."""
    if limit.unit == "hours":
        raise ValueError(f"{limit} is counted from a moment, not from a day: use due_at")
    return (_months_after(start, limit.amount) - start).days if limit.unit == "months" else limit.amount


def standing(stops: Sequence[Stop], day: date) -> Stop | None:
    """The stop that keeps `day` from being counted, if one does."""
    return next((stop for stop in stops if stop.covers(day)), None)


def _months_after(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
