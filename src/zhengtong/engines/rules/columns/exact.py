"""Exact decimals as integers of units, with bounds that are known before anything runs.

FEEL's numbers have 34 digits and round half to even. An integer column that counts units of 10 ** -scale gives the same
values as long as no result needs more digits than that; the spans prove it, and an expression that could is refused.
So there is no overflow, and all engines agree: they only ever add, multiply and divide integers.
"""

from dataclasses import replace
from decimal import Decimal

from zhengtong.common.text import text
from zhengtong.engines.rules.columns.dialect import LONG, Dialect
from zhengtong.engines.rules.columns.errors import NotColumns
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Column, Fraction, Span

DIGITS = 34


class Exact:
    """Arithmetic of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def constant(self, value: Decimal) -> Column:
        """A literal."""
        exponent = value.as_tuple().exponent
        scale = max(0, -exponent) if isinstance(exponent, int) else 0
        count = int(value.scaleb(scale))
        return self._literal(count, scale, value)

    def whole(self, sql: str, low: int, high: int, *operands: Column, nullable: bool | None = None) -> Column:
        """An integer that some SQL gives, as a number."""
        return made("number", sql, *operands, nullable=nullable, span=Span(0, low, high))

    def branch(self, number: Column, scale: int) -> str:
        """The number as a branch of CASE: in units of `scale`, and of the long type even where it is a literal."""
        found = self.scaled(number, scale)
        return f"CAST({found.sql} AS {self.dialect.long})" if found.is_constant else found.sql

    def merged(self, numbers: list[Column]) -> Span:
        """A span that holds all of them."""
        scale = max(span_of(each).scale for each in numbers)
        spans = [span_of(self.scaled(each, scale)) for each in numbers]
        return Span(scale, min(each.low for each in spans), max(each.high for each in spans))

    def scaled(self, number: Column, scale: int) -> Column:
        """The same number in smaller units."""
        span = span_of(number)
        if span.scale == scale:
            return number
        factor = 10 ** (scale - span.scale)
        if number.is_constant:
            return self._literal(span.low * factor, scale, number.constant)
        return self._number(f"({{}} * {factor})", Span(scale, span.low * factor, span.high * factor), number)

    def aligned(self, left: Column, right: Column) -> tuple[Column, Column]:
        """Two numbers in the same units."""
        scale = max(span_of(left).scale, span_of(right).scale)
        return self.scaled(left, scale), self.scaled(right, scale)

    def add(self, left: Column, right: Column) -> Column:
        left, right = self.aligned(left, right)
        first, second = span_of(left), span_of(right)
        return self._number(
            "({} + {})", Span(first.scale, first.low + second.low, first.high + second.high), left, right
        )

    def subtract(self, left: Column, right: Column) -> Column:
        left, right = self.aligned(left, right)
        first, second = span_of(left), span_of(right)
        return self._number(
            "({} - {})", Span(first.scale, first.low - second.high, first.high - second.low), left, right
        )

    def negate(self, number: Column) -> Column:
        span = span_of(number)
        return self._number("(-{})", Span(span.scale, -span.high, -span.low), number)

    def multiply(self, left: Column, right: Column) -> Column:
        first, second = span_of(left), span_of(right)
        corners = [a * b for a in (first.low, first.high) for b in (second.low, second.high)]
        return self._number("({} * {})", Span(first.scale + second.scale, min(corners), max(corners)), left, right)

    def power(self, base: Column, exponent: Column) -> Column:
        times = exponent.constant if exponent.is_constant else None
        if not isinstance(times, Decimal) or times != times.to_integral_value() or not 1 <= times <= 8:
            raise NotColumns(text("乘方的指数不是 1 到 8 的整数", "the exponent is not a literal from 1 to 8"))
        found = base = let(base)
        for _ in range(int(times) - 1):
            found = self.multiply(found, base)
        return found

    def divide(self, left: Column, right: Column) -> Column | Fraction:
        """Carried out where the divisor is a literal of which a power of ten is a multiple, else kept as a fraction."""
        if right.is_constant and (factor := _reciprocal(right.constant)) is not None:
            return self.multiply(left, self.constant(factor))
        left, right = self.aligned(left, right)
        span = span_of(right)
        if span.low < 0:
            left = self._signed(left, right)
            right = self.absolute(right)
        if span.low <= 0:
            right = made("number", f"NULLIF({right.sql}, 0)", right, nullable=True, span=span_of(right))
        self._is_settled_by(span_of(left), span_of(right))
        return Fraction(let(_units(left)), let(_units(right)))

    def absolute(self, number: Column) -> Column:
        span = span_of(number)
        if span.low >= 0:
            return number
        return self._number("abs({})", Span(span.scale, 0, span.most), number)

    def modulo(self, left: Column, right: Column) -> Column:
        """The rest has the sign of the divisor, as FEEL wants it; SQL gives it that of the dividend."""
        left, right = self.aligned(left, right)
        span, by = span_of(left), span_of(right)
        right = let(right)
        divisor = (
            right
            if by.low > 0 or by.high < 0
            else made("number", f"NULLIF({right.sql}, 0)", right, nullable=True, span=by)
        )
        rest = let(self._number("({} % {})", Span(span.scale, -by.most, by.most), left, let(divisor)))
        if span.low >= 0 and by.low >= 0:
            return Column(rest.sql, "number", rest.nullable, Span(span.scale, 0, by.high), rest.layer, rest.sheet, True)
        differs = f"{rest.sql} <> 0 AND ({rest.sql} < 0) <> ({right.sql} < 0)"
        sql = f"CASE WHEN {differs} THEN {rest.sql} + {right.sql} ELSE {rest.sql} END"
        return made("number", sql, rest, right, nullable=rest.nullable, span=Span(span.scale, -by.most, by.most))

    def rounded(self, value: Column | Fraction, places: int, mode: str) -> Column:
        """To so many decimal places (negative: tens, hundreds); `mode` is a key of ROUNDINGS."""
        if isinstance(value, Fraction):
            return self._divided(value.over, value.under, places, mode)
        span = span_of(value)
        if span.scale <= places:
            return value
        unit = self._literal(10 ** (span.scale - places), 0)
        return self._divided(_units(value), unit, places, mode, units_known=True)

    def _divided(self, over: Column, under: Column, places: int, mode: str, *, units_known: bool = False) -> Column:
        """The quotient in units of 10 ** -places. The sizes are the same for both, so their scales cancel."""
        if not units_known and places > 0:
            over = self._number(f"({{}} * {10**places})", _times(span_of(over), 10**places), over)
        if not units_known and places < 0:
            under = self._number(f"({{}} * {10**-places})", _times(span_of(under), 10**-places), under)
        over, under = let(over), let(under)
        top, bottom = span_of(over), span_of(under)
        wide = max(top.most, bottom.most) >= LONG
        least = max(1, bottom.low)
        cut = self._cut(over, under, Span(0, -(top.most // least) - 1, top.most // least + 1), wide)
        if top.low >= 0 and mode in {"floor", "down"}:
            found = cut
        else:
            found = self._corrected(over, under, let(cut), mode, is_positive=top.low >= 0)
        span = span_of(found)
        span = Span(max(places, 0), min(0, span.low) if top.low < 0 else 0, span.high)
        if places < 0:
            found = self._number(f"({{}} * {10**-places})", _times(span, 10**-places), found)
            span = _times(span, 10**-places)
        return Column(found.sql, "number", found.nullable, span, found.layer, found.sheet)

    def _cut(self, over: Column, under: Column, span: Span, wide: bool) -> Column:
        left, right = self._operand(over, wide), self._operand(under, wide)
        return made(
            "number", self._narrow(self.dialect.quotient(left, right, wide=wide), span, wide), over, under, span=span
        )

    def _corrected(self, over: Column, under: Column, cut: Column, mode: str, *, is_positive: bool) -> Column:
        """One unit more or less, by what is left over."""
        wide = max(span_of(over).most, span_of(under).most) >= LONG  # cut times under is no further from 0 than over
        product = f"{self._operand(cut, wide)} * {self._operand(under, wide)}"
        span = Span(0, -span_of(under).most, span_of(under).most)
        rest = let(
            made(
                "number",
                self._narrow(f"({self._operand(over, wide)} - {product})", span, wide),
                over,
                under,
                cut,
                span=span,
            )
        )
        sign = "1" if is_positive else f"(CASE WHEN {over.sql} < 0 THEN -1 ELSE 1 END)"
        left = rest.sql if is_positive else f"abs({rest.sql})"
        twice = f"2 * {left}"
        odd = f"{cut.sql} % 2 <> 0"
        when, step = {
            "floor": (f"{rest.sql} < 0", "-1"),
            "ceiling": (f"{rest.sql} > 0", "1"),
            "down": ("FALSE", "0"),
            "up": (f"{rest.sql} <> 0", sign),
            "half up": (f"{twice} >= {under.sql}", sign),
            "half down": (f"{twice} > {under.sql}", sign),
            "half even": (f"{twice} > {under.sql} OR ({twice} = {under.sql} AND {odd})", sign),
        }[mode]
        sql = f"({cut.sql} + CASE WHEN {when} THEN {step} ELSE 0 END)"
        return made("number", sql, over, under, cut, rest, span=span_of(cut))

    def compared(self, left: Column | Fraction, op: str, right: Column | Fraction) -> Column:
        """`left op right` for `< <= > >= = <>`, null where one of them is null."""
        if isinstance(left, Column) and isinstance(right, Column):
            return self._compared(left, op, right)
        if isinstance(left, Fraction) and isinstance(right, Column):
            return self._compared(left.over, op, self.multiply(right, left.under))
        if isinstance(left, Column) and isinstance(right, Fraction):
            return self._compared(self.multiply(left, right.under), op, right.over)
        raise NotColumns(text("比较两个未取整的商", "two quotients that are not rounded are compared"))

    def _compared(self, left: Column, op: str, right: Column) -> Column:
        left, right = self.aligned(left, right)
        return made("boolean", f"({left.sql} {op} {right.sql})", left, right)

    def mean(self, total: Column, count: Column) -> Column | Fraction:
        """The quotient of a sum and a count."""
        return self.divide(total, count)

    def shown(self, number: Column) -> str:
        """The number as a decimal, as it comes out."""
        span = span_of(number)
        digits = min(38, max(len(str(span.most)), span.scale + 1))
        return self.dialect.decimal(number.sql, span.scale, digits)

    def total(self, number: Column, count: int) -> Span:
        """The span of a sum of at most so many."""
        span = span_of(number)
        return _checked(Span(span.scale, min(0, span.low * count), max(0, span.high * count)))

    def summed(self, sql: str, span: Span | None) -> str:
        """A sum as the database gives it, in the type of its span."""
        return f"CAST({sql} AS {self.dialect.wide if span is None else self.dialect.integer(span.most)})"

    def _signed(self, number: Column, by: Column) -> Column:
        """The number, negated where `by` is negative."""
        span = span_of(number)
        number, by = let(number), let(by)
        sql = f"CASE WHEN {by.sql} < 0 THEN -{number.sql} ELSE {number.sql} END"
        return made("number", sql, number, by, span=Span(span.scale, -span.most, span.most))

    def _is_settled_by(self, over: Span, under: Span) -> None:
        """Rounding or comparing the exact quotient is the same as first cutting it to 34 digits, since one that is not
        on the border is further from it than that: by one over the divisor and the units that are looked at."""
        if len(str(over.most)) + len(str(under.most)) > DIGITS - 4:
            raise NotColumns(text("商的位数超过 34 位所能区分的范围", "the quotient could need more than 34 digits"))

    def _literal(self, count: int, scale: int, value: Decimal | None = None) -> Column:
        value = Decimal(count).scaleb(-scale) if value is None else value
        sql = str(count) if count >= 0 else f"({count})"
        return Column(sql, "number", False, _checked(Span(scale, count, count)), simple=True, constant=value)

    def _number(self, template: str, span: Span, *operands: Column) -> Column:
        _checked(span)
        wide = span.most >= LONG
        return made("number", template.format(*(self._operand(each, wide) for each in operands)), *operands, span=span)

    def _operand(self, number: Column, wide: bool) -> str:
        is_wide = span_of(number).most >= LONG
        return f"CAST({number.sql} AS {self.dialect.wide})" if wide and not is_wide else number.sql

    def _narrow(self, sql: str, span: Span, wide: bool) -> str:
        return f"CAST({sql} AS {self.dialect.long})" if wide and span.most < LONG else sql


def span_of(number: Column) -> Span:
    """The span of an exact number."""
    if number.span is None:
        raise TypeError(number.sql)
    return number.span


def _units(number: Column) -> Column:
    """The integer that counts the units, as a number."""
    span = span_of(number)
    return replace(number, span=Span(0, span.low, span.high))


def _checked(span: Span) -> Span:
    if len(str(span.most)) > DIGITS:
        raise NotColumns(text("结果可能超过 34 位数字", "a result could have more than 34 digits"))
    return span


def _times(span: Span, factor: int) -> Span:
    return Span(span.scale, span.low * factor, span.high * factor)


def _reciprocal(divisor: Decimal) -> Decimal | None:
    """1 / divisor where that is a decimal of a few places."""
    if not divisor:
        return None
    top, bottom = divisor.as_integer_ratio()
    rest = abs(top)
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 or len(str(abs(top))) > 12:
        return None
    return Decimal(bottom) / Decimal(top)


ROUNDINGS = {
    "decimal": "half even",
    "floor": "floor",
    "ceiling": "ceiling",
    "round up": "up",
    "round down": "down",
    "round half up": "half up",
    "round half down": "half down",
}
