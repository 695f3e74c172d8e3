"""The other values of FEEL: ranges and functions, what kind a value is, and how values cross the border to Python.

Inside, a value is None, bool, Decimal, str, list, dict, Range, Function, or one of `temporal`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import (
    ROUND_HALF_EVEN,
    Clamped,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
)
from typing import Any
from zoneinfo import ZoneInfo

from zhengtong.engines.rules.feel import temporal
from zhengtong.engines.rules.feel.temporal import SECOND, Date, DateTime, DaysDuration, MonthsDuration, Time

Value = Any

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, InvalidOperation, Overflow],
    flags=[Clamped, Inexact, Rounded, Subnormal, Underflow],
)
"""The numbers of FEEL: IEEE 754 decimal128 (10.3.2.3.1)."""


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` to `end`; None there means without bound, as in `< 5`."""

    start: Value
    end: Value
    start_included: bool = False
    end_included: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something to call: `body(run, *arguments)`. `kinds` are the types of its parameters, where they are declared."""

    parameters: tuple[str, ...]
    body: Callable[..., Value]
    kinds: tuple[Any, ...] = ()
    result: Any = None
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Builtin:
    """A function of the standard: forms of calling it, tried in turn."""

    name: str
    forms: list[Any] = field(default_factory=list)


_KINDS = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
    Builtin: "function",
}


def kind_of(value: Value) -> str:
    """The kind of a value: `number`, `date and time`, `list` …"""
    return _KINDS[type(value)]


def into(value: Any, spend: Callable[[int], None] = lambda _: None) -> Value:
    """A Python value as FEEL has it. TypeError for what has no counterpart.

    int, float (by its shortest decimal form), date, datetime, time, timedelta, sequences and mappings are taken.
    `spend` counts the items: what Python holds once and refers to often, FEEL gets as often.
    """
    convert = _INTO.get(type(value))
    if convert is None:
        convert = next((each for python, each in _INTO.items() if isinstance(value, python)), None)
    if convert is None:
        raise TypeError(f"{type(value).__name__} is not a value of FEEL")
    return convert(value, spend) if convert is _context or convert is _list else convert(value)


def _same(value: Value) -> Value:
    return value


def as_number(value: Decimal) -> Decimal | None:
    """Rounded to what FEEL can hold; null for what is no number, or too large."""
    try:
        found = NUMBERS.plus(value)
    except DecimalException:
        return None
    return found if found.is_finite() else None


def whole(value: Decimal) -> int | None:
    """The integer, or None for a fraction and for what is larger than anything is counted by."""
    return int(value) if value.adjusted() < 20 and value == value.to_integral_value() else None


def truncated(value: Decimal) -> int:
    """The integer towards zero; of what is larger than anything is counted by, some other that is as well."""
    return int(value) if value.adjusted() < 20 else 10**20


def _integer(value: int) -> Decimal | None:
    return as_number(Decimal(value)) if value.bit_length() <= _MOST_BITS else None


def _number(value: float) -> Decimal | None:
    return as_number(Decimal(repr(value)))


def _moment(value: datetime) -> DateTime:
    day = Date(value.year, value.month, value.day)
    clock = _clock(value.timetz())
    if isinstance(value.tzinfo, ZoneInfo):
        return DateTime(day, clock.nanos, value.tzinfo.key)
    offset = value.utcoffset()
    return DateTime(day, clock.nanos, None if offset is None else int(offset.total_seconds()))


def _clock(value: time) -> Time:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    offset = value.utcoffset()
    return Time(seconds * SECOND + value.microsecond * 1000, None if offset is None else int(offset.total_seconds()))


def _elapsed(value: timedelta) -> DaysDuration:
    return DaysDuration((value.days * 86_400 + value.seconds) * SECOND + value.microseconds * 1000)


def _context(value: Mapping[Any, Any], spend: Callable[[int], None]) -> Value:
    spend(len(value))
    return {str(key): into(each, spend) for key, each in value.items()}


def _list(value: Collection[Any], spend: Callable[[int], None]) -> Value:
    spend(len(value))
    return [into(each, spend) for each in value]


_MOST_BITS = 20_411  # of 10**6144 and more
_INTO: dict[Any, Callable[..., Value]] = {
    **dict.fromkeys(_KINDS, _same),
    Decimal: as_number,
    int: _integer,
    float: _number,
    datetime: _moment,
    date: lambda value: Date(value.year, value.month, value.day),
    time: _clock,
    timedelta: _elapsed,
    dict: _context,
    list: _list,
    str: str,
    Mapping: _context,
    Sequence: _list,
    Set: _list,
}
"""By type; a type that is not here is taken as the first that it is a kind of."""


def out(value: Value, spend: Callable[[int], None] = lambda _: None) -> Any:
    """A FEEL value as Python has it: date, datetime and so on where they can hold it, else the FEEL value itself.

    Years beyond 1–9999, fractions of microseconds, durations of months, ranges and functions stay what they are.
    `spend` counts the items: what FEEL holds once and refers to often, Python gets as often.
    """
    if type(value) in SAME:
        return value
    if isinstance(value, list):
        spend(len(value))
        return [out(each, spend) for each in value]
    if isinstance(value, dict):
        spend(len(value))
        return {key: out(each, spend) for key, each in value.items()}
    convert = _OUT.get(type(value))
    return convert(value) if convert else value


def _out_date(value: Date) -> Any:
    return date(value.year, value.month, value.day) if 1 <= value.year <= 9999 else value


def _out_time(value: Time) -> Any:
    if value.nanos % 1000:
        return value
    seconds, micros = divmod(value.nanos // 1000, 1_000_000)
    zone = None if value.offset is None else _fixed(value.offset)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, micros, zone)


def _out_moment(value: DateTime) -> Any:
    if not 1 <= value.date.year <= 9999 or value.nanos % 1000:
        return value
    zone = ZoneInfo(value.zone) if isinstance(value.zone, str) else None if value.zone is None else _fixed(value.zone)
    return datetime.combine(_out_date(value.date), _out_time(Time(value.nanos)), tzinfo=zone)


def _fixed(offset: int) -> tzinfo:
    return UTC if offset == 0 else timezone(timedelta(seconds=offset))


_LONGEST = temporal.DAY * 999_999_998


def _out_elapsed(value: DaysDuration) -> Any:
    return value if value.nanos % 1000 or abs(value.nanos) > _LONGEST else timedelta(microseconds=value.nanos // 1000)


SAME = frozenset([type(None), bool, Decimal, str])
"""Types that are the same in Python and in FEEL."""
_OUT: dict[Any, Callable[[Any], Any]] = {
    Date: _out_date,
    Time: _out_time,
    DateTime: _out_moment,
    DaysDuration: _out_elapsed,
}
