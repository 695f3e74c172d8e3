"""A FEEL expression by itself: read, compiled once, evaluated with values for its names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from zhengtong.engines.rules.feel import emit_blocks, emit_tests, emit_values, tree  # noqa: F401  they declare emitters
from zhengtong.engines.rules.feel.access import PROPERTY_NAMES
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.free import free_names
from zhengtong.engines.rules.feel.generate import Generator
from zhengtong.engines.rules.feel.names import Names
from zhengtong.engines.rules.feel.parser import parse_expression, parse_tests
from zhengtong.engines.rules.feel.types import BASIC, ContextType, FunctionType, ListType, RangeType, Type
from zhengtong.engines.rules.feel.values import Value, into, out
from zhengtong.engines.rules.limits import DEFAULT_LIMITS, Limits, Run, bounded


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. `names` are those that it takes from its context, as far as they can be told."""

    text: str
    names: frozenset[str]
    _order: tuple[str, ...]
    _body: Callable[..., Value]

    @classmethod
    def parse(cls, text: str, *, names: Iterable[str] = ()) -> "Expression":
        """Read and compile. `names`: those of several words that the context will have. Raises FeelError."""
        return _compiled(text, frozenset(name for name in names if not name.isidentifier()), False)

    @classmethod
    def parse_tests(cls, text: str, *, names: Iterable[str] = ()) -> "Expression":
        """The same for unary tests such as `< 5, [10..20)`, of the name `?`."""
        return _compiled(text, frozenset(name for name in names if not name.isidentifier()), True)

    def evaluate(
        self,
        context: Mapping[str, Any],
        *,
        on: date | None = None,
        now: datetime | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Any:
        """The value, as Python has it. Names that the context lacks are null.

        `on` is what today() gives, `now` what now() gives. Raises TooMuch past the limits, TypeError for values that
        FEEL does not have.
        """
        run = Run.begin(on, now, limits)
        with bounded():
            arguments = [into(context.get(name), run.spend) for name in self._order]
            return out(self._body(run, *arguments), run.spend)


@lru_cache(2048)
def _compiled(text: str, spaced: frozenset[str], tests: bool) -> Expression:
    parse = parse_tests if tests else parse_expression
    node: tree.Node = parse(text, Names(BUILTINS, spaced, members=spaced | PROPERTY_NAMES))
    free = free_names(node)
    order = tuple(sorted(free | {"?"} if tests else free))
    return Expression(text, free - {"?"} if tests else free, order, Generator(basic_type).function(node, order))


def basic_type(found: tree.TypeTree) -> Type | None:
    """A type of FEEL itself, None where there is none of that name."""
    if isinstance(found, tree.Named):
        return BASIC.get(found.name)
    return generic_type(found, basic_type)


def generic_type(found: tree.Generic, resolve: Callable[[tree.TypeTree], Type | None]) -> Type | None:
    """`list<T>` and the like, of types that `resolve` knows."""
    arguments = [resolve(each) for each in found.arguments]
    known = [each for each in arguments if each is not None]
    if len(known) < len(arguments):
        return None
    match found.kind:
        case "list":
            return ListType(known[0])
        case "range":
            return RangeType(known[0])
        case "context":
            return ContextType(dict(zip(found.names, known, strict=True)))
    return FunctionType(tuple(known[:-1]), known[-1])
