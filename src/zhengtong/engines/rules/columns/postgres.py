"""PostgreSQL: the same plan as one statement over a table or view, for a node whose registers lie there."""
# ruff: noqa: S608  names are quoted by the dialect, and values never get into the text but as literals of it

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from zhengtong.engines.rules.columns.dialect import Postgres
from zhengtong.engines.rules.columns.frame import Field, Frame, Group, measured
from zhengtong.engines.rules.columns.plan import Numbers, Plan, grouped, inputs_of, plan
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Workshop

POSTGRES = Postgres()
Rows = Callable[[str], Sequence[Sequence[Any]]]
"""Runs a statement and gives all its rows, as `cursor.execute(sql).fetchall()` does."""

_KINDS = {
    "text": "string",
    "character varying": "string",
    "character": "string",
    "boolean": "boolean",
    "date": "date",
    **dict.fromkeys(["smallint", "integer", "bigint"], "number"),
}


def planned(
    workshop: Workshop,
    asked: Sequence[Element],
    table: str,
    rows: Rows,
    on: date,
    groups: Mapping[str, Group],
    numbers: Numbers,
) -> Plan:
    """The statement for a table or view, made for what it holds now. Columns of `numeric` need a declared scale."""

    def query(sql: str) -> Sequence[Any]:
        return rows(sql)[0]

    def frame(name: str, key: str = "") -> Frame:
        return Frame(POSTGRES.quote(name), _fields(name, rows), key)

    exact = numbers == "decimal"
    wanted = inputs_of(workshop, asked)
    frames = {
        name: grouped(workshop, wanted[name], frame(each.frame, each.key), POSTGRES, query, exact=exact)
        for name, each in groups.items()
    }
    main = measured(frame(table), wanted, POSTGRES, query, exact=exact)
    return plan(workshop, asked, main, frames, POSTGRES, on, numbers)


def _fields(table: str, rows: Rows) -> tuple[Field, ...]:
    found = rows(
        "SELECT column_name, data_type, numeric_scale FROM information_schema.columns"
        f" WHERE table_name = {POSTGRES.text(table)} ORDER BY ordinal_position"
    )
    return tuple(_field(*each) for each in found)


def _field(name: str, kind: str, scale: int | None) -> Field:
    if kind == "numeric" and scale is not None:
        return Field(name, "number", scale=scale)
    if kind in {"double precision", "real"}:
        return Field(name, "number", scale=None)
    return Field(name, _KINDS.get(kind, kind))
