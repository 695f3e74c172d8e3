"""How a function of the standard is declared: its forms, each a signature and the Python that does it.

A signature reads as in the standard: `substring(string: string, start position: number, length?: number)`.
`name?` may be left out; `kind?` may be null; `a | b` is either; `name...` takes a list, or the items one by one;
`name*` takes any number of arguments of its kind, at least one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhengtong.engines.rules.feel.temporal import midnight
from zhengtong.engines.rules.feel.values import Builtin, Value, kind_of
from zhengtong.engines.rules.limits import CALL, Run

BUILTINS: dict[str, Builtin] = {}
_SIGNATURE = re.compile(r"(?P<name>[a-z ]+)\((?P<parameters>.*)\)")
_UNFIT = object()


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    kinds: frozenset[str]
    optional: bool
    nullable: bool
    repeats: bool

    def fit(self, value: Value) -> Value:
        """The value as the function takes it, or _UNFIT."""
        if value is None:
            return None if self.nullable else _UNFIT
        kind = kind_of(value)
        if kind in self.kinds or "any" in self.kinds:
            return value
        if "list" in self.kinds:
            return [value]
        if kind == "list" and len(value) == 1 and kind_of(value[0]) in self.kinds:
            return value[0]
        return midnight(value) if kind == "date" and "date and time" in self.kinds else _UNFIT


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function of the standard."""

    parameters: tuple[_Parameter, ...]
    variadic: bool
    takes_run: bool
    steps: int
    do: Callable[..., Value]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.parameters)

    def places(self, count: int, names: Sequence[str]) -> tuple[int, ...] | None:
        """Which parameter each argument is for; None where they do not fit in number or by name."""
        if names:
            return self._places_named(names)
        if self.variadic:
            return (0,) * count if count else None
        least, most = sum(not each.optional for each in self.parameters), len(self.parameters)
        if least <= count <= most:
            return tuple(range(count))
        return (
            (*range(most), *[most - 1] * (count - most)) if count > most > 0 and self.parameters[-1].repeats else None
        )

    def _places_named(self, names: Sequence[str]) -> tuple[int, ...] | None:
        known = self.names
        if len(set(names)) < len(names) or not set(names) <= set(known):
            return None
        if any(not each.optional and each.name not in names for each in self.parameters):
            return None
        return tuple(known.index(name) for name in names)

    def call(self, run: Run, arguments: Sequence[Value], places: tuple[int, ...]) -> tuple[bool, Value]:
        """Whether the arguments are of the right kinds, and what comes out."""
        given = self._gathered(arguments, places)
        if given is None:
            return False, None
        run.spend(self.steps)
        for each in given:
            run.weigh(each)
        result = self.do(run, *given) if self.takes_run else self.do(*given)
        run.weigh(result)
        return True, result

    def _gathered(self, arguments: Sequence[Value], places: tuple[int, ...]) -> list[Value] | None:
        if self.variadic and len(arguments) != 1:
            arguments, places = [list(arguments)], (0,)
        given: list[Value] = [None] * len(self.parameters)
        for place, value in zip(places, arguments, strict=True):
            parameter = self.parameters[place]
            fitting = parameter.fit(value)
            if fitting is _UNFIT:
                return None
            given[place] = [*(given[place] or []), fitting] if parameter.repeats else fitting
        return given


def builtin(
    *signatures: str, run: bool = False, steps: int = CALL
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Declare a function of the standard. Parameters left out are None.

    `run`: it wants the `Run` first. `steps`: what a call counts, beside going over what it takes and gives.
    """

    def declare(do: Callable[..., Value]) -> Callable[..., Value]:
        for signature in signatures:
            match = _SIGNATURE.fullmatch(signature)
            if match is None:
                raise ValueError(signature)
            declared = [each for each in match["parameters"].split(", ") if each]
            form = Form(tuple(map(_parameter, declared)), "..." in signature, run, steps, do)
            BUILTINS.setdefault(match["name"], Builtin(match["name"])).forms.append(form)
        return do

    return declare


def _parameter(declared: str) -> _Parameter:
    name, _, kinds = declared.partition(": ")
    nullable = kinds.endswith("?") or kinds == "any"
    return _Parameter(
        name=name.removesuffix("...").rstrip("?*"),
        kinds=frozenset(kinds.removesuffix("?").split(" | ")),
        optional=name.endswith("?"),
        nullable=nullable,
        repeats=name.endswith("*"),
    )


def direct(form: Form, count: int, names: Sequence[str]) -> Callable[..., Any] | None:
    """The form as a Python function of a run and the arguments in the order written; None where they cannot fit."""
    places = form.places(count, names)
    if places is None:
        return None

    def call(run: Run, *arguments: Value) -> Value:
        return form.call(run, arguments, places)[1]

    return call
