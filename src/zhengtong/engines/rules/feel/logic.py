"""Logic of three values (DMN 1.5, table 50), and the making of ranges."""

from decimal import Decimal

from zhengtong.engines.rules.feel.equality import is_in, order
from zhengtong.engines.rules.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from zhengtong.engines.rules.feel.values import Range, Value
from zhengtong.engines.rules.limits import Spend, free

_ENDS = frozenset([Decimal, str, Date, Time, DateTime, DaysDuration, MonthsDuration])


def both(left: Value, right: Value) -> bool | None:
    """`left and right`; what is no boolean counts as null."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: Value, right: Value) -> bool | None:
    """`left or right`."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def in_cell(value: Value, test: Value, spend: Spend = free) -> bool | None:
    """Whether the value of an expression in a cell lets the input through: it is true, or the input is in it."""
    return True if test is True and type(value) is not bool else is_in(value, test, spend)


def make_range(start: Value, end: Value, start_included: bool, end_included: bool, spend: Spend = free) -> Range | None:
    """`[start..end]`; null where the ends are of different kinds, or in the wrong order."""
    for point in (start, end):
        if point is not None and type(point) not in _ENDS:
            return None
    if start is None or end is None:
        return None
    return None if order(start, end, spend) in {None, 1} else Range(start, end, start_included, end_included)


def unary_range(op: str, value: Value) -> Range | None:
    """`< value` and the like, as a range."""
    if type(value) not in _ENDS:
        return None
    match op:
        case "<" | "<=":
            return Range(None, value, False, op == "<=")
        case ">" | ">=":
            return Range(value, None, op == ">=", False)
        case "=":
            return Range(value, value, True, True)
    return None
