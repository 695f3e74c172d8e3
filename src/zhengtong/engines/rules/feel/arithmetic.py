"""What `+ - * / **` mean for each pair of kinds (DMN 1.5, tables 55–58). Everything else is null."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from zhengtong.engines.rules.feel.temporal import (
    DAY,
    FURTHEST_YEAR,
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    at_instant,
    at_local,
    date_of,
    days_of,
    midnight,
    plus_months,
)
from zhengtong.engines.rules.feel.values import NUMBERS, Value
from zhengtong.engines.rules.limits import CHARACTERS, HARD, ZONED, Run

_Table = dict[tuple[type, type], Callable[[Any, Any], Value]]
_MOST_MONTHS = FURTHEST_YEAR * 12 * 2
_MOST_DIGITS = 32
_MOST_NANOS = 10**_MOST_DIGITS


def add(run: Run, left: Value, right: Value) -> Value:
    """`left + right`."""
    if type(left) is Decimal and type(right) is Decimal:
        try:
            return NUMBERS.add(left, right)
        except DecimalException:
            return None
    if type(left) is str and type(right) is str:
        run.fits(len(left) + len(right))
        run.spend(1 + (len(left) + len(right)) // CHARACTERS)
        return left + right
    return _by(run, _ADD, left, right)


def subtract(run: Run, left: Value, right: Value) -> Value:
    """`left - right`."""
    return _by(run, _SUBTRACT, left, right)


def multiply(run: Run, left: Value, right: Value) -> Value:
    """`left * right`."""
    return _by(run, _MULTIPLY, left, right)


def divide(run: Run, left: Value, right: Value) -> Value:
    """`left / right`; null where `right` is zero."""
    return _by(run, _DIVIDE, left, right)


def power(run: Run, left: Value, right: Value) -> Value:
    """`left ** right`."""
    run.spend(HARD)
    return _by(run, _POWER, left, right)


def negate(value: Value) -> Value:
    """`-value`."""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is DaysDuration:
        return DaysDuration(-value.nanos)
    return MonthsDuration(-value.months) if type(value) is MonthsDuration else None


def _by(run: Run, table: _Table, left: Value, right: Value) -> Value:
    operation = table.get((type(left), type(right)))
    if operation is None:
        return None
    if type(left) is not Decimal or type(right) is not Decimal:
        run.spend(_cost(left) + _cost(right))
    try:
        return operation(left, right)
    except (DecimalException, ZeroDivisionError):
        return None


def _cost(value: Value) -> int:
    """The steps that one side of an operation on dates, times and durations takes."""
    return ZONED if isinstance(getattr(value, "zone", None), str) else 2


def days(nanos: int) -> DaysDuration | None:
    """A duration, null where it is out of all bounds."""
    return DaysDuration(nanos) if abs(nanos) < _MOST_NANOS else None


def months(count: int) -> MonthsDuration | None:
    """The same of months."""
    return MonthsDuration(count) if abs(count) <= _MOST_MONTHS else None


def _shift(moment: DateTime, duration: DaysDuration) -> DateTime | None:
    if moment.zone is None:
        return at_local(moment.local + duration.nanos, None)
    return at_instant(moment.instant + duration.nanos, moment.zone)


def _shift_months(moment: DateTime, duration: MonthsDuration) -> DateTime | None:
    date = plus_months(moment.date, duration.months)
    return date and DateTime(date, moment.nanos, moment.zone)


def _shift_date(date: Date, duration: DaysDuration) -> Date | None:
    day = date_of(days_of(date) + duration.nanos // DAY)
    return day if abs(day.year) <= FURTHEST_YEAR else None


def _shift_time(time: Time, duration: DaysDuration) -> Time:
    return Time((time.nanos + duration.nanos) % DAY, time.zone)


def _between(later: DateTime, earlier: DateTime) -> DaysDuration | None:
    if (later.zone is None) != (earlier.zone is None):
        return None
    return days(later.instant - earlier.instant)


def _between_times(later: Time, earlier: Time) -> DaysDuration | None:
    if (later.zone is None) != (earlier.zone is None):
        return None
    return DaysDuration(later.nanos - earlier.nanos - ((later.offset or 0) - (earlier.offset or 0)) * SECOND)


def _scaled(amount: int, by: Decimal, divided: bool = False) -> int:
    whole = Decimal(amount)
    found = NUMBERS.divide(whole, by) if divided else NUMBERS.multiply(whole, by)
    return int(found) if found.adjusted() < _MOST_DIGITS else 10**_MOST_DIGITS


def _raised(base: Decimal, exponent: Decimal) -> Decimal:
    return NUMBERS.power(base, exponent) if exponent else Decimal(1)  # also of zero, as IEEE 754 has it


def _both(table: _Table) -> _Table:
    """The same with the operands changed about."""
    return table | {(right, left): _swapped(do) for (left, right), do in table.items() if left is not right}


def _swapped(do: Callable[[Any, Any], Value]) -> Callable[[Any, Any], Value]:
    return lambda left, right: do(right, left)


def _backwards(do: Callable[[Any, Any], Value]) -> Callable[[Any, Any], Value]:
    return lambda value, duration: do(value, negate(duration))


_DURATIONS = frozenset([DaysDuration, MonthsDuration])
_ADD: _Table = _both(
    {
        (DateTime, DaysDuration): _shift,
        (DateTime, MonthsDuration): _shift_months,
        (Date, DaysDuration): _shift_date,
        (Date, MonthsDuration): lambda date, duration: plus_months(date, duration.months),
        (Time, DaysDuration): _shift_time,
        (DaysDuration, DaysDuration): lambda left, right: days(left.nanos + right.nanos),
        (MonthsDuration, MonthsDuration): lambda left, right: months(left.months + right.months),
    }
)
_SUBTRACT: _Table = {
    (Decimal, Decimal): NUMBERS.subtract,
    (DateTime, DateTime): _between,
    (Date, Date): lambda later, earlier: DaysDuration((days_of(later) - days_of(earlier)) * DAY),
    (DateTime, Date): lambda later, earlier: _between(later, midnight(earlier)),
    (Date, DateTime): lambda later, earlier: _between(midnight(later), earlier),
    (Time, Time): _between_times,
    **{pair: _backwards(do) for pair, do in _ADD.items() if pair[1] in _DURATIONS and pair[0] not in _DURATIONS},
    (DaysDuration, DaysDuration): lambda left, right: days(left.nanos - right.nanos),
    (MonthsDuration, MonthsDuration): lambda left, right: months(left.months - right.months),
}
_MULTIPLY: _Table = _both(
    {
        (Decimal, Decimal): NUMBERS.multiply,
        (DaysDuration, Decimal): lambda duration, by: days(_scaled(duration.nanos, by)),
        (MonthsDuration, Decimal): lambda duration, by: months(_scaled(duration.months, by)),
    }
)
_POWER: _Table = {(Decimal, Decimal): _raised}
_DIVIDE: _Table = {
    (Decimal, Decimal): NUMBERS.divide,
    (DaysDuration, Decimal): lambda duration, by: days(_scaled(duration.nanos, by, divided=True)),
    (MonthsDuration, Decimal): lambda duration, by: months(_scaled(duration.months, by, divided=True)),
    (DaysDuration, DaysDuration): lambda left, right: NUMBERS.divide(Decimal(left.nanos), Decimal(right.nanos)),
    (MonthsDuration, MonthsDuration): lambda left, right: NUMBERS.divide(Decimal(left.months), Decimal(right.months)),
}
