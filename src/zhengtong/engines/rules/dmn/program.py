"""The quick way to a decision: one generated function for it and all that it needs, from Python values to FEEL's.

It serves decisions that rest on input data and other decisions of the same file. What rests on knowledge models,
services or imports is asked element by element, by `Evaluation`; so is every decision that is to be explained.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Workshop
from zhengtong.engines.rules.feel.generate import Generator
from zhengtong.engines.rules.feel.scope import Frame
from zhengtong.engines.rules.feel.temporal import Date
from zhengtong.engines.rules.feel.types import Basic, Type, conform
from zhengtong.engines.rules.feel.values import NUMBERS, Value, into
from zhengtong.engines.rules.limits import Run

Program = Callable[[Run, Mapping[str, Any]], Value]
_LONGEST = 200  # decisions in one function
_MOST_DAYS = 50_000


def program_of(workshop: Workshop, element: Element) -> Program | None:
    """The function of a run and the inputs; None where the decision rests on more than inputs and decisions.

    It raises Overflow for a number that is larger than FEEL can hold: to be asked the slow way, to which it is null.
    """
    order: list[Element] = []
    if element.kind != "decision" or not _ordered(workshop, element, order, set()):
        return None
    return _Writer(workshop).program(order)


def _ordered(workshop: Workshop, element: Element, order: list[Element], open_: set[Element]) -> bool:
    """Put an element after those that it needs; false where that cannot be done here."""
    if element in order:
        return True
    if element in open_ or len(order) > _LONGEST or element.document is not workshop.library.main:
        return False
    if element.kind not in {"decision", "inputData"}:
        return False
    if element.kind == "decision":
        needed = [each.element for each in workshop.used(element)]
        if not all(each and _ordered(workshop, each, order, open_ | {element}) for each in needed):
            return False
    order.append(element)
    return True


class _Writer:
    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.generator = Generator(workshop.items.resolve_in(workshop.library.main))
        self.code = self.generator.code
        self.values: dict[Element, str] = {}

    def program(self, order: list[Element]) -> Program:
        with self.code.block("def main(run, given):"):
            for element in order:
                write = self._decision if element.kind == "decision" else self._input
                self.values[element] = write(element)
            self.code.line(f"return {self.values[order[-1]]}")
        return self.code.compiled("main")

    def _input(self, element: Element) -> str:
        """What is of the declared kind already is taken as it is; everything else is converted as FEEL wants it."""
        kind = self.workshop.type_of(element)
        plain = _PLAIN.get(kind.kind) if isinstance(kind, Basic) else None
        value = self.code.let(f"given.get({self.code.constant(element.name)})")
        convert = f"{self.code.constant(_converting(kind))}(run, {value})"
        if plain is None:
            return self.code.let(convert)
        quick = {
            Decimal: f"{self.code.constant(NUMBERS.plus)}({value}) if {value}.is_finite() else None",
            date: f"{self.code.constant(_DAYS)}[{value}]",
        }.get(plain)
        if quick:
            self.code.line(f"if type({value}) is {self.code.constant(plain)}: {value} = {quick}")
            if plain is Decimal:
                self.code.line(f"elif type({value}) is int: {value} = {self.code.constant(_INTEGERS)}[{value}]")
            self.code.line(f"elif {value} is not None: {value} = {convert}")
        else:
            kind_ = self.code.constant(plain)
            self.code.line(f"if type({value}) is not {kind_} and {value} is not None: {value} = {convert}")
        if kind is not None:
            self.generator.kinds[value] = kind
        return value

    def _decision(self, element: Element) -> str:
        names = {need.name: self.values.get(need.element) for need in self.workshop.needs(element) if need.element}
        frame = Frame({name: value for name, value in names.items() if value})
        with self.generator.within(frame):
            value = self.generator.emit(self.workshop.tree_of(element))
            return self.generator.conformed(self.code.named(value), self.workshop.type_of(element))


class _Days(dict[date, Date]):
    """Days that were seen, so that each is converted once."""

    def __missing__(self, day: date) -> Date:
        if len(self) > _MOST_DAYS:
            self.clear()
        found = self[day] = Date(day.year, day.month, day.day)
        return found


class _Integers(dict[int, Decimal | None]):
    """The same of small integers."""

    def __missing__(self, number: int) -> Decimal | None:
        found = into(number)
        if abs(number) < _MOST_DAYS:
            self[number] = found
        return found  # type: ignore[no-any-return]


_DAYS = _Days()
_INTEGERS = _Integers()
_PLAIN: dict[str, type] = {"number": Decimal, "string": str, "boolean": bool, "date": date}


def _converting(kind: Type | None) -> Callable[[Run, Any], Value]:
    if kind is None:
        return lambda run, value: into(value, run.spend)
    return lambda run, value: conform(into(value, run.spend), kind, run.spend)
