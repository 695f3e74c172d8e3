"""Functions that make one kind of value from another (DMN 1.5, 10.3.4.1)."""

import re
from decimal import Decimal, DecimalException

from zhengtong.engines.rules.feel import lexical
from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    Zone,
    make_date,
    months_between,
)
from zhengtong.engines.rules.feel.text import write
from zhengtong.engines.rules.feel.values import NUMBERS, Value, truncated
from zhengtong.engines.rules.feel.zones import zone_named
from zhengtong.engines.rules.limits import READ, Run

_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,6})?", re.ASCII)


@builtin("date(from: string | date | date and time)", steps=READ)
def date(value: Value) -> Date | None:
    if type(value) is str:
        return lexical.read_date(value)
    found: Date = value.date if type(value) is DateTime else value
    return found


@builtin("date(year: number, month: number, day: number)", steps=READ)
def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    return make_date(truncated(year), truncated(month), truncated(day))


@builtin("time(from: string | time | date | date and time)", steps=READ)
def time(value: Value) -> Time | None:
    if type(value) is str:
        return lexical.read_time(value)
    if type(value) is Date:
        return Time(0, 0)
    return Time(value.nanos, value.zone) if type(value) is DateTime else value


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration?)", steps=READ)
def time_of_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None) -> Time | None:
    zone = None if offset is None else offset.nanos // SECOND
    nanos = _clock(hour, minute, second)
    return None if nanos is None or (zone is not None and abs(zone) > 18 * 3600) else Time(nanos, zone)


def _clock(hour: Decimal, minute: Decimal, second: Decimal) -> int | None:
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    return (int(hour) * HOUR + int(minute) * MINUTE + int(NUMBERS.multiply(second, Decimal(SECOND)))) % DAY


@builtin("date and time(from: string | date | date and time)", steps=READ)
def date_and_time(value: Value) -> DateTime | None:
    if type(value) is str:
        day = lexical.read_date(value)
        return DateTime(day, 0) if day else lexical.read_date_time(value)
    return DateTime(value, 0) if type(value) is Date else value


@builtin("date and time(date: date | date and time, time: time)", steps=READ)
def date_and_time_of(day: Value, time: Time) -> DateTime:
    return DateTime(day.date if type(day) is DateTime else day, time.nanos, time.zone)


_SIX = "year: number, month: number, day: number, hour: number, minute: number, second: number"


@builtin(
    f"date and time({_SIX})",
    f"date and time({_SIX}, offset: number)",
    f"date and time({_SIX}, timezone: string)",
    steps=READ,
)
def date_and_time_of_parts(
    year: Decimal,
    month: Decimal,
    day: Decimal,
    hour: Decimal,
    minute: Decimal,
    second: Decimal,
    zone: Decimal | str | None = None,
) -> DateTime | None:
    on, nanos = make_date(truncated(year), truncated(month), truncated(day)), _clock(hour, minute, second)
    where: Zone = truncated(zone * 3600) if isinstance(zone, Decimal) else zone
    known = where is None or (zone_named(where) is not None if isinstance(where, str) else abs(where) <= 18 * 3600)
    return DateTime(on, nanos, where) if on and nanos is not None and known else None


@builtin(
    "number(from: string)", "number(from: string, grouping separator: string?, decimal separator: string?)", steps=READ
)
def number(text: str, grouping: str | None = None, decimal: str | None = None) -> Decimal | None:
    if grouping not in {None, " ", ",", "."} or decimal not in {None, ".", ","}:
        return None
    if grouping is not None and grouping == decimal:
        return None
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(decimal, ".") if decimal else plain
    try:
        return NUMBERS.create_decimal(plain) if _NUMBER.fullmatch(plain) else None
    except DecimalException:
        return None


@builtin("string(from: any)", run=True)
def string(run: Run, value: Value) -> str | None:
    return None if value is None else write(value, run.limits.text)


@builtin("duration(from: string | days and time duration | years and months duration)", steps=READ)
def duration(value: Value) -> Value:
    return lexical.read_duration(value) if type(value) is str else value


@builtin("years and months duration(from: date | date and time, to: date | date and time)", steps=READ)
def years_and_months_duration(start: Value, end: Value) -> MonthsDuration:
    """Whole months; the time of day does not count."""
    return MonthsDuration(months_between(_day(start), _day(end)))


def _day(value: Value) -> Date:
    found: Date = value.date if type(value) is DateTime else value
    return found
