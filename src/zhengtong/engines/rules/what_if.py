"""Which single input, had it been different, would have changed an answer; and from which value on.

Choices are all tried. On a scale (numbers, days) whatever the tables write is tried with its neighbours, and steps that
double in both directions; between the present value and the nearest that changes the answer the border is then halved
out. What is told was asked, so it is true; that nothing is told means that nothing was found among what was tried.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Ask = Callable[[Mapping[str, Any]], Any]
DOUBLINGS, HALVINGS = 14, 24


@dataclass(frozen=True, slots=True)
class Choice:
    """An input that is one of these."""

    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """An input on a scale: numbers that go by `step`, or days; `marks` are values where something may change."""

    step: Decimal = Decimal(1)
    marks: Sequence[Any] = ()
    least: Any = None


@dataclass(frozen=True, slots=True)
class Change:
    """Had `name` been `would` (the nearest such value) and not `was`, the answer were `answer`."""

    name: str
    was: Any
    would: Any
    answer: Any


def single_changes(ask: Ask, known: Mapping[str, Any], domains: Mapping[str, Choice | Scale]) -> list[Change]:
    """For each input the nearest other value of each answer that it can bring, in the order of `domains`."""
    present = ask(known)
    return [change for name, domain in domains.items() for change in _of_input(ask, known, name, domain, present)]


def _of_input(ask: Ask, known: Mapping[str, Any], name: str, domain: Choice | Scale, present: Any) -> Iterator[Change]:
    was, found = known.get(name), list[Any]()
    tried = domain.values if isinstance(domain, Choice) else _along(was, domain)
    for value in tried:
        answer = ask({**known, name: value})
        if value == was or answer == present or answer in found:
            continue
        found.append(answer)
        if isinstance(domain, Scale):
            value = _border(lambda each: ask({**known, name: each}), was, value, answer, domain.step)
        yield Change(name, was, value, answer)


def _along(was: Any, scale: Scale) -> list[Any]:
    """Values on a scale, the nearest first."""
    if isinstance(was, bool) or not isinstance(was, int | Decimal | date):
        return []
    marks = [each for each in scale.marks if _comparable(each, was)]
    near = [_moved(mark, steps, scale.step) for mark in marks for steps in (-1, 0, 1)]
    far = [_moved(was, sign * 2**power, scale.step) for power in range(DOUBLINGS) for sign in (1, -1)]
    tried = {each for each in _reachable([*near, *far]) if each != was and (scale.least is None or each >= scale.least)}
    return sorted(tried, key=lambda each: (abs(_gap(was, each)), _gap(was, each)))


def _border(ask: Callable[[Any], Any], was: Any, far: Any, answer: Any, step: Decimal) -> Any:
    """The value nearest to `was`, on the way to `far`, that still has that answer: by halving."""
    none, some = 0, round(Decimal(_gap(was, far)) / (1 if isinstance(was, date) else step))
    if not some or _moved(was, some, step) != far:
        return far
    for _ in range(HALVINGS):
        middle = (none + some) // 2 if some > 0 else -((-none - some) // 2)
        if middle in (none, some):
            break
        none, some = (none, middle) if ask(_moved(was, middle, step)) == answer else (middle, some)
    return _moved(was, some, step)


def _comparable(mark: Any, was: Any) -> bool:
    return isinstance(mark, date) == isinstance(was, date)


def _moved(value: Any, steps: int, step: Decimal) -> Any:
    """None beyond the calendar."""
    if isinstance(value, date):
        try:
            return value + timedelta(days=steps)
        except OverflowError:
            return None
    return value + steps * step


def _reachable(values: Iterable[Any]) -> Iterator[Any]:
    return (each for each in values if each is not None)


def _gap(one: Any, other: Any) -> Any:
    return (other - one).days if isinstance(one, date) else other - one
