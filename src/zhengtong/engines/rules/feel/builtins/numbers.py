"""Functions of numbers (DMN 1.5, 10.3.4.5)."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
)

from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.temporal import DaysDuration, MonthsDuration
from zhengtong.engines.rules.feel.values import NUMBERS, Value

_LEAST_SCALE, _MOST_SCALE = -6111, 6176
_WIDE = Context(prec=6200, Emin=-6200, Emax=6200)
_WIDEST = Context(prec=12_500, Emin=-6200, Emax=6200)  # holds the whole quotient of any two numbers


def _rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Decimal | None:
    places = int(scale or 0)
    if not _LEAST_SCALE <= places <= _MOST_SCALE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places and places > 34:
        return number  # nothing to cut, and no room for more zeros
    try:
        exact = number.quantize(Decimal(1).scaleb(-places), rounding, _WIDE)
        return NUMBERS.plus(exact) if exact else abs(NUMBERS.plus(exact))
    except DecimalException:
        return None


@builtin("decimal(n: number, scale: number)")
def decimal(number: Decimal, scale: Decimal) -> Decimal | None:
    return _rounded(number, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number)")
def floor(number: Decimal, scale: Decimal | None) -> Decimal | None:
    return _rounded(number, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number)")
def ceiling(number: Decimal, scale: Decimal | None) -> Decimal | None:
    return _rounded(number, scale, ROUND_CEILING)


@builtin("round up(n: number, scale: number)")
def round_up(number: Decimal, scale: Decimal) -> Decimal | None:
    return _rounded(number, scale, ROUND_UP)


@builtin("round down(n: number, scale: number)")
def round_down(number: Decimal, scale: Decimal) -> Decimal | None:
    return _rounded(number, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: number)")
def round_half_up(number: Decimal, scale: Decimal) -> Decimal | None:
    return _rounded(number, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number)")
def round_half_down(number: Decimal, scale: Decimal) -> Decimal | None:
    return _rounded(number, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number | days and time duration | years and months duration)")
def absolute(value: Value) -> Value:
    if type(value) is DaysDuration:
        return DaysDuration(abs(value.nanos))
    return MonthsDuration(abs(value.months)) if type(value) is MonthsDuration else NUMBERS.abs(value)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """dividend - divisor * floor(dividend / divisor): it has the sign of the divisor."""
    try:
        rest = NUMBERS.plus(_WIDEST.remainder(dividend, divisor))
    except DecimalException:
        return None
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number)")
def sqrt(number: Decimal) -> Decimal | None:
    return NUMBERS.sqrt(number) if number >= 0 else None


@builtin("log(number: number)")
def log(number: Decimal) -> Decimal | None:
    return NUMBERS.ln(number) if number > 0 else None


@builtin("exp(number: number)")
def exp(number: Decimal) -> Decimal | None:
    try:
        return NUMBERS.exp(number)
    except DecimalException:
        return None


@builtin("odd(number: number)")
def odd(number: Decimal) -> bool | None:
    return int(number) % 2 != 0 if _is_whole(number) else None


@builtin("even(number: number)")
def even(number: Decimal) -> bool | None:
    return int(number) % 2 == 0 if _is_whole(number) else None


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()
