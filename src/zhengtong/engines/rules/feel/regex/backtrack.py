"""Patterns with back-references: tried out step by step, each step counted, so that none can run for ever."""

from collections.abc import Iterator
from typing import Any

from zhengtong.engines.rules.feel.regex.charsets import holds
from zhengtong.engines.rules.feel.regex.linear import Spans
from zhengtong.engines.rules.feel.regex.pattern import (
    Back,
    BadPattern,
    Choice,
    Edge,
    Group,
    Part,
    Pattern,
    Repeat,
    Sequence,
    Set,
)
from zhengtong.engines.rules.limits import Run

_LARGEST = 20_000  # instructions

Step = tuple[Any, ...]


class Backtracking:
    """A program: `set`, `edge`, `back`, `save`, `split` (try the first, then the second), `jump`, `moved`, `done`."""

    def __init__(self, pattern: Pattern, flags: str) -> None:
        self.groups = pattern.groups
        self.ignores_case = "i" in flags
        self.lines = "m" in flags
        self.steps: list[Step] = []
        self.marks = 0
        self._write(pattern.part)
        self._add("done")
        self.size = len(self.steps)

    def finditer(self, run: Run, text: str) -> Iterator[Spans]:
        """The matches from left to right; TooMuch when looking for them takes too many steps."""
        at = 0
        while at <= len(text):
            found = self._match(run, text, at)
            if found is None:
                at += 1
                continue
            yield found
            at = found[0][1] + (found[0][1] == found[0][0])

    def _add(self, *step: Any) -> int:
        self.steps.append(step)
        if len(self.steps) > _LARGEST:
            raise BadPattern
        return len(self.steps) - 1

    def _write(self, part: Part) -> None:
        match part:
            case Set(ranges):
                self._add("set", ranges)
            case Edge(sign):
                self._add("edge", sign)
            case Back(group):
                self._add("back", group)
            case Sequence(parts):
                for each in parts:
                    self._write(each)
            case Group(inner, number):
                self._group(inner, number)
            case Choice(branches):
                self._choice(branches)
            case Repeat():
                self._repeat(part)

    def _group(self, inner: Part, number: int | None) -> None:
        if number:
            self._add("save", 2 * number)
        self._write(inner)
        if number:
            self._add("save", 2 * number + 1)

    def _choice(self, branches: tuple[Part, ...]) -> None:
        ends = []
        for branch in branches[:-1]:
            fork = self._add("split", 0, 0)
            self._write(branch)
            ends.append(self._add("jump", 0))
            self.steps[fork] = ("split", fork + 1, len(self.steps))
        self._write(branches[-1])
        for end in ends:
            self.steps[end] = ("jump", len(self.steps))

    def _repeat(self, part: Repeat) -> None:
        for _ in range(part.least):
            self._write(part.part)
        if part.most is None:
            self._star(part)
            return
        forks = []
        for _ in range(part.most - part.least):
            forks.append(self._add("split", 0, 0))
            self._write(part.part)
        for fork in forks:
            self.steps[fork] = _fork(fork + 1, len(self.steps), lazy=part.lazy)

    def _star(self, part: Repeat) -> None:
        self.marks += 1
        mark = 2 * (self.groups + 1) + self.marks - 1
        fork = self._add("split", 0, 0)
        self._add("save", mark)
        self._write(part.part)
        self._add("moved", mark)
        self._add("jump", fork)
        self.steps[fork] = _fork(fork + 1, len(self.steps), lazy=part.lazy)

    def _match(self, run: Run, text: str, start: int) -> Spans | None:
        slots: tuple[int, ...] = (-1,) * (2 * (self.groups + 1) + self.marks)
        stack = [(0, start, slots)]
        while stack:
            step, at, slots = stack.pop()
            end = self._thread(run, text, step, at, slots, stack)
            if end is not None:
                at, slots = end
                groups = ((slots[2 * each], slots[2 * each + 1]) for each in range(1, self.groups + 1))
                return ((start, at), *groups)
        return None

    def _thread(
        self, run: Run, text: str, place: int, at: int, slots: tuple[int, ...], stack: list[Any]
    ) -> tuple[int, tuple[int, ...]] | None:
        """Follow one way until it fails (None) or is done; other ways to try go onto the stack."""
        while True:
            run.spend(1)
            step = self.steps[place]
            place += 1
            match step[0]:
                case "done":
                    return at, slots
                case "jump":
                    place = step[1]
                case "split":
                    place = step[1]
                    stack.append((step[2], at, slots))
                case "save":
                    slots = (*slots[: step[1]], at, *slots[step[1] + 1 :])
                case _:
                    moved = self._advance(text, step, at, slots)
                    if moved is None:
                        return None
                    at = moved

    def _advance(self, text: str, step: Step, at: int, slots: tuple[int, ...]) -> int | None:
        """Where the text goes on after a step that looks at it; None where the step does not fit."""
        match step[0]:
            case "set":
                return at + 1 if at < len(text) and holds(step[1], ord(text[at])) else None
            case "edge":
                return at if self._is_edge(text, at, step[1]) else None
            case "moved":
                return at if at != slots[step[1]] else None
        begin, end = slots[2 * step[1]], slots[2 * step[1] + 1]
        said = text[begin:end] if end >= 0 else ""
        found = text[at : at + len(said)]
        is_same = found.casefold() == said.casefold() if self.ignores_case else found == said
        return at + len(said) if is_same else None

    def _is_edge(self, text: str, at: int, sign: str) -> bool:
        if sign == "^":
            return at == 0 or (self.lines and text[at - 1] == "\n")
        return at == len(text) or (self.lines and text[at] == "\n")


def _fork(into: int, past: int, *, lazy: bool) -> Step:
    return ("split", past, into) if lazy else ("split", into, past)
