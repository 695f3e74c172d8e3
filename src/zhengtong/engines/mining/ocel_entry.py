"""An event or an object of an OCEL file, as all three forms of it hold it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

What = Literal["event", "object"]
Kind = Literal["string", "date", "int", "float", "boolean"]
Attribute = tuple[str, Kind, str]
KINDS: dict[type, Kind] = {bool: "boolean", int: "int", float: "float"}
OCEL_KIND = {"string": "string", "date": "time", "int": "integer", "float": "float", "boolean": "boolean"}
SINCE = "1970-01-01T00:00:00Z"  # since when an object has its attributes, where nobody says


@dataclass(frozen=True, slots=True)
class Entry:
    """An event (with its time) or an object of an OCEL file; `links` are objects and qualifiers; `line` where it is."""

    what: What
    id: str
    type: str
    time: str
    attributes: tuple[Attribute, ...]
    links: tuple[tuple[str, str], ...]
    line: int


def types(found: Iterable[Entry]) -> dict[tuple[str, str], dict[str, str]]:
    """Of events and of objects, the types and the kinds of their attributes."""
    found_types: dict[tuple[str, str], dict[str, str]] = {}
    for entry in found:
        kinds = found_types.setdefault((entry.what, entry.type), {})
        kinds.update({name: OCEL_KIND[kind] for name, kind, _ in entry.attributes})
    return found_types


def typed(kind: str, value: str) -> object:
    """A value as JSON and SQLite have it; a text where it is not what it says."""
    readers: dict[str, Callable[[str], object]] = {"int": int, "float": float, "boolean": lambda each: each == "true"}
    try:
        return readers.get(kind, str)(value)
    except ValueError:
        return value
