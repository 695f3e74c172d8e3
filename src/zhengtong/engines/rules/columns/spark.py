"""Spark: the same plan for a population that is spread over machines. Needs PySpark 3.4 or later, and Java."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhengtong.engines.rules.columns.dialect import Spark
from zhengtong.engines.rules.columns.frame import Field, Frame, Group, measured
from zhengtong.engines.rules.columns.plan import Numbers, grouped, inputs_of, plan
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Workshop

SPARK = Spark()
_KINDS = {
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    **dict.fromkeys(["byte", "short", "integer", "long"], "number"),
}


def is_frame(frame: Any) -> bool:
    """Whether it is a DataFrame of Spark; told without importing it."""
    return type(frame).__module__.startswith("pyspark.sql")


def decide_many(
    workshop: Workshop,
    asked: Sequence[Element],
    frame: Any,
    on: date,
    groups: Mapping[str, Group],
    numbers: Numbers,
) -> Any:
    """The DataFrame with a column for each decision; its rows have no order, as everywhere in Spark."""
    session = frame.sparkSession
    views = {"zt_source": frame} | {f"zt_group_{place}": each.frame for place, each in enumerate(groups.values())}
    for name, each in views.items():
        each.createOrReplaceTempView(name)

    def query(sql: str) -> Sequence[Any]:
        row: Sequence[Any] = session.sql(sql).collect()[0]
        return row

    exact = numbers == "decimal"
    wanted = inputs_of(workshop, asked)
    main = measured(Frame("zt_source", _fields(frame)), wanted, SPARK, query, exact=exact)
    frames = {}
    for place, (name, each) in enumerate(groups.items()):
        of = Frame(f"zt_group_{place}", _fields(each.frame), each.key)
        frames[name] = grouped(workshop, wanted[name], of, SPARK, query, exact=exact)
    return session.sql(plan(workshop, asked, main, frames, SPARK, on, numbers).sql)


def _fields(frame: Any) -> tuple[Field, ...]:
    return tuple(_field(each.name, each.dataType) for each in frame.schema.fields)


def _field(name: str, kind: Any) -> Field:
    match kind.typeName():
        case "struct":
            return Field(name, "record", members=tuple(_field(each.name, each.dataType) for each in kind.fields))
        case each if each.startswith("decimal"):
            return Field(name, "number", scale=kind.scale)
        case "double" | "float":
            return Field(name, "number", scale=None)
        case each:
            return Field(name, _KINDS.get(each, each))
