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
from zhengtong.engines.rules.feel.values import NUMBERS, Value, truncated
from zhengtong.engines.rules.limits import HARD, Run

_LEAST_SCALE, _MOST_SCALE = -6111, 6176
_WIDE = Context(prec=6200, Emin=-6200, Emax=6200)
_PRECISE = 34
_WIDEST = Context(prec=12_500, Emin=-6200, Emax=6200)  # holds the whole quotient of any two numbers


def _rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Decimal | None:
    places = truncated(scale or Decimal(0))
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


@builtin("modulo(dividend: number, divisor: number)", run=True)
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """dividend - divisor * floor(dividend / divisor): it has the sign of the divisor."""
    try:
        if abs(dividend.adjusted() - divisor.adjusted()) > _PRECISE:
            run.spend(HARD)
            rest = NUMBERS.plus(_WIDEST.remainder(dividend, divisor))
        else:
            rest = NUMBERS.remainder(dividend, divisor)
    except DecimalException:
        return None
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number)", run=True)
def sqrt(run: Run, number: Decimal) -> Decimal | None:
    run.spend(HARD)
    return NUMBERS.sqrt(number) if number >= 0 else None


@builtin("log(number: number)", run=True)
def log(run: Run, number: Decimal) -> Decimal | None:
    run.spend(HARD)
    return NUMBERS.ln(number) if number > 0 else None


@builtin("exp(number: number)", run=True)
def exp(run: Run, number: Decimal) -> Decimal | None:
    run.spend(HARD)
    try:
        return NUMBERS.exp(number)
    except DecimalException:
        return None


@builtin("odd(number: number)")
def odd(number: Decimal) -> bool | None:
    return None if (rest := _rest_of_two(number)) is None else rest != 0


@builtin("even(number: number)")
def even(number: Decimal) -> bool | None:
    return None if (rest := _rest_of_two(number)) is None else rest == 0


def _rest_of_two(number: Decimal) -> int | None:
    """0 or 1; None for a fraction. A number of more digits than are held ends in noughts."""
    if number != number.to_integral_value():
        return None
    return int(number) % 2 if number.adjusted() < _PRECISE else 0
