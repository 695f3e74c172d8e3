"""Members, items and filters: `value.name`, `list[1]`, `list[condition]` (DMN 1.5, tables 62, 65, 66)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

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
    days_of,
)
from zhengtong.engines.rules.feel.values import Range, Value, whole
from zhengtong.engines.rules.limits import Run, Spend, free


def member(value: Value, name: str, spend: Spend = free) -> Value:
    """`value.name`: of a context, of each item of a list, or a property of a date, a duration or a range."""
    if type(value) is dict:
        return value.get(name)
    if type(value) is list:
        spend(len(value))
        return [member(each, name, spend) for each in value]
    read = _PROPERTIES.get(type(value), {}).get(name)
    return read(value) if read else None


def scoped(item: Value, name: str, outer: Value) -> Value:
    """What `name` means within a filter: the member of a context that has one, else what it means outside."""
    return item.get(name, outer) if type(item) is dict else outer


def item_at(value: Value, position: Value) -> Value:
    """`value[position]`, from 1, or from -1 backwards; null where there is none."""
    items = value if type(value) is list else [value]
    index = whole(position)
    if index is None:
        return None
    if 1 <= index <= len(items):
        return items[index - 1]
    return items[index] if -len(items) <= index <= -1 else None


def filtered(run: Run, value: Value, condition: Callable[[Value], Value]) -> Value:
    """`value[condition]`: the item at a position if the condition is a number, else the items for which it is true."""
    items = value if type(value) is list else [] if value is None else [value]
    run.spend(len(items))
    first = condition(items[0] if items else None)
    if type(first) is Decimal:
        return item_at(value, first) if items else None
    if value is None or not (first is None or type(first) is bool):
        return None
    rest = [item for item in items[1:] if condition(item) is True]
    return [items[0], *rest] if items and first is True else rest


def _unit(unit: int, within: int) -> Callable[[Any], Decimal]:
    def read(value: Any) -> Decimal:
        count = abs(value.nanos) % within // unit
        return Decimal(-count if value.nanos < 0 else count)

    return read


def _second(value: Any) -> Decimal:
    whole = Decimal(abs(value.nanos) % MINUTE) / SECOND
    return -whole if value.nanos < 0 else whole


def _offset(value: Any) -> Value:
    return None if value.offset is None else DaysDuration(value.offset * SECOND)


def _zone(value: Any) -> Value:
    return value.zone if isinstance(value.zone, str) else None


def _date(part: str) -> Callable[[Any], Decimal]:
    return lambda value: Decimal(getattr(value, part))


def weekday(date: Date) -> Decimal:
    """1 (Monday) to 7 (Sunday)."""
    return Decimal((days_of(date) + 3) % 7 + 1)


def _of_date(read: Callable[[Date], Value]) -> Callable[[DateTime], Value]:
    return lambda moment: read(moment.date)


def _months(value: MonthsDuration) -> tuple[int, int]:
    years, rest = divmod(abs(value.months), 12)
    return (-years, -rest) if value.months < 0 else (years, rest)


_Reader = dict[str, Callable[[Any], Value]]
_DATE: _Reader = {"year": _date("year"), "month": _date("month"), "day": _date("day"), "weekday": weekday}
_CLOCK: _Reader = {"hour": _unit(HOUR, DAY), "minute": _unit(MINUTE, HOUR), "second": _unit(SECOND, MINUTE)}
_ZONED: _Reader = {"time offset": _offset, "timezone": _zone}
_PROPERTIES: dict[type, _Reader] = {
    Date: _DATE,
    Time: _CLOCK | _ZONED,
    DateTime: {name: _of_date(read) for name, read in _DATE.items()} | _CLOCK | _ZONED,
    DaysDuration: {
        "days": lambda value: Decimal(abs(value.nanos) // DAY * (-1 if value.nanos < 0 else 1)),
        "hours": _unit(HOUR, DAY),
        "minutes": _unit(MINUTE, HOUR),
        "seconds": _second,
    },
    MonthsDuration: {
        "years": lambda value: Decimal(_months(value)[0]),
        "months": lambda value: Decimal(_months(value)[1]),
    },
    Range: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}
PROPERTY_NAMES = frozenset(name for reader in _PROPERTIES.values() for name in reader)
