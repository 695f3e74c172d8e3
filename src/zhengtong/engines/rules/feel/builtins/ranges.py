"""How points and ranges lie to each other (DMN 1.5, 10.3.4.9, table 78), and `range`."""

from collections.abc import Callable

from zhengtong.engines.rules.feel.equality import order
from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.range_text import read_range
from zhengtong.engines.rules.feel.values import Range, Value
from zhengtong.engines.rules.limits import HARD, ZONED, Run

_COMPARED = 3 * ZONED  # steps: ends are held against each other several times
_PER_CHARACTER = 3  # of a text that is read as an expression

Answer = bool | None


def _all(*answers: Answer) -> Answer:
    if False in answers:
        return False
    return None if None in answers else True


def _any(*answers: Answer) -> Answer:
    if True in answers:
        return True
    return None if None in answers else False


def _is(left: Value, right: Value, *wanted: int) -> Answer:
    found = order(left, right)
    return None if found is None else found in wanted


def _range(value: Value) -> Range:
    """A point as the range that holds only it."""
    return value if type(value) is Range else Range(value, value, True, True)


def _before(first: Range, second: Range) -> Answer:
    touching = _all(_is(first.end, second.start, 0), not (first.end_included and second.start_included))
    return _any(_is(first.end, second.start, -1), touching)


def _meets(first: Range, second: Range) -> Answer:
    return _all(first.end_included, second.start_included, _is(first.end, second.start, 0))


def _overlaps(first: Range, second: Range) -> Answer:
    apart = _any(_before(first, second), _before(second, first))
    return None if apart is None else not apart


def _overlaps_before(first: Range, second: Range) -> Answer:
    starts_earlier = _any(
        _is(first.start, second.start, -1),
        _all(_is(first.start, second.start, 0), first.start_included, not second.start_included),
    )
    ends_earlier = _any(
        _is(first.end, second.end, -1),
        _all(_is(first.end, second.end, 0), not first.end_included or second.end_included),
    )
    return _all(starts_earlier, ends_earlier, _overlaps(first, second))


def _overlaps_after(first: Range, second: Range) -> Answer:
    starts_later = _any(
        _is(first.start, second.start, 1),
        _all(_is(first.start, second.start, 0), not first.start_included, second.start_included),
    )
    ends_later = _any(
        _is(first.end, second.end, 1),
        _all(_is(first.end, second.end, 0), first.end_included or not second.end_included),
    )
    return _all(starts_later, ends_later, _overlaps(first, second))


def _starts_within(outer: Range, inner: Range) -> Answer:
    return _any(
        _is(outer.start, inner.start, -1),
        _all(_is(outer.start, inner.start, 0), outer.start_included or not inner.start_included),
    )


def _ends_within(outer: Range, inner: Range) -> Answer:
    return _any(
        _is(outer.end, inner.end, 1),
        _all(_is(outer.end, inner.end, 0), outer.end_included or not inner.end_included),
    )


def _includes(outer: Range, inner: Range) -> Answer:
    return _all(_starts_within(outer, inner), _ends_within(outer, inner))


def _finishes(first: Range, second: Range) -> Answer:
    same_end = _all(_is(first.end, second.end, 0), first.end_included == second.end_included)
    return _all(same_end, _starts_within(second, first))


def _starts(first: Range, second: Range) -> Answer:
    same_start = _all(_is(first.start, second.start, 0), first.start_included == second.start_included)
    return _all(same_start, _ends_within(second, first))


def _coincides(first: Range, second: Range) -> Answer:
    bounds = (first.start_included, first.end_included) == (second.start_included, second.end_included)
    return _all(bounds, _is(first.start, second.start, 0), _is(first.end, second.end, 0))


_POINT = "number | string | date | time | date and time | days and time duration | years and months duration"


def _declare(name: str, holds: Callable[[Range, Range], Answer], *forms: tuple[str, str]) -> None:
    for first, second in forms:
        signature = ", ".join(f"{each}: {'range' if each.startswith('range') else _POINT}" for each in (first, second))
        builtin(f"{name}({signature})", steps=_COMPARED)(lambda left, right: holds(_range(left), _range(right)))


def _swapped(holds: Callable[[Range, Range], Answer]) -> Callable[[Range, Range], Answer]:
    return lambda left, right: holds(right, left)


_EITHER = (("point1", "point2"), ("point", "range"), ("range", "point"), ("range1", "range2"))
_RANGES = ("range1", "range2")
_declare("before", _before, *_EITHER)
_declare("after", _swapped(_before), *_EITHER)
_declare("meets", _meets, _RANGES)
_declare("met by", _swapped(_meets), _RANGES)
_declare("overlaps", _overlaps, _RANGES)
_declare("overlaps before", _overlaps_before, _RANGES)
_declare("overlaps after", _overlaps_after, _RANGES)
_declare("finishes", _finishes, ("point", "range"), _RANGES)
_declare("finished by", _swapped(_finishes), ("range", "point"), _RANGES)
_declare("includes", _includes, ("range", "point"), _RANGES)
_declare("during", _swapped(_includes), ("point", "range"), _RANGES)
_declare("starts", _starts, ("point", "range"), _RANGES)
_declare("started by", _swapped(_starts), ("range", "point"), _RANGES)
_declare("coincides", _coincides, ("point1", "point2"), _RANGES)


@builtin("range(from: string)", run=True, steps=HARD)
def range_of(run: Run, text: str) -> Range | None:
    run.spend(_PER_CHARACTER * len(text))
    return read_range(text)
