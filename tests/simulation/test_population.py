"""A synthetic population has the census's marginals, and is the same for the same seed."""

from datetime import date

import duckdb
import pytest

from zhengtong.observatory.simulation.population import ADULT, census, write_population

ON = date(2026, 3, 9)


def written(folder, *, size=60_000, seed=1, name="people"):
    path = folder / f"{name}.parquet"
    write_population(path, size=size, seed=seed, regions=["990102", "990103"], elsewhere="000000", on=ON)
    return duckdb.read_parquet(str(path))


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return written(tmp_path_factory.mktemp("population"))


@pytest.mark.parametrize(
    ("who", "share"),
    [("age < 15", 0.1795), ("age BETWEEN 15 AND 59", 0.6335), ("age >= 60", 0.1870), ("age >= 65", 0.1350),
     ("sex = 'male'", 0.5124), ("urban", 0.6389), ("household_region = '000000'", 0.349)],
)  # fmt: skip
def test_it_meets_what_the_census_published(people, who, share):
    (found,) = people.aggregate(f"avg(({who})::INTEGER)").fetchall()[0]
    assert found == pytest.approx(share, abs=0.01)


def test_its_households_have_two_and_six_tenths_persons(people):
    (found,) = people.aggregate("count(*) / count(DISTINCT home)").fetchall()[0]
    assert found == pytest.approx(2.62, abs=0.03)


def test_in_each_household_there_is_an_adult_and_as_many_persons_as_it_says(people):
    homes = people.aggregate("home, max(age) AS oldest, count(*) AS persons, any_value(size) AS size", "home")
    assert homes.filter(f"oldest < {ADULT}").fetchall() == []
    assert homes.filter("persons <> size").fetchall() == []


def test_a_date_of_birth_goes_with_the_age(people):
    wrong = people.filter(f"date_diff('year', birth_on, DATE '{ON}') NOT IN (age, age + 1)")
    assert wrong.fetchall() == []


def test_the_same_seed_draws_the_same_persons_and_another_one_others(tmp_path):
    first, again, other = (
        written(tmp_path, size=500, seed=seed, name=name).fetchall() for seed, name in ((7, "a"), (7, "b"), (8, "c"))
    )
    assert first == again != other


def test_the_groups_of_the_census_add_up_to_its_published_shares():
    persons = census().persons
    total = sum(persons.values())
    assert sum(each for (age, _), each in persons.items() if age >= 60) / total == pytest.approx(0.187, abs=0.001)
    assert sum(each for (_, sex), each in persons.items() if sex == "male") / total == pytest.approx(0.5124, abs=0.001)
