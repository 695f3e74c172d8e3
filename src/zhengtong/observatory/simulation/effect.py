"""The rules in force beside a draft's over a population: who gains, who loses, and what it costs."""
# ruff: noqa: S608  names are quoted, and nothing else of the charter gets into the statements

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from zhengtong.charter.model import Simulation
from zhengtong.engines.rules import Group, MissingColumns, Model

Progress = Callable[[float], None]
_SLICE = 100_000  # persons decided at a time
_MEASURES = (
    "count(*), count(*) FILTER (after > before), count(*) FILTER (after < before),"
    " count(*) FILTER (before = 0 AND after > 0), count(*) FILTER (before > 0 AND after = 0),"
    " COALESCE(sum(before), 0), COALESCE(sum(after), 0)"
)
_BANDS = (
    "CASE WHEN age < 18 THEN '0-17' WHEN age < 60 THEN '18-59' WHEN age >= 90 THEN '90+'"
    " ELSE concat(age // 10 * 10, '-', age // 10 * 10 + 9) END"
)
_BOTH = (
    "SELECT old.region, old.age, old.sex, old.amount AS before, new.amount AS after, old.rule AS rule_before,"
    " new.rule AS rule_after FROM old JOIN new USING (person)"
)
_OWN = ("person", "region", "age", "sex")


@dataclass(frozen=True)
class Line:
    """A group of persons: how many gain, lose, come in and drop out; and the cost of a year before and after."""

    label: str
    persons: int
    gain: int
    lose: int
    newly: int
    no_longer: int
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """The whole population, the same by region, age and sex, and how many moved from one rule to another."""

    total: Line
    by: dict[str, tuple[Line, ...]]
    moves: tuple[tuple[int, int, int], ...]  # rule of the amount's table before and after, and persons; 0 is none


def effect(
    before: Model,
    after: Model,
    declared: tuple[Simulation, Simulation],
    population: Path,
    on: date,
    progress: Progress = lambda _: None,
) -> Effect:
    """Decide everybody by both, slice by slice. Raises what `Model.decide_many` raises.

    `population`: a Parquet file with the columns person, region, age and sex, and those that the rules want; a list
    is the rows with the same `home`. `declared` is what the service says of its simulation, now and in the draft.
    """
    connection = duckdb.connect()
    people = connection.read_parquet(str(population))
    lacking = [name for name in _OWN if name not in people.columns]
    if lacking:
        raise MissingColumns(", ".join(lacking))
    (persons,) = people.aggregate("count(*)").fetchall()[0]
    slices = max(1, -(-persons // _SLICE))
    home = "home" if "home" in people.columns else "person"
    for number in range(slices):
        some = people.filter(f"hash({home}) % {slices} = {number}")
        for name, model, said in (("old", before, declared[0]), ("new", after, declared[1])):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            _amounts(model, said, some, on).create(name)
        connection.execute(f"{'CREATE TABLE effect AS' if number == 0 else 'INSERT INTO effect'} {_BOTH}")
        progress((number + 1) / slices)
    return _counted(connection)


def _amounts(model: Model, said: Simulation, people: duckdb.DuckDBPyRelation, on: date) -> duckdb.DuckDBPyRelation:
    """What each person gets in a year, and by which rule of the table that gives the amount."""
    asked = [said.amount, *said.entitled]
    frame = people.project(f"*, DATE '{on.isoformat()}' AS {_quoted(said.day)}") if said.day else people
    wanted = frozenset[str]().union(*(model.inputs_of(each) for each in asked))
    groups = {name: Group(people, "home") for name in wanted - set(frame.columns) if "home" in frame.columns}
    decided = model.decide_many(asked, frame, on=on, groups=groups)
    tests = (f"COALESCE({_quoted(name)} IN ({_texts(those)}), FALSE)" for name, those in said.entitled.items())
    paid = " AND ".join(tests) or "TRUE"
    amount = f"CASE WHEN {paid} THEN COALESCE({_quoted(said.amount)}, 0) ELSE 0 END * {said.times_a_year}"
    rule = f"{said.amount}.rule"
    which = _quoted(rule) if rule in decided.columns else "0"
    found: duckdb.DuckDBPyRelation = decided.project(f"person, region, age, sex, {amount} AS amount, {which} AS rule")
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _texts(values: list[str]) -> str:
    return ", ".join("'" + each.replace("'", "''") + "'" for each in values)


def _counted(connection: duckdb.DuckDBPyConnection) -> Effect:
    def lines(group: str) -> tuple[Line, ...]:
        sql = f"SELECT {group} AS label, {_MEASURES} FROM effect GROUP BY label ORDER BY label"
        return tuple(Line(*row) for row in connection.sql(sql).fetchall())

    (total,) = lines("''") or (Line("", 0, 0, 0, 0, 0, Decimal(0), Decimal(0)),)
    moves = connection.sql(
        "SELECT rule_before, rule_after, count(*) FROM effect WHERE before <> after GROUP BY ALL ORDER BY 3 DESC, 1, 2"
    ).fetchall()
    by = {"region": lines("region"), "age": lines(_BANDS), "sex": lines("sex")}
    return Effect(total, by, tuple(moves))
