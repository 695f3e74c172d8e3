"""A synthetic population of any size, drawn from the marginals of a census (`census.yaml`).

Persons live in households; each household has an adult, and the ages of all together are those of the census. Which
rows come out depends on the seed and the size alone.
"""
# ruff: noqa: S608  all that is put into the statements are numbers, and codes that the dialect quotes

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
from ruamel.yaml import YAML

from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text

ADULT = 18
ELSEWHERE = "000000"  # registered in another city
_FILE = Path(__file__).with_name("census.yaml")


@dataclass(frozen=True)
class Census:
    """Marginals: persons by (age, sex), households by size (in percent), and where they come from."""

    source: Text
    persons: Mapping[tuple[int, str], float]
    households: Mapping[int, float]
    urban: float
    registered_elsewhere: float


@cache
def census() -> Census:
    """The census that comes with the program. Persons of a five-year group are spread evenly over its years."""
    data = YAML(typ="safe").load(_FILE.read_text("utf-8"))
    persons = {
        (first + year, sex): count / years
        for first, years, men, women in data["ages"]
        for sex, count in (("male", men), ("female", women))
        for year in range(years)
    }
    return Census(Text(data["source"]), persons, data["households"], data["urban"], data["registered_elsewhere"])


def places(charter: Charter) -> list[str]:
    """The regions in which people live: those that have none below them."""
    parents = {each.parent for each in charter.regions.values()}
    return sorted(code for code in charter.regions if code not in parents)


def write_population(path: Path, *, size: int, seed: int, regions: Sequence[str], elsewhere: str, on: date) -> int:
    """Write about `size` persons as Parquet (a household is not cut); gives how many there are.

    Columns: person, home, size (of the home), sex, age, birth_on, region and residence_region (of the home),
    household_region (where one is registered), urban, residence_since.
    """
    connection = duckdb.connect()
    _draws(connection, "first", _adults(census().persons))
    _draws(connection, "other", _others(census()))
    _draws(connection, "sizes", {(each, ""): share for each, share in census().households.items()})
    codes = ", ".join(f"'{code}'" for code in regions)
    found = connection.sql(_PERSONS.format(size=size, seed=seed, on=on.isoformat(), regions=f"[{codes}]",
        places=len(regions), urban=census().urban / 100, moved=census().registered_elsewhere / 100,
        elsewhere=f"'{elsewhere}'"))  # fmt: skip
    drawn = f"size: '{size}', seed: '{seed}', \"on\": '{on.isoformat()}'"
    target = str(path).replace("'", "''")
    connection.execute(
        f"COPY ({found.sql_query()}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{drawn}}})"
    )
    return int(connection.read_parquet(str(path)).aggregate("count(*)").fetchall()[0][0])


def drawn_as(path: Path) -> dict[str, str]:
    """Size, seed and day, as the file says that it was drawn; nothing of a file from elsewhere."""
    rows = duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    found = {bytes(key).decode(): bytes(value).decode() for key, value in rows}
    return {key: found[key] for key in ("size", "seed", "on") if key in found}


def _adults(persons: Mapping[tuple[int, str], float]) -> dict[tuple[int, str], float]:
    return {key: count for key, count in persons.items() if key[0] >= ADULT}


def _others(census: Census) -> dict[tuple[int, str], float]:
    """The other members, so that all together have the ages of the census."""
    total, adults = sum(census.persons.values()), sum(_adults(census.persons).values())
    homes = sum(census.households.values())
    firsts = homes / sum(size * share for size, share in census.households.items())  # of all persons
    return {
        key: count / total - (firsts * count / adults if key[0] >= ADULT else 0)
        for key, count in census.persons.items()
    }


def _draws(connection: duckdb.DuckDBPyConnection, name: str, weights: Mapping[tuple[int, str], float]) -> None:
    """A table of cumulative shares, to be met by a number between 0 and 1."""
    total, reached, rows = sum(weights.values()), 0.0, []
    for (number, sex), weight in weights.items():
        rows.append((reached / total, number, sex))
        reached += weight
    connection.execute(f"CREATE TABLE {name} (above DOUBLE, number INTEGER, sex VARCHAR)")
    connection.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", rows)


# The text is hashed, since hashes of several values that differ in one are not independent.
_PERSONS = """
WITH homes AS (
  SELECT home, sizes.number AS size, hash(concat({seed}, 'place', home)) % {places} + 1 AS place,
    hash(concat({seed}, 'urban', home)) / 18446744073709551616.0 < {urban} AS urban
  FROM (
    SELECT i AS home, hash(concat({seed}, 'size', i)) / 18446744073709551616.0 AS draw FROM range({size}) t(i)
  ) AS drawn
  ASOF JOIN sizes ON drawn.draw >= sizes.above
), members AS (
  SELECT *, unnest(range(size)) AS place_in_home FROM homes
), counted AS (
  SELECT *, row_number() OVER (ORDER BY home, place_in_home) AS person FROM members
), cut AS (
  SELECT *, hash(concat({seed}, 'age', person)) / 18446744073709551616.0 AS draw FROM counted
  WHERE person - place_in_home <= {size}
), aged AS (
  SELECT cut.* EXCLUDE (draw), number AS age, sex FROM cut ASOF JOIN first ON cut.draw >= first.above
  WHERE place_in_home = 0
  UNION ALL
  SELECT cut.* EXCLUDE (draw), number AS age, sex FROM cut ASOF JOIN other ON cut.draw >= other.above
  WHERE place_in_home > 0
)
SELECT person, home, size, sex, age,
  (DATE '{on}' - to_years(age::INTEGER) - to_days((hash(concat({seed}, 'day', person)) % 365)::INTEGER))::DATE
    AS birth_on,
  ({regions})[place::BIGINT] AS region, region AS residence_region,
  CASE WHEN hash(concat({seed}, 'moved', person)) / 18446744073709551616.0 < {moved} THEN {elsewhere} ELSE region END
    AS household_region,
  urban, greatest(birth_on, (DATE '{on}' - to_days((hash(concat({seed}, 'since', home)) % 10950)::INTEGER))::DATE)
    AS residence_since
FROM aged ORDER BY person"""
