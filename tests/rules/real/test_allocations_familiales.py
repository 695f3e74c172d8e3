"""French family allowances give what was paid, as openfisca-france's tests quote it (see README.md)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from zhengtong.engines.rules import Group, Model

MODEL = Model.load(Path(__file__).with_name("allocations-familiales.dmn"))
YEARS = (2006, 2007, 2008, 2009)
PAID_IN_A_YEAR = {  # by the children's dates of birth: twelve times the amount of January
    ("1990-01-01", "1992-01-01"): (1809.96, 1840.68, 2176.56, 2241.72),
    ("1988-01-01", "1991-01-01"): (1809.96, 2154.96, 0, 0),
    ("2003-01-01", "2004-01-01", "2005-01-01"): (3222.60, 3277.32, 3310.08, 3409.32),
    ("1990-01-01", "1990-01-01", "1990-01-01"): (5341.56, 5432.28, 5486.64, 5651.04),
    ("1990-01-01", "2005-01-01", "2005-01-01"): (3928.92, 3995.64, 4035.60, 4156.56),
    ("1985-12-31", "2005-01-01", "2005-01-01"): (2305.80, 1436.64, 1451.04, 1494.48),
    ("1988-01-01", "2005-01-01", "2005-01-01"): (3928.92, 3995.64, 2368.56, 1494.48),
    ("1989-01-01", "2005-01-01", "2005-01-01"): (3928.92, 3995.64, 4035.60, 2439.48),
    ("1988-01-01", "1993-01-01", "2005-01-01"): (4326.24, 4399.68, 2368.56, None),
}
CASES = [
    (born, year, paid)
    for born, amounts in PAID_IN_A_YEAR.items()
    for year, paid in zip(YEARS, amounts, strict=True)
    if paid is not None
]


def child(born, on):
    born = date.fromisoformat(born)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return {"age": age, "born": born}


def total(children, on):
    return MODEL.decide("total", {"children": children}, on=on).value


@pytest.mark.parametrize(("born", "year", "paid"), CASES)
def test_what_was_paid_is_what_is_decided(born, year, paid):
    on = date(year, 1, 1)
    assert total([child(each, on) for each in born], on) * 12 == Decimal(str(paid))


@pytest.mark.parametrize(("year", "paid"), [(2006, 1412.64), (2007, 1436.64), (2008, 1451.04), (2009, 1494.48)])
def test_two_young_children_bring_the_base_alone(year, paid):
    on = date(year, 1, 1)
    children = [{"age": 9, "born": date(year - 9, 1, 1)}] * 2
    assert total(children, on) * 12 == Decimal(str(paid))


@pytest.mark.parametrize(("ages", "net"), [((12, 10), "131.16"), ((14, 10, 7), "364.79"), ((20, 10, 7), "214.10")])
def test_amounts_of_april_2018_are_met_after_half_a_percent_is_withheld(ages, net):
    on = date(2018, 4, 1)
    children = [{"age": age, "born": date(2018 - age, 1, 1)} for age in ages]
    assert abs(total(children, on) * Decimal("0.995") - Decimal(net)) <= Decimal("0.02")


def test_the_model_is_sound_on_each_of_its_days():
    assert [MODEL.check(on=date(year, 1, 1)) for year in YEARS] == [[]] * 4


def test_families_are_decided_at_once_as_each_is_alone():
    on = date(2008, 1, 1)
    families = [[child(each, on) for each in born] for born in PAID_IN_A_YEAR] + [[]]
    connection = duckdb.connect()
    connection.execute("CREATE TABLE children (family INTEGER, age INTEGER, born DATE)")
    rows = [(number, *each.values()) for number, those in enumerate(families) for each in those]
    connection.executemany("INSERT INTO children VALUES (?, ?, ?)", rows)
    homes = connection.sql(f"SELECT i AS family FROM range({len(families)}) t(i)")
    group = {"children": Group(connection.table("children"), "family")}
    found = MODEL.decide_many("total", homes, on=on, groups=group).order("family").select("total").fetchall()
    assert [each for (each,) in found] == [total(those, on) for those in families]
