"""When are two values equal, and which comes first (DMN 1.5, tables 49 and 53)? The answer may be null."""

from decimal import Decimal
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.rules.errors import TooMuch
from zhengtong.engines.rules.feel.temporal import DAY, SECOND, Date, DateTime, DaysDuration, MonthsDuration, Time
from zhengtong.engines.rules.feel.values import Range, Value
from zhengtong.engines.rules.limits import ZONED, Spend, free

_ORDERED = frozenset([Decimal, str, Date, DaysDuration, MonthsDuration])
_MOST = 200_000  # comparisons within one: lists may share parts and so be larger than the memory that they take


def equal(left: Value, right: Value, spend: Spend = free) -> bool | None:
    """`left = right`: null for values of different kinds, unless one of them is null."""
    kind = type(left)
    if left is None or right is None:
        return left is right
    if kind is not type(right):
        return None
    if kind in _ORDERED or kind is bool:
        return bool(left == right)
    return _Deep(spend).equal(left, right)


def unequal(left: Value, right: Value, spend: Spend = free) -> bool | None:
    """`left != right`."""
    same = equal(left, right, spend)
    return None if same is None else not same


def same(left: Value, right: Value, spend: Spend = free) -> bool:
    """Equal for certain."""
    return equal(left, right, spend) is True


class _Deep:
    """The comparison of two structures, with the number of comparisons made."""

    def __init__(self, spend: Spend) -> None:
        self.count, self.spend = 0, spend

    def equal(self, left: Value, right: Value) -> bool | None:
        self.count += 1
        self.spend(1)
        if self.count > _MOST:
            raise TooMuch(text("比较的结构过大", "the structures compared are too large"))
        kind = type(left)
        if kind is not type(right):
            return (left is right) if left is None or right is None else None
        if kind is list:
            return len(left) == len(right) and all(map(self._same, left, right))
        if kind is dict:
            return left.keys() == right.keys() and all(self._same(left[key], right[key]) for key in left)
        if kind is Range:
            return self._ranges(left, right)
        if kind is Time or kind is DateTime:
            _zoned(left, right, self.spend)
            return _moments(left, right)
        return bool(left == right)

    def _same(self, left: Value, right: Value) -> bool:
        return self.equal(left, right) is True

    def _ranges(self, left: Range, right: Range) -> bool:
        bounds = (left.start_included, left.end_included) == (right.start_included, right.end_included)
        return bounds and self._same(left.start, right.start) and self._same(left.end, right.end)


def _moments(left: Any, right: Any) -> bool:
    if (left.zone is None) != (right.zone is None):
        return False
    return _key(left) == _key(right)


def _zoned(left: Any, right: Any, spend: Spend) -> None:
    """To compare moments, their zones are looked up."""
    if isinstance(left.zone, str) or isinstance(right.zone, str):
        spend(2 * ZONED)


def _key(moment: Any) -> int:
    """A number to order times or moments by; times are ordered by the time it is in Greenwich."""
    if type(moment) is DateTime:
        return moment.instant
    return int(moment.nanos - (moment.offset or 0) * SECOND) % DAY if moment.zone is not None else moment.nanos


def order(left: Value, right: Value, spend: Spend = free) -> int | None:
    """-1, 0 or 1 as `left` comes before, with or after `right`; None where they have no order."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return int(left > right) - int(left < right)
    if kind is Time or kind is DateTime:
        if (left.zone is None) != (right.zone is None):
            return None
        _zoned(left, right, spend)
        first, second = _key(left), _key(right)
        return (first > second) - (first < second)
    return None


def less(left: Value, right: Value, spend: Spend = free) -> bool | None:
    """`left < right`."""
    if type(left) is Decimal and type(right) is Decimal:
        return left < right
    found = order(left, right, spend)
    return None if found is None else found < 0


def less_equal(left: Value, right: Value, spend: Spend = free) -> bool | None:
    """`left <= right`."""
    if type(left) is Decimal and type(right) is Decimal:
        return left <= right
    found = order(left, right, spend)
    return None if found is None else found <= 0


def greater(left: Value, right: Value, spend: Spend = free) -> bool | None:
    """`left > right`."""
    return less(right, left, spend)


def greater_equal(left: Value, right: Value, spend: Spend = free) -> bool | None:
    """`left >= right`."""
    return less_equal(right, left, spend)


def within(value: Value, bounds: Range, spend: Spend = free) -> bool | None:
    """`value in [start..end]`; a bound that is null bounds nothing."""
    above = below = 1
    if bounds.start is not None:
        found = order(value, bounds.start, spend)
        if found is None:
            return None
        above = found + bounds.start_included
    if bounds.end is not None:
        found = order(bounds.end, value, spend)
        if found is None:
            return None
        below = found + bounds.end_included
    return above > 0 and below > 0


def in_range(value: Value, bounds: Range | None, spend: Spend = free) -> bool | None:
    """`value in [start..end]`; null where there is no such range."""
    return None if bounds is None else within(value, bounds, spend)


def is_in(value: Value, test: Value, spend: Spend = free) -> bool | None:
    """`value in test`, where the test is a range, a list of tests or a value."""
    if type(test) is Range:
        return within(value, test, spend)
    if type(test) is not list:
        return equal(value, test, spend)
    spend(len(test))
    if type(value) is list and same(value, test, spend):
        return True
    return any(
        same(value, each, spend) or (type(each) is Range and within(value, each, spend) is True) for each in test
    )
