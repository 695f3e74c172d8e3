"""The bounds of every evaluation, and the state of one run within them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

from zhengtong.common.text import text
from zhengtong.engines.rules.errors import TooMuch

LONGEST_SOURCE = 100_000  # characters of one expression
DEEPEST_SOURCE = 40  # brackets within brackets; each costs the parser some dozen frames of Python's thousand
LARGEST_MODEL = 10_000_000  # bytes of one file
LARGEST_LOGIC = 500_000  # characters of all its expressions, each counted for so many more:
PER_EXPRESSION = 20

CHARACTERS = 100  # of a text that make a step
CALL = 2  # steps that a function of the standard takes
READ = 10  # that a date, a number or the like takes to be read from a text, or put together
ZONED = 10  # that a zone takes to be looked up
HARD = 100  # that a root, a logarithm or a power takes

KEPT = 32  # things that are made for a run and kept

Spend = Callable[[int], None]
"""Counts steps: the `spend` of a run."""


def free(steps: int) -> None:
    """Counts nothing, for work that is bounded by the size of a model."""


STEPS = text("步骤过多", "too many steps")
CALLS = text("函数嵌套调用过深", "functions call each other too deep")
LENGTH = text("文本过长", "a text grows too long")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one evaluation may do."""

    steps: int = 1_000_000  # rounds of loops, calls of functions, items that are gone over, characters by the hundred
    depth: int = 120  # functions within functions
    text: int = 1_000_000  # characters of a text


DEFAULT_LIMITS = Limits()


@contextmanager
def bounded() -> Iterator[None]:
    """Python's own bound on recursion is a limit like the others."""
    try:
        yield
    except RecursionError:
        raise TooMuch(CALLS) from None


class Run:
    """One evaluation: the day it is for, what is left of its bounds, and what its tables did.

    `hits` holds what each table did, in the order in which they were asked: (table, numbers of the rules that fired;
    and, when it is to be explained, input values, which cells of which rule held, which inputs are allowed). Made for
    every decision, so plain.
    """

    limits = DEFAULT_LIMITS
    steps = 0
    depth = 0
    _now: datetime | None = None
    _made: set[Any] | None = None

    def __init__(self, on: date) -> None:
        self.on = on
        self.hits: list[tuple[Any, ...]] = []

    @classmethod
    def begin(cls, on: date | None, now: datetime | None, limits: Limits = DEFAULT_LIMITS) -> Self:
        """A fresh run; without a day or a moment, the present ones (UTC)."""
        if on is None:
            now = now or datetime.now(UTC)
            on = now.date()
        run = cls(on)
        run._now, run.limits = now, limits
        return run

    @property
    def now(self) -> datetime:
        """The moment it is for; the same however often it is asked."""
        if self._now is None:
            self._now = datetime.now(UTC)
        return self._now

    def spend(self, steps: int) -> None:
        """Count `steps`; TooMuch when there are no more."""
        self.steps += steps
        if self.steps > self.limits.steps:
            raise TooMuch(STEPS)

    def weigh(self, value: Any) -> None:
        """Count what going over a value takes: a step for each item, or for a hundred characters."""
        kind = type(value)
        if kind is list or kind is dict:
            self.spend(len(value))
        elif kind is str and len(value) >= CHARACTERS:
            self.spend(len(value) // CHARACTERS)

    def is_new(self, what: Any) -> bool:
        """Whether something is asked for that was not among the last few, so that it has to be made."""
        if self._made is None or len(self._made) >= KEPT:
            self._made = set()
        before = len(self._made)
        self._made.add(what)
        return len(self._made) > before

    def enter(self) -> None:
        """One function further in."""
        self.depth += 1
        self.spend(1)
        if self.depth > self.limits.depth:
            raise TooMuch(CALLS)

    def leave(self) -> None:
        """One function back out."""
        self.depth -= 1

    def fits(self, length: int) -> None:
        """TooMuch where a text of `length` characters is not allowed."""
        if length > self.limits.text:
            raise TooMuch(LENGTH)
