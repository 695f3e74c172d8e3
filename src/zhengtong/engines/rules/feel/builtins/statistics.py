"""Figures of lists: sum, mean, min, all and their like (DMN 1.5, 10.3.4.4)."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from functools import reduce

from zhengtong.engines.rules.feel.arithmetic import add
from zhengtong.engines.rules.feel.equality import less
from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.temporal import DaysDuration, MonthsDuration
from zhengtong.engines.rules.feel.values import NUMBERS, Value
from zhengtong.engines.rules.limits import Run

Items = list[Value]
Numbers = list[Decimal]
_SUMMED = frozenset([Decimal, DaysDuration, MonthsDuration])


def _numbers(items: Items) -> Numbers | None:
    return items if items and all(type(each) is Decimal for each in items) else None


def _extreme(items: Items, better: Callable[[Value, Value], Value]) -> Value:
    best = items[0] if items else None
    for each in items[1:]:
        found = better(each, best)
        if found is None:
            return None
        best = each if found else best
    return best if less(best, best) is not None else None


@builtin("min(list...: list)", run=True)
def minimum(run: Run, items: Items) -> Value:
    return _extreme(items, lambda each, best: less(each, best, run.spend))


@builtin("max(list...: list)", run=True)
def maximum(run: Run, items: Items) -> Value:
    return _extreme(items, lambda each, best: less(best, each, run.spend))


@builtin("sum(list...: list)", run=True)
def total(run: Run, items: Items) -> Value:
    if not items or type(items[0]) not in _SUMMED:
        return None
    return reduce(lambda so_far, each: add(run, so_far, each), items)


def _mean(numbers: Numbers) -> Decimal:
    return NUMBERS.divide(reduce(NUMBERS.add, numbers), Decimal(len(numbers)))


@builtin("mean(list...: list)")
def mean(items: Items) -> Decimal | None:
    numbers = _numbers(items)
    return _mean(numbers) if numbers else None


@builtin("product(list...: list)")
def product(items: Items) -> Decimal | None:
    numbers = _numbers(items)
    try:
        return reduce(NUMBERS.multiply, numbers) if numbers else None
    except DecimalException:
        return None


@builtin("median(list...: list)")
def median(items: Items) -> Decimal | None:
    numbers = sorted(_numbers(items) or [])
    if not numbers:
        return None
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else _mean(numbers[middle - 1 : middle + 1])


@builtin("stddev(list...: list)")
def stddev(items: Items) -> Decimal | None:
    """Of a sample: divided by one less than there are."""
    numbers = _numbers(items)
    if not numbers or len(numbers) < 2:
        return None
    average = _mean(numbers)
    squares = [NUMBERS.power(NUMBERS.subtract(each, average), Decimal(2)) for each in numbers]
    return NUMBERS.sqrt(NUMBERS.divide(reduce(NUMBERS.add, squares), Decimal(len(numbers) - 1)))


@builtin("mode(list...: list)")
def mode(items: Items) -> Numbers | None:
    numbers = _numbers(items)
    if not numbers:
        return [] if not items else None
    counts: dict[Decimal, int] = {}
    for each in numbers:
        counts[each] = counts.get(each, 0) + 1
    most = max(counts.values())
    return sorted(each for each, count in counts.items() if count == most)


@builtin("all(list...: list)")
def every(items: Items) -> bool | None:
    if False in [each for each in items if type(each) is bool]:
        return False
    return True if all(each is True for each in items) else None


@builtin("any(list...: list)")
def some(items: Items) -> bool | None:
    if any(each is True for each in items):
        return True
    return False if all(each is False for each in items) else None
