"""JSON (RFC 8259) with the line of each value; duplicate keys, NaN and endless numbers are refused."""

import json
import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from zhengtong.charter.reading import faults
from zhengtong.charter.reading.tree import MOST_DEPTH, MOST_VALUES, Path, Tree, Unreadable, decoded, stop

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?")
_WORDS = {"true": True, "false": False, "null": None}


def read_json(file: str, content: bytes) -> Tree:
    """The value of a JSON file; raises `Unreadable`."""
    source = decoded(file, content)
    reader = _Reader(file, source, [at for at, sign in enumerate(source) if sign == "\n"])
    value, end = reader.value(0, ())
    end = reader.space(end)
    if end != len(source):
        raise reader.stop(end, detail="there is more after the end")
    return Tree(file, value, reader.lines)


@dataclass
class _Reader:
    file: str
    source: str
    breaks: list[int]
    lines: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: int = 0

    def value(self, at: int, path: Path) -> tuple[Any, int]:
        at = self.space(at)
        self.lines.setdefault(path, self.place(at))
        self.values += 1
        if len(path) > MOST_DEPTH:
            raise self.stop(at, faults.TOO_DEEP, limit=MOST_DEPTH)
        if self.values > MOST_VALUES:
            raise self.stop(at, faults.TOO_MANY_VALUES, limit=MOST_VALUES)
        match self.source[at : at + 1]:
            case "{":
                return self._object(at + 1, path)
            case "[":
                return self._array(at + 1, path)
            case '"':
                return self._string(at)
        return self._atom(at)

    def _object(self, at: int, path: Path) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at = self.space(at)
        if self.source[at : at + 1] == "}":
            return found, at + 1
        while True:
            at = self.space(at)
            key, after = self._string(at)
            if key in found:
                raise self.stop(at, faults.DUPLICATE_KEY, key=key, first=self.lines[(*path, key)][0])
            self.lines[(*path, key)] = self.place(at)
            found[key], at = self.value(self._expect(after, ":"), (*path, key))
            at, ended = self._next(at, "}")
            if ended:
                return found, at

    def _array(self, at: int, path: Path) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self.space(at)
        if self.source[at : at + 1] == "]":
            return found, at + 1
        while True:
            value, at = self.value(at, (*path, len(found)))
            found.append(value)
            at, ended = self._next(at, "]")
            if ended:
                return found, at

    def _string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self.source, at)
        if not match:
            raise self.stop(at, detail="a string is missing, or does not end")
        try:
            return str(json.loads(match[0])), match.end()
        except json.JSONDecodeError as fault:
            raise self.stop(at + fault.pos, detail=fault.msg) from fault

    def _atom(self, at: int) -> tuple[Any, int]:
        for word, value in _WORDS.items():
            if self.source.startswith(word, at):
                return value, at + len(word)
        match = _NUMBER.match(self.source, at)
        if not match:
            raise self.stop(at, detail="a value is missing")
        number = float(match[0]) if match[1] or match[2] else int(match[0])
        if not math.isfinite(number):
            raise self.stop(at, faults.NUMBER, number=match[0])
        return number, match.end()

    def _next(self, at: int, end: str) -> tuple[int, bool]:
        at = self.space(at)
        if self.source[at : at + 1] == end:
            return at + 1, True
        return self.space(self._expect(at, ",")), False

    def _expect(self, at: int, sign: str) -> int:
        at = self.space(at)
        if self.source[at : at + 1] != sign:
            raise self.stop(at, detail=f"{sign} is missing")
        return at + 1

    def space(self, at: int) -> int:
        match = _SPACE.match(self.source, at)
        return match.end() if match else at

    def place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.breaks, at - 1)
        return line + 1, at - (self.breaks[line - 1] if line else -1)

    def stop(self, at: int, kind: Any = faults.NOT_JSON, **values: Any) -> Unreadable:
        line, column = self.place(at)
        return stop(kind, self.file, line, column, **values)
