"""Numbers as binary floats: quicker, and inexact as floats are. For surveys of a million, never for deciding a case."""

from decimal import Decimal

from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Column, Fraction, Span


class Floats:
    """The same arithmetic as `Exact`, on floats."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def constant(self, value: Decimal) -> Column:
        sql = f"{value:f}" if value >= 0 else f"({value:f})"
        return Column(f"CAST({sql} AS {self.dialect.double})", "number", False, simple=True, constant=value)

    def whole(self, sql: str, low: int, high: int, *operands: Column, nullable: bool | None = None) -> Column:
        return made("number", f"CAST({sql} AS {self.dialect.double})", *operands, nullable=nullable)

    def branch(self, number: Column, scale: int) -> str:
        return number.sql

    def merged(self, numbers: list[Column]) -> Span | None:
        return None

    def add(self, left: Column, right: Column) -> Column:
        return made("number", f"({left.sql} + {right.sql})", left, right)

    def subtract(self, left: Column, right: Column) -> Column:
        return made("number", f"({left.sql} - {right.sql})", left, right)

    def negate(self, number: Column) -> Column:
        return made("number", f"(-{number.sql})", number)

    def multiply(self, left: Column, right: Column) -> Column:
        return made("number", f"({left.sql} * {right.sql})", left, right)

    def power(self, base: Column, exponent: Column) -> Column:
        return made("number", f"power({base.sql}, {exponent.sql})", base, exponent)

    def divide(self, left: Column, right: Column) -> Column:
        if right.is_constant and right.constant:
            return made("number", f"({left.sql} / {right.sql})", left)
        return made("number", f"({left.sql} / NULLIF({right.sql}, 0))", left, right, nullable=True)

    def absolute(self, number: Column) -> Column:
        return made("number", f"abs({number.sql})", number)

    def modulo(self, left: Column, right: Column) -> Column:
        left, right = let(left), let(right)
        sql = f"({left.sql} - {right.sql} * floor({left.sql} / NULLIF({right.sql}, 0)))"
        return made("number", sql, left, right, nullable=True)

    def rounded(self, value: Column | Fraction, places: int, mode: str) -> Column:
        value = let(_plain(value))
        moved = f"({value.sql} * 1e{places})"
        away = f"(sign({value.sql}) * {{}}(abs({moved}){{}}))"
        whole = {
            "floor": f"floor({moved})",
            "ceiling": f"ceil({moved})",
            "down": away.format("floor", ""),
            "up": away.format("ceil", ""),
            "half up": away.format("floor", " + 0.5"),
            "half down": away.format("ceil", " - 0.5"),
        }.get(mode)
        sql = self.dialect.rounded(value.sql, places) if whole is None else f"({whole} / 1e{places})"
        return made("number", sql, value)

    def compared(self, left: Column | Fraction, op: str, right: Column | Fraction) -> Column:
        left, right = _plain(left), _plain(right)
        return made("boolean", f"({left.sql} {op} {right.sql})", left, right)

    def mean(self, total: Column, count: Column) -> Column:
        return self.divide(total, count)

    def shown(self, number: Column) -> str:
        return number.sql

    def total(self, number: Column, count: int) -> Span | None:
        return None

    def summed(self, sql: str, span: Span | None) -> str:
        return sql


def _plain(number: Column | Fraction) -> Column:
    """Quotients of floats are carried out at once, so there are no fractions."""
    if isinstance(number, Fraction):
        raise TypeError(number)
    return number
