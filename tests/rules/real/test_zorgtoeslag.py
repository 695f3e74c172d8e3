"""The Dutch healthcare allowance gives what the Dutch tax office publishes (see README.md)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from zhengtong.engines.rules import Model

MODEL = Model.load(Path(__file__).with_name("zorgtoeslag.dmn"))
TABLE_OF_2025 = dict(
    zip(
        range(28_000, 40_000, 500),
        [131, 130, 124, 118, 112, 107, 101, 95, 90, 84, 78, 73, 67, 61, 55, 50, 44, 38, 33, 27, 21, 15, 10, 4],
        strict=True,
    )
)
CEILINGS = [
    (2024, False, 37_496), (2024, True, 47_368), (2025, False, 39_719), (2025, True, 50_206), (2026, False, 40_857),
    (2026, True, 51_142),
]  # fmt: skip


def person(income, *, partner=False, partner_income=0, partner_insured=True, wealth=0, age=40, insured=True):
    return {
        "age": age,
        "insured": insured,
        "has_partner": partner,
        "partner_insured": partner_insured,
        "income": income,
        "partner_income": partner_income,
        "wealth": wealth,
    }


def decided(name, year, income, **more):
    return MODEL.decide(name, person(income, **more), on=date(year, 7, 1)).value


def test_wouter_alone_with_19000_euros_gets_99_a_month():
    assert decided("claim", 2019, 19_000) / 12 == pytest.approx(Decimal("99.09"), abs=Decimal("0.005"))
    assert decided("monthly", 2019, 19_000) == 99


def test_marianne_whose_husband_is_a_soldier_gets_half():
    them = {"partner": True, "partner_income": 26_200, "partner_insured": False}
    assert round(decided("norm_premium", 2019, 7_000, **them), 2) == Decimal("2561.02")
    assert decided("monthly", 2019, 7_000, **them) == 27


@pytest.mark.parametrize(("income", "monthly"), list(TABLE_OF_2025.items()))
def test_the_table_of_2025_is_met_row_by_row(income, monthly):
    assert decided("monthly", 2025, income) == monthly


@pytest.mark.parametrize(
    ("year", "income", "partner", "monthly"),
    [(2025, 28_000, True, 250), (2025, 28_500, True, 249), (2026, 29_500, False, 129), (2026, 29_500, True, 246),
     (2026, 30_000, False, 126), (2024, 20_000, False, 123)],
)  # fmt: skip
def test_other_published_amounts_are_met(year, income, partner, monthly):
    assert decided("monthly", year, income, partner=partner) == monthly


@pytest.mark.parametrize(("year", "partner", "ceiling"), CEILINGS)
def test_the_claim_ends_above_the_published_ceiling(year, partner, ceiling):
    assert decided("allowance", year, ceiling, partner=partner) == 24
    assert decided("allowance", year, ceiling + 1, partner=partner) == 0


def test_who_is_under_18_or_wealthy_or_not_insured_gets_nothing():
    assert decided("monthly", 2025, 20_000, age=17) == 0
    assert decided("monthly", 2025, 20_000, wealth=141_897) == 0
    assert decided("monthly", 2025, 20_000, insured=False) == 0


def test_the_reason_names_the_law_and_the_year():
    trace = MODEL.decide("monthly", person(20_000), on=date(2025, 7, 1)).trace
    told = " ".join(trace.sentences("en"))
    assert "wet-op-de-zorgtoeslag/2" in told and "2025, without a partner" in told


def test_the_model_is_sound_in_every_year_that_it_knows():
    assert [MODEL.check(on=date(year, 7, 1)) for year in (2019, 2024, 2025, 2026)] == [[]] * 4


def test_a_population_is_decided_as_each_person_is():
    incomes = duckdb.sql(
        "SELECT 30 AS age, true AS insured, i % 2 = 0 AS has_partner, i % 3 <> 0 AS partner_insured,"
        " i * 137 AS income, (i * 31 % 20000) AS partner_income, i * 1000 AS wealth FROM range(400) t(i)"
    )
    found = MODEL.decide_many(["claim", "monthly"], incomes, on=date(2026, 1, 1))
    for row in (dict(zip(found.columns, each, strict=True)) for each in found.fetchall()):
        assert row["monthly"] == MODEL.decide("monthly", row, on=date(2026, 1, 1)).value
        assert row["claim"] == MODEL.decide("claim", row, on=date(2026, 1, 1)).value
