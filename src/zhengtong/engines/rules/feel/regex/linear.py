"""Patterns that do not look back, run by RE2: its time grows with the text, whatever the pattern."""

from collections.abc import Iterator
from typing import Any

import re2

from zhengtong.engines.rules.feel.regex.charsets import Ranges
from zhengtong.engines.rules.feel.regex.pattern import (
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

Spans = tuple[tuple[int, int], ...]  # of the match and of its groups; -1 where a group took no part
_MEMORY = 1 << 23  # bytes
_LARGEST = 200_000  # characters and edges, as often as they are repeated


class Linear:
    """A pattern compiled by RE2. Raises BadPattern where that is too large."""

    def __init__(self, pattern: Pattern, flags: str) -> None:
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        self.groups, self.size = pattern.groups, _size(pattern.part)
        if self.size > _LARGEST:
            raise BadPattern
        try:
            self._compiled: Any = re2.compile(("(?m)" if "m" in flags else "") + _written(pattern.part), options)
        except re2.error as error:
            raise BadPattern from error

    def finditer(self, text: str) -> Iterator[Spans]:
        """The matches from left to right."""
        for match in self._compiled.finditer(text):
            yield tuple(match.span(number) for number in range(self.groups + 1))

    def is_in(self, text: str) -> bool:
        """Whether there is a match."""
        return self._compiled.search(text) is not None


def _size(part: Part) -> int:
    """How many characters and edges there are, each as often as it is repeated."""
    match part:
        case Sequence(parts) | Choice(parts):
            return sum(map(_size, parts))
        case Group(inner, _):
            return _size(inner)
        case Repeat(inner, least, most, _):
            return _size(inner) * max(least, most or 1)
        case Set(ranges):
            return 1 + len(ranges) // 2
    return 1


def _written(part: Part) -> str:
    match part:
        case Set(ranges):
            return _set(ranges)
        case Edge(sign):
            return sign
        case Sequence(parts):
            return "".join(map(_written, parts))
        case Choice(branches):
            return f"(?:{'|'.join(map(_written, branches))})"
        case Group(inner, number):
            return f"({'' if number else '?:'}{_written(inner)})"
        case Repeat(inner, least, most, lazy):
            times = f"{{{least},{'' if most is None else most}}}"
            short = {"{0,}": "*", "{1,}": "+", "{0,1}": "?"}.get(times, times)
            return f"(?:{_written(inner)}){short}{'?' if lazy else ''}"
    raise BadPattern


def _set(ranges: Ranges) -> str:
    if not ranges:
        return r"[^\x{0}-\x{10FFFF}]"
    return "[" + "".join(rf"\x{{{low:x}}}-\x{{{high:x}}}" for low, high in ranges) + "]"
