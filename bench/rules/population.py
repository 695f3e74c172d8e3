"""A million persons, six decisions with a sum over the household: by columns, row by row, and in openfisca-core."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import duckdb

from bench.rules.peers import ask_python
from zhengtong.engines.rules import Group, Model

HERE = Path(__file__).parent
DECISIONS = ["household_income", "children", "income_limit", "base_amount", "rent_part", "benefit"]
ON = date(2026, 3, 9)
_PEOPLE = """
    SELECT i AS person, i // 5 * 2 + (i % 5 > 1)::INTEGER AS home, (hash(i) % 95)::INTEGER AS age,
      ((hash(i + 1) % 300000) / 100)::DECIMAL(10, 2) AS income, ((hash(i + 2) % 120000) / 100)::DECIMAL(10, 2) AS rent,
      hash(i + 3) % 12 = 0 AS disabled
    FROM range({size}) t(i)"""


def measure(size: int = 1_000_000, sample: int = 10_000) -> dict[str, float]:
    """CPU seconds for the whole population; that of row by row is found from a sample of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        duckdb.sql(_PEOPLE.format(size=size)).write_parquet(str(path))
        found = {f"columns, {numbers}": _by_columns(path, numbers) for numbers in ("decimal", "float")}
        found["row by row, decimal"] = _row_by_row(path, sample) * size / sample
        return found | (ask_python("openfisca_peer.py", str(path)) or {})


def _by_columns(path: Path, numbers: str) -> float:
    """From a table in memory to a table in memory, the statement made anew; the best of three."""
    model = Model.load(HERE / "benefits.dmn")
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE people AS FROM '{path}'")
    people = connection.table("people")
    times = []
    for number in range(3):
        begun = process_time()
        group = {"household": Group(people, "home")}
        made = model.decide_many(DECISIONS, people, on=ON, groups=group, numbers=numbers)
        made.select(*DECISIONS, '"base_amount.rule"').create(f"decided{number}")
        times.append(process_time() - begun)
    return min(times)


def _row_by_row(path: Path, sample: int) -> float:
    """The generated Python, person by person."""
    model = Model.load(HERE / "benefits.dmn")
    rows = duckdb.sql(
        f"SELECT age, rent, disabled, household FROM '{path}' JOIN (SELECT home, list({{'age': age, 'income': income}})"
        f" AS household FROM '{path}' GROUP BY home) USING (home) LIMIT {sample}"
    ).fetchall()
    persons = [dict(zip(("age", "rent", "disabled", "household"), row, strict=True)) for row in rows]
    begun = process_time()
    for person in persons:
        for name in DECISIONS:
            model.decide(name, person, on=ON).value  # noqa: B018
    return process_time() - begun


def main() -> None:
    found = measure()
    for name, seconds in found.items():
        print(f"{name}: {seconds:.2f} s CPU")
    print(f"decimals by columns, against row by row: {found['row by row, decimal'] / found['columns, decimal']:.0f}×")
    if "openfisca" in found:
        print(f"floats by columns, against openfisca-core: {found['openfisca'] / found['columns, float']:.2f}×,")
        whole = found["openfisca"] + found["openfisca, building"]
        print(f"  with its building included: {whole / found['columns, float']:.2f}×")
