"""What a loop goes over (DMN 1.5, 10.3.2.14): the items of a list, or from one value to another."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from zhengtong.engines.rules.feel.temporal import Date, date_of, days_of
from zhengtong.engines.rules.feel.values import Range, Value
from zhengtong.engines.rules.limits import Run


def each(run: Run, source: Value) -> Iterable[Value] | None:
    """The items to go over, each counted as a step; None where there is nothing that can be gone over."""
    if type(source) is list:
        run.spend(len(source))
        return source
    if type(source) is Range:
        return _bounded(run, source)
    return None if source is None else [source]


def each_between(run: Run, start: Value, end: Value) -> Iterable[Value] | None:
    """`start..end`, both included, downwards where `end` is smaller; whole numbers or dates."""
    if type(start) is Decimal and type(end) is Decimal and _are_whole(start, end):
        return _numbers(run, int(start), int(end))
    if type(start) is Date and type(end) is Date:
        return _dates(run, days_of(start), days_of(end))
    return None


def _bounded(run: Run, source: Range) -> Iterable[Value] | None:
    start, end = source.start, source.end
    if type(start) is Decimal and type(end) is Decimal and _are_whole(start, end):
        first, last = _inside(int(start), int(end), source)
        return _numbers(run, first, last) if (last - first) * (int(end) - int(start)) >= 0 else []
    if type(start) is Date and type(end) is Date:
        first, last = _inside(days_of(start), days_of(end), source)
        return _dates(run, first, last) if (last - first) * (days_of(end) - days_of(start)) >= 0 else []
    return None


def _inside(start: int, end: int, source: Range) -> tuple[int, int]:
    step = 1 if end >= start else -1
    return start + (0 if source.start_included else step), end - (0 if source.end_included else step)


def _are_whole(*values: Decimal) -> bool:
    """Whether they are integers that FEEL can count by."""
    return all(each.adjusted() < 34 and each == each.to_integral_value() for each in values)


def _numbers(run: Run, start: int, end: int) -> Iterator[Value]:
    for number in _steps(run, start, end):
        yield Decimal(number)


def _dates(run: Run, start: int, end: int) -> Iterator[Value]:
    for day in _steps(run, start, end):
        yield date_of(day)


def _steps(run: Run, start: int, end: int) -> Iterator[int]:
    step = 1 if end >= start else -1
    for number in range(start, end + step, step):
        run.spend(1)
        yield number


def copied(run: Run, items: list[Value]) -> list[Value]:
    """The results so far (`partial`), as a list that does not grow any more."""
    run.spend(len(items))
    return items.copy()
