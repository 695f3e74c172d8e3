"""Frames of made-up rows for a model: around every literal that its rules compare with, and with nulls among them."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import duckdb

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.literals import made_of_text
from zhengtong.engines.rules.feel.temporal import Date
from zhengtong.engines.rules.feel.types import Basic, Constrained

SQL = {"number": "DECIMAL(12, 2)", "string": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE"}


def kinds_of(model, name):
    """The kinds of the inputs that a decision needs, by name."""
    elements = {each.name: each for each in model._main.elements.values()}
    kinds = {each: model._workshop.type_of(elements[each]) for each in sorted(model.inputs_of(name))}
    return {each: kind.base if isinstance(kind, Constrained) else kind for each, kind in kinds.items()}


def literals_of(model):
    """Every literal of the model's decisions, by its Python type."""
    found = {Decimal: {Decimal(0), Decimal(7)}, str: {"", "别的"}, Date: {Date(1950, 2, 28), Date(2026, 3, 9)}}
    for name in model.decisions:
        for node in tree.walk(model._workshop.tree_of(model._by_name[name])):
            constant = node if isinstance(node, tree.Constant) else made_of_text(node)
            if constant is not None and type(constant.value) in found:
                found[type(constant.value)].add(constant.value)
    return found


def values_near(kind, literals):
    """Values of a kind, on both sides of each literal."""
    match kind:
        case Basic(kind="number"):
            steps = [Decimal(step) for step in ("-1", "-0.01", "0", "0.01", "1")]
            return sorted(each + step for each in literals[Decimal] for step in steps)
        case Basic(kind="date"):
            days = [date(each.year, each.month, each.day) for each in literals[Date]]
            steps = [-36_524, -29_220, -29_219, -366, -365, -1, 0, 1, 31]
            return sorted(each + timedelta(days=step) for each in days for step in steps)
        case Basic(kind="boolean"):
            return [True, False]
    return sorted(literals[str])


def population(kinds, literals, size, *, seed=1):
    """Rows, of which one value in twenty is null."""
    random = Random(seed)
    choices = {name: values_near(kind, literals) for name, kind in kinds.items()}
    return [
        {name: None if random.random() < 0.05 else random.choice(values) for name, values in choices.items()}
        for _ in range(size)
    ]


def frame_of(rows, kinds):
    """The rows as a relation."""
    connection = duckdb.connect()
    columns = ", ".join(f'"{name}" {SQL[kind.kind]}' for name, kind in kinds.items()) or "nothing INTEGER"
    connection.execute(f"CREATE TABLE rows ({columns})")
    places = ", ".join("?" * len(kinds))
    if rows:
        connection.executemany(f"INSERT INTO rows VALUES ({places})", [list(each.values()) for each in rows])
    return connection.table("rows")


def dicts(relation):
    """The rows of a relation."""
    return [dict(zip(relation.columns, each, strict=True)) for each in relation.fetchall()]
