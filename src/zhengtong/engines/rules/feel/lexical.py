"""Dates, times and durations as FEEL writes them: ISO 8601 as XML Schema has it, with zones by name after `@`."""

import re
from functools import lru_cache

from zhengtong.engines.rules.feel.temporal import (
    DAY,
    FURTHEST_YEAR,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    Zone,
    date_of,
    days_of,
    make_date,
)
from zhengtong.engines.rules.feel.zones import zone_named

_DATE = r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,20}))?"
_ZONE = r"([Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]{1,60})?"
_DATE_ONLY = re.compile(_DATE, re.ASCII)
_TIME_ONLY = re.compile(_TIME + _ZONE, re.ASCII)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}{_ZONE}", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:([0-9]{1,18})D)?(T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,20}))?S)?)?",
    re.ASCII,
)


@lru_cache(4096)
def read_date(text: str) -> Date | None:
    """`2026-03-09`, or None."""
    match = _DATE_ONLY.fullmatch(text)
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


@lru_cache(1024)
def read_time(text: str) -> Time | None:
    """`10:30:00`, perhaps with a fraction and a zone, or None."""
    match = _TIME_ONLY.fullmatch(text)
    if not match:
        return None
    nanos, (known, zone) = _nanos(*match.group(1, 2, 3, 4)), _zone(match[5])
    return Time(nanos % DAY, zone) if nanos is not None and known else None


@lru_cache(1024)
def read_date_time(text: str) -> DateTime | None:
    """`2026-03-09T10:30:00`, perhaps with a fraction and a zone, or None."""
    match = _DATE_TIME.fullmatch(text)
    if not match:
        return None
    date = make_date(int(match[1]), int(match[2]), int(match[3]))
    nanos, (known, zone) = _nanos(*match.group(4, 5, 6, 7)), _zone(match[8])
    if date is None or nanos is None or not known:
        return None
    return DateTime(date_of(days_of(date) + 1), 0, zone) if nanos == DAY else DateTime(date, nanos, zone)


@lru_cache(1024)
def read_duration(text: str) -> DaysDuration | MonthsDuration | None:
    """`P1Y2M` or `P1DT2H3M4.5S`, perhaps negative, or None."""
    if (match := _MONTHS.fullmatch(text)) and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return MonthsDuration(-months if match[1] else months) if months <= FURTHEST_YEAR * 12 else None
    match = _DAYS.fullmatch(text)
    if not match or not any(match.group(2, 4, 5, 6)) or match[3] == "T":
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 4, 5, 6))
    nanos = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + _fraction(match[7])
    return DaysDuration(-nanos if match[1] else nanos) if nanos < 10**32 else None


def read_at(text: str) -> Date | Time | DateTime | DaysDuration | MonthsDuration | None:
    """What stands between the quotes of `@"…"`, or None where it is none of these."""
    return read_date(text) or read_time(text) or read_date_time(text) or read_duration(text)


def _nanos(hour: str, minute: str, second: str, fraction: str | None) -> int | None:
    nanos = int(hour) * HOUR + int(minute) * MINUTE + int(second) * SECOND + _fraction(fraction)
    in_range = int(hour) < 24 and int(minute) < 60 and int(second) < 60
    return nanos if in_range or (hour == "24" and nanos == DAY) else None


def _fraction(digits: str | None) -> int:
    return int((digits or "")[:9].ljust(9, "0"))


def _zone(text: str | None) -> tuple[bool, Zone]:
    """Whether it can be a zone, and which."""
    if text is None:
        return True, None
    if text in {"Z", "z"}:  # the standard's own examples have a small one
        return True, 0
    if text[0] == "@":
        return zone_named(text[1:]) is not None, text[1:]
    hours, minutes, seconds = (int(part) for part in [*text[1:].split(":"), "0"][:3])
    total = hours * 3600 + minutes * 60 + seconds
    is_offset = total <= 18 * 3600 and minutes < 60 and seconds < 60
    return is_offset, -total if text[0] == "-" else total


def write_date(date: Date) -> str:
    """`2026-03-09`."""
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def write_time(time: Time) -> str:
    """`10:30:00`, with a fraction only where there is one."""
    return _write_nanos(time.nanos) + _write_zone(time.zone)


def write_date_time(moment: DateTime) -> str:
    """`2026-03-09T10:30:00`, with its zone."""
    return f"{write_date(moment.date)}T{_write_nanos(moment.nanos)}{_write_zone(moment.zone)}"


def write_months(duration: MonthsDuration) -> str:
    """`P1Y2M`."""
    years, months = divmod(abs(duration.months), 12)
    told = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if duration.months < 0 else ''}P{told or '0M'}"


def write_days(duration: DaysDuration) -> str:
    """`P1DT2H3M4.5S`."""
    days, rest = divmod(abs(duration.nanos), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    clock = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M")) if count)
    clock += f"{_seconds(rest)}S" if rest else ""
    told = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if duration.nanos < 0 else ''}P{told or 'T0S'}"


def _seconds(nanos: int) -> str:
    seconds, fraction = divmod(nanos, SECOND)
    return f"{seconds}" + (f".{fraction:09}".rstrip("0") if fraction else "")


def _write_nanos(nanos: int) -> str:
    hours, rest = divmod(nanos, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    whole, _, fraction = _seconds(rest).partition(".")
    return f"{hours:02}:{minutes:02}:{int(whole):02}" + (f".{fraction}" if fraction else "")


def _write_zone(zone: Zone) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    sign = "-" if zone < 0 else "+"
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
