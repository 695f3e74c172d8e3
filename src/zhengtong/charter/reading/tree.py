"""A file's content as plain values, and where each of them stands."""

from dataclasses import dataclass, field
from typing import Any

from zhengtong.charter.finding import Finding, Kind, Place
from zhengtong.charter.reading import faults

Path = tuple[Any, ...]
"""Keys and indices from the top of a file: ("articles", 3, "wording", "en")."""

MOST_BYTES = 2 * 1024 * 1024
MOST_DEPTH = 40
MOST_VALUES = 100_000


@dataclass(frozen=True)
class Tree:
    """The content of one file; `lines` says where each value stands: line and column, from 1."""

    file: str
    value: Any = None
    lines: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, *path: Any) -> Place:
        """Where `path` stands, or the nearest thing above it that has a place."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.file, *self.lines.get(path, (1, None)))


class Unreadable(Exception):
    """The file cannot be read any further; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def stop(kind: Kind, file: str, line: int, column: int | None = None, **values: Any) -> Unreadable:
    """An `Unreadable` at this place."""
    return Unreadable(kind.at(Place(file, line, column), **values))


def decoded(file: str, content: bytes) -> str:
    """The text of a file, which has to be UTF-8 and of a bearable size."""
    if len(content) > MOST_BYTES:
        raise stop(faults.TOO_LARGE, file, 1, limit=f"{MOST_BYTES // 1024} KiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise stop(faults.NOT_UTF8, file, content.count(b"\n", 0, fault.start) + 1) from fault
