"""YAML, as far as a charter needs it: plain values, each with its line; no tags, no duplicates, nothing boundless.

Read from ruamel's events in one pass, so that no value exists before its bound has been looked at. Scalars follow the
YAML 1.2 core schema, and ISO dates are dates; numbers are exact.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from zhengtong.charter.reading import faults
from zhengtong.charter.reading.tree import MOST_DEPTH, MOST_VALUES, Path, Tree, Unreadable, decoded, stop

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{0,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_KEY = object()


def read_yaml(file: str, content: bytes) -> Tree:
    """The one document of a YAML file; raises `Unreadable`."""
    source = decoded(file, content)
    builder = _Builder(file)
    try:
        for event in YAML(typ="safe", pure=True).parse(source):
            builder.take(event)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, None)
        raise stop(faults.NOT_YAML, file, line, column, detail=fault.problem or fault.context or "") from fault
    except (YAMLError, ValueError, IndexError, AttributeError, TypeError) as fault:
        raise stop(faults.NOT_YAML, file, builder.line, detail=str(fault).splitlines()[0][:200]) from fault
    return Tree(file, builder.root, builder.lines)


@dataclass
class _Open:
    """A mapping or sequence that has not ended."""

    value: dict[Any, Any] | list[Any]
    path: Path
    anchor: str | None
    weight_before: int
    key: Any = _NO_KEY


@dataclass
class _Builder:
    file: str
    root: Any = None
    lines: dict[Path, tuple[int, int]] = field(default_factory=dict)
    line: int = 1
    _stack: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    _weight: int = 0
    _documents: int = 0

    def take(self, event: Event) -> None:
        at = event.start_mark.line + 1, event.start_mark.column + 1
        self.line = at[0]
        match event:
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self._stop(faults.NOT_YAML, at, detail="---")
            case MappingStartEvent() | SequenceStartEvent():
                self._open(event, at)
            case MappingEndEvent() | SequenceEndEvent():
                self._close()
            case ScalarEvent():
                self._refuse_tag(event, at)
                value = _resolved(event)
                self._put(value, at, weight=1)
                self._remember(event.anchor, value, 1)
            case AliasEvent():
                value, weight = self._anchors.get(str(event.anchor), (None, 0))
                if not weight:
                    raise self._stop(faults.BAD_ALIAS, at, name=event.anchor)
                self._put(value, at, weight=weight)

    def _open(self, event: MappingStartEvent | SequenceStartEvent, at: tuple[int, int]) -> None:
        self._refuse_tag(event, at)
        if len(self._stack) >= MOST_DEPTH:
            raise self._stop(faults.TOO_DEEP, at, limit=MOST_DEPTH)
        value: dict[Any, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        path = self._path()
        self._put(value, at, weight=1)
        self._stack.append(_Open(value, path, event.anchor, self._weight - 1))

    def _close(self) -> None:
        closed = self._stack.pop()
        self._remember(closed.anchor, closed.value, self._weight - closed.weight_before)

    def _put(self, value: Any, at: tuple[int, int], *, weight: int) -> None:
        self._weight += weight
        if self._weight > MOST_VALUES:
            raise self._stop(faults.TOO_MANY_VALUES, at, limit=MOST_VALUES)
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            self.lines[self._path()] = at
            top.value.append(value)
        elif top.key is _NO_KEY:
            self._key(top, value, at)
        else:
            top.value[top.key], top.key = value, _NO_KEY

    def _key(self, top: _Open, key: Any, at: tuple[int, int]) -> None:
        if not isinstance(key, str | int | date) or isinstance(key, bool):
            raise self._stop(faults.BAD_KEY, at)
        if key in top.value:
            raise self._stop(faults.DUPLICATE_KEY, at, key=key, first=self.lines[(*top.path, key)][0])
        top.key = key
        self.lines[(*top.path, key)] = at

    def _path(self) -> Path:
        """Where the next value goes."""
        if not self._stack:
            return ()
        top = self._stack[-1]
        return (*top.path, len(top.value) if isinstance(top.value, list) else top.key)

    def _remember(self, anchor: str | None, value: Any, weight: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = value, weight

    def _refuse_tag(self, event: Any, at: tuple[int, int]) -> None:
        if event.tag is not None:
            raise self._stop(faults.TAG, at, tag=event.tag)

    def _stop(self, kind: Any, at: tuple[int, int], **values: Any) -> Unreadable:
        line, column = at
        return stop(kind, self.file, line, column, **values)


def _resolved(event: ScalarEvent) -> Any:
    """The value of a scalar: only plain ones can be something else than a text."""
    value = str(event.value)
    if not event.implicit[0]:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return Decimal(value)
    return _date(value) if _DATE.fullmatch(value) else value


def _date(value: str) -> date | str:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value
