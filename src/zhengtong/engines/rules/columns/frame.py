"""What a frame holds: the kinds of its columns, and how large the numbers in them are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.errors import UnfitColumn
from zhengtong.engines.rules.columns.symbols import Span

Query = Callable[[str], Sequence[Any]]
"""Runs SQL that gives one row."""

_MOST_PLACES = 6  # of a binary float that stands for a decimal


@dataclass(frozen=True, slots=True)
class Field:
    """A column, or a member of one. kind: a plain kind of FEEL, `record`, `list`, or another that rules cannot use.

    `scale`: decimal places of an exact number; None for binary floats. `span` and `nullable` are measured.
    """

    name: str
    kind: str
    scale: int | None = 0
    members: tuple["Field", ...] = ()
    span: Span | None = None
    nullable: bool = True
    largest: int = 0  # items of the longest list


@dataclass(frozen=True, slots=True)
class Group:
    """A frame whose rows belong to those of the main frame that have the same value in the column `key`."""

    frame: Any
    key: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A relation that SQL can name, and its fields. `join`: the key by which its rows belong to the main frame."""

    source: str
    fields: tuple[Field, ...]
    join: str = ""
    largest: int = 0
    lists: Mapping[str, "Frame"] = field(default_factory=dict)

    def field_of(self, name: str) -> Field | None:
        """A field by its name."""
        return next((each for each in self.fields if each.name == name), None)


def measured(frame: Frame, wanted: Iterable[str], dialect: Dialect, query: Query, *, exact: bool) -> Frame:
    """The frame with the spans of its numbers, and which columns have nulls; one pass over the columns wanted."""
    names = set(wanted)
    fields = {each.name: each for each in frame.fields if each.name in names}
    scaled = _scales(frame.source, fields, dialect, query) if exact else fields
    leaves = [leaf for each in scaled.values() for leaf in _leaves(each, dialect, ())]
    figures = iter(_row(frame.source, [sql for leaf in leaves for sql in _asked(leaf, exact)], query))
    found = {leaf.path: _figures(leaf.field, figures, exact) for leaf in leaves}
    fields_ = tuple(_filled(scaled.get(each.name, each), (), found) for each in frame.fields)
    return replace(frame, fields=fields_)


@dataclass(frozen=True, slots=True)
class _Leaf:
    path: tuple[str, ...]
    sql: str
    field: Field


def _leaves(each: Field, dialect: Dialect, path: tuple[str, ...]) -> Iterable[_Leaf]:
    here = (*path, each.name)
    if each.kind == "record":
        for member in each.members:
            yield from _leaves(member, dialect, here)
    else:
        yield _Leaf(here, path_sql(dialect, here), each)


def path_sql(dialect: Dialect, path: Sequence[str]) -> str:
    """A column, or a member of one, in SQL."""
    first, *rest = (dialect.quote(each) for each in path)
    return ".".join([first if not rest else f"({first})", *rest])


def _asked(leaf: _Leaf, exact: bool) -> list[str]:
    asked = [f"count(*) - count({leaf.sql})"]
    if leaf.field.kind == "list":
        asked.append(f"max(len({leaf.sql}))")
    if leaf.field.kind == "number" and exact:
        asked += [f"min({leaf.sql})", f"max({leaf.sql})"]
    return asked


def _figures(each: Field, figures: Any, exact: bool) -> Field:
    each = replace(each, nullable=next(figures) > 0)
    if each.kind == "list":
        return replace(each, largest=int(next(figures) or 0))
    if each.kind == "number" and exact:
        low, high = (round(Decimal(next(figures) or 0).scaleb(scale_of(each))) for _ in range(2))
        return replace(each, span=Span(scale_of(each), low, high))
    return each


def _filled(each: Field, path: tuple[str, ...], found: Mapping[tuple[str, ...], Field]) -> Field:
    here = (*path, each.name)
    if each.kind == "record":
        return replace(each, members=tuple(_filled(member, here, found) for member in each.members))
    return found.get(here, each)


def _row(source: str, asked: Sequence[str], query: Query) -> Sequence[Any]:
    return query(f"SELECT {', '.join(asked)} FROM {source}") if asked else ()  # noqa: S608  names are quoted


def _scales(source: str, fields: Mapping[str, Field], dialect: Dialect, query: Query) -> dict[str, Field]:
    """Binary floats that are decimals of a few places, with the number of places."""
    floats = [each for each in fields.values() if each.kind == "number" and each.scale is None]
    asked = []
    for each in floats:
        name = dialect.quote(each.name)
        misses = (
            f"count(CASE WHEN round({name}, {places}) <> {name} THEN 1 END)" for places in range(_MOST_PLACES + 1)
        )
        asked += list(misses)
    counts = iter(_row(source, asked, query))
    found = dict(fields)
    for each in floats:
        misses_ = [next(counts) for _ in range(_MOST_PLACES + 1)]
        if 0 not in misses_:
            raise UnfitColumn(each.name, "binary floats of more than six places", "decimals, or numbers='float'")
        found[each.name] = replace(each, kind="number", scale=-1 - misses_.index(0))
    return found


def units_sql(dialect: Dialect, sql: str, each: Field, most: int) -> str:
    """A number of the frame as an integer of units, of which there are at most so many."""
    places = scale_of(each)
    if each.scale is not None and each.scale < 0:
        return f"CAST(round({sql} * 1e{places}) AS {dialect.integer(most)})"
    return dialect.units(sql, places, most) if places else f"CAST({sql} AS {dialect.integer(most)})"


def scale_of(each: Field) -> int:
    """Decimal places. A negative scale marks a float that stands for a decimal: -1 whole numbers, -2 tenths …"""
    return -1 - each.scale if each.scale is not None and each.scale < 0 else each.scale or 0
