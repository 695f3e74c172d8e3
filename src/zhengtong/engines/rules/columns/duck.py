"""DuckDB: the embedded database in which decisions over a population run. Its decimals are exact."""
# ruff: noqa: S608  names are quoted by the dialect, and values never get into the text but as literals of it

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.frame import Field, Frame, Group, measured
from zhengtong.engines.rules.columns.plan import Numbers, Plan, grouped, inputs_of, plan
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Workshop

DUCKDB = Dialect()
_INTEGERS = frozenset(
    ["tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger", "ubigint"]
)
_KINDS = {"varchar": "string", "enum": "string", "boolean": "boolean", "date": "date"}


def decide_many(
    workshop: Workshop,
    asked: Sequence[Element],
    frame: Any,
    on: date,
    groups: Mapping[str, Group],
    numbers: Numbers,
) -> duckdb.DuckDBPyRelation:
    """The frame with a column for each decision; see `Model.decide_many`."""
    relation = as_relation(frame)
    made = planned(workshop, asked, relation, on, groups, numbers)
    return _query(relation, made.sql)


def planned(
    workshop: Workshop,
    asked: Sequence[Element],
    relation: duckdb.DuckDBPyRelation,
    on: date,
    groups: Mapping[str, Group],
    numbers: Numbers,
) -> Plan:
    """The statement, made for what the frame holds."""
    wanted = inputs_of(workshop, asked)

    def query(sql: str) -> Sequence[Any]:
        row: Sequence[Any] = _query(relation, sql).fetchall()[0]
        return row

    exact = numbers == "decimal"
    main = measured(Frame("zt_source", _fields(relation)), wanted, DUCKDB, query, exact=exact)
    lists = {}
    for each in main.fields:
        if each.kind == "list" and each.name in wanted:
            name = DUCKDB.quote(each.name)
            flat = f"(SELECT i.* FROM (SELECT unnest({name}) AS i FROM zt_source))"
            of = measured(
                Frame(flat, each.members), (member.name for member in each.members), DUCKDB, query, exact=exact
            )
            lists[each.name] = replace(of, largest=each.largest)
    others = {
        name: _group(workshop, wanted[name], relation, each, query, exact)
        for name, each in groups.items()
        if name in wanted
    }
    return plan(workshop, asked, replace(main, lists=lists), others, DUCKDB, on, numbers)


def as_relation(frame: Any) -> duckdb.DuckDBPyRelation:
    """A relation, the path of a Parquet file, or any frame that DuckDB can scan (Arrow, Polars, pandas)."""
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return frame
    connection = duckdb.connect()
    if isinstance(frame, str | Path):
        return connection.read_parquet(str(frame))
    return connection.sql("SELECT * FROM frame")


def _query(relation: duckdb.DuckDBPyRelation, sql: str) -> duckdb.DuckDBPyRelation:
    """What a statement gives that knows the relation as zt_source."""
    found: duckdb.DuckDBPyRelation = relation.query("zt_source", sql)  # type: ignore[assignment]
    return found


def _group(
    workshop: Workshop, element: Element, relation: duckdb.DuckDBPyRelation, group: Group, query: Any, exact: bool
) -> Frame:
    if isinstance(group.frame, str | Path):
        source = f"read_parquet({DUCKDB.text(str(group.frame))})"
    else:
        source = f"zt_group_{uuid4().hex[:8]}"
        as_relation(group.frame).create_view(source)
    frame = Frame(source, _fields(_query(relation, f"SELECT * FROM {source}")), group.key)
    return grouped(workshop, element, frame, DUCKDB, query, exact=exact)


def _fields(relation: duckdb.DuckDBPyRelation) -> tuple[Field, ...]:
    return tuple(_field(name, kind) for name, kind in zip(relation.columns, relation.types, strict=True))


def _field(name: str, kind: Any) -> Field:
    match kind.id:
        case "struct":
            return Field(name, "record", members=tuple(_field(*each) for each in kind.children))
        case "list":
            item = kind.children[0][1]
            members = tuple(_field(*each) for each in item.children) if item.id == "struct" else ()
            return Field(name, "list" if members else "list of plain values", members=members)
        case "decimal":
            return Field(name, "number", scale=int(dict(kind.children)["scale"]))
        case "double" | "float":
            return Field(name, "number", scale=None)
        case each if each in _INTEGERS:
            return Field(name, "number")
    return Field(name, _KINDS.get(kind.id, str(kind)))
