"""Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3.4–10.3.2.3.8).

Python's own types end at the year 9999 and at microseconds; FEEL goes on to 999,999,999 and to nanoseconds, has times
with zones by name, and durations of years and months. Hence these: small, immutable, counted in nanoseconds.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from zhengtong.engines.rules.feel.zones import offset_at

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
FURTHEST_YEAR = 999_999_999

Zone = int | str | None  # seconds east of Greenwich, a name of the tz database, or local


class Date(NamedTuple):
    """A day of the proleptic Gregorian calendar; years may be negative (there is a year 0)."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True, order=True)
class DaysDuration:
    """A days and time duration, in nanoseconds."""

    nanos: int


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A years and months duration, in months."""

    months: int


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, in nanoseconds since midnight, with or without a zone."""

    nanos: int
    zone: Zone = None

    @property
    def offset(self) -> int | None:
        """Seconds east of Greenwich; of a named zone, those of its standard time in 1970, since there is no day."""
        return offset_at(self.zone, 0) if isinstance(self.zone, str) else self.zone


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment (with a zone) or a local date and time (without)."""

    date: Date
    nanos: int
    zone: Zone = None

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on the wall."""
        return days_of(self.date) * DAY + self.nanos

    @property
    def offset(self) -> int | None:
        """Seconds east of Greenwich, None without a zone."""
        return offset_at(self.zone, self.local // SECOND) if isinstance(self.zone, str) else self.zone

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; a local one counts as if it were UTC."""
        return self.local - (self.offset or 0) * SECOND


def days_of(date: Date) -> int:
    """Days since 1970-01-01."""
    year = date.year - (date.month <= 2)
    era, of_era = divmod(year, 400)
    of_year = (153 * (date.month + (-3 if date.month > 2 else 9)) + 2) // 5 + date.day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def date_of(days: int) -> Date:
    """The date that is `days` after 1970-01-01."""
    era, of_era = divmod(days + 719_468, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = month + (3 if month < 10 else -9)
    return Date(year + era * 400 + (month <= 2), month, day)


def length_of_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


@lru_cache(4096)
def make_date(year: int, month: int, day: int) -> Date | None:
    """The date, or None where there is no such day."""
    if not (1 <= month <= 12 and -FURTHEST_YEAR <= year <= FURTHEST_YEAR):
        return None
    return Date(year, month, day) if 1 <= day <= length_of_month(year, month) else None


def midnight(date: Date) -> DateTime:
    """A date where a date and time is wanted: 00:00 UTC (10.3.2.9.4)."""
    return DateTime(date, 0, 0)


def at_local(nanos: int, zone: Zone) -> DateTime | None:
    """The date and time that the wall shows `nanos` after 1970-01-01T00:00:00; None when out of range."""
    days, rest = divmod(nanos, DAY)
    date = date_of(days)
    return DateTime(date, rest, zone) if -FURTHEST_YEAR <= date.year <= FURTHEST_YEAR else None


def at_instant(nanos: int, zone: Zone) -> DateTime | None:
    """The same of an instant, shown in `zone`."""
    offset = offset_at(zone, nanos // SECOND, local=False) if isinstance(zone, str) else zone or 0
    return at_local(nanos + offset * SECOND, zone)


def plus_months(date: Date, months: int) -> Date | None:
    """The date so many months on, cut to the length of its month."""
    total = date.year * 12 + date.month - 1 + months
    year, month = divmod(total, 12)
    return make_date(year, month + 1, min(date.day, length_of_month(year, month + 1)))


def months_between(start: Date, end: Date) -> int:
    """Whole months from `start` to `end`, negative when `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    return months + 1 if months < 0 and end.day > start.day else months
