"""A draft is run over a population beside the rules in force, before anybody enacts it."""

import shutil
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command

from zhengtong.charter.charter import load
from zhengtong.charter.runs import run_of
from zhengtong.observatory.simulation.effect import effect
from zhengtong.observatory.simulation.population import write_population

CHARTER = Path(__file__).parents[2] / "charters" / "qingshan"
ON = date(2026, 3, 9)
SERVICE = "old-age-allowance"


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "people.parquet"
    write_population(path, size=20_000, seed=2, regions=["990102", "990103"], elsewhere="000000", on=ON)
    return path


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    """The allowance from 75 years on instead of 80."""
    folder = tmp_path_factory.mktemp("draft") / "qingshan"
    shutil.copytree(CHARTER, folder)
    rules = folder / "services" / SERVICE / "rules.dmn"
    text = rules.read_text("utf-8").replace("&lt; 80<", "&lt; 75<").replace("[80..90)", "[75..90)")
    rules.write_text(text.replace("&gt;= 80<", "&gt;= 75<"), "utf-8")
    return folder


def simulate(people, draft, **options):
    out = StringIO()
    options = {"service": SERVICE, "language": "en", "on": ON, "charter": CHARTER} | options
    call_command("simulate", population=people, draft=draft, stdout=out, **options)
    return out.getvalue()


def test_who_is_75_gains_and_nobody_loses(people, draft):
    now, then = load(CHARTER), load(draft)
    said = now.procedures[SERVICE].simulation
    found = effect(now.rules(SERVICE), then.rules(SERVICE), (said, said), people, ON)
    bands = {each.label: each for each in found.by["age"]}
    assert found.total.gain == found.total.newly == bands["70-79"].gain > 0
    assert found.total.lose == found.total.no_longer == 0
    assert found.moves == ((1, 2, found.total.gain),)


def test_the_cost_is_what_deciding_each_person_alone_adds_up_to(people, draft):
    now, then = load(CHARTER), load(draft)
    said = now.procedures[SERVICE].simulation
    found = effect(now.rules(SERVICE), then.rules(SERVICE), (said, said), people, ON)
    frame = duckdb.read_parquet(str(people)).filter("age >= 70")
    persons = [dict(zip(frame.columns, row, strict=True)) | {"filed_on": ON} for row in frame.fetchall()]

    def cost(rules):
        entitled = (each for each in persons if rules.decide("entitlement", each, on=ON).value == "granted")
        return sum((rules.decide("monthly_amount", each, on=ON).value * 12 for each in entitled), Decimal(0))

    assert (found.total.before, found.total.after) == (cost(now.rules(SERVICE)), cost(then.rules(SERVICE)))


def test_the_command_tells_it_by_region_age_and_sex(people, draft):
    told = simulate(people, draft)
    for word in ("Heping District", "70-79", "Women", "Newly entitled", "rule 1 → rule 2"):
        assert word in told
    assert "和平区" in simulate(people, draft, language="zh-Hans")


def test_the_report_needs_nothing_but_itself(people, draft, tmp_path):
    simulate(people, draft, report=tmp_path / "report")
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "<svg" in page and "<script" not in page and "Seventh National Population Census" in page
    assert (tmp_path / "report" / "effect.svg").read_text("utf-8").startswith("<svg")


def again(of, **options):
    asked = {"service": "", "draft": None, "population": None, "language": "zh-Hans", "charter": CHARTER}
    call_command("simulate", again=of, stdout=StringIO(), **asked | options)


def test_anybody_makes_the_same_report_from_what_it_says_of_itself(draft, tmp_path):
    call_command("population", tmp_path / "p", size=900, seed=0, on=ON, charter=CHARTER, stdout=StringIO())
    simulate(tmp_path / "p", draft, report=tmp_path)
    again(tmp_path / "report.html", report=tmp_path / "again")
    first, second = (path.read_bytes() for path in (tmp_path / "report.html", tmp_path / "again" / "report.html"))
    assert first == second
    run = run_of(first)
    assert run.charter == load(CHARTER).digest and list(run.change) == [f"services/{SERVICE}/rules.dmn"]
    assert (run.population.size, run.population.seed, run.population.on) == (900, 0, ON)
    with pytest.raises(CommandError, match="not the one of the report"):
        again(tmp_path / "report.html", charter=draft)
    (tmp_path / "out.html").write_bytes(first.replace(b"services/old-age-allowance/rules.dmn&quot;:", b"../out&quot;:"))
    with pytest.raises(CommandError, match="outside of its draft"):
        again(tmp_path / "out.html")
    (tmp_path / "huge.html").write_bytes(first.replace(b"&quot;size&quot;: 900", b"&quot;size&quot;: 900000000000"))
    with pytest.raises(CommandError, match="does not say"):  # nobody's disk is filled by a report
        again(tmp_path / "huge.html")
    (tmp_path / "none.html").write_bytes(b"<p>figures</p>")
    with pytest.raises(CommandError, match="does not say"):
        again(tmp_path / "none.html")


def test_a_draft_without_a_change_touches_nobody(people):
    assert "+0.00" in simulate(people, CHARTER).splitlines()[1]


def test_a_population_that_lacks_a_column_is_refused_by_its_name(draft, tmp_path):
    path = tmp_path / "few.parquet"
    duckdb.sql("SELECT 1 AS person, '990102' AS region, 80 AS age, 'male' AS sex").write_parquet(str(path))
    with pytest.raises(CommandError, match="birth_on"):
        simulate(path, draft)


def test_what_cannot_be_simulated_is_told(people, draft, tmp_path):
    with pytest.raises(CommandError, match="there is no service nothing"):
        simulate(people, draft, service="nothing")
    with pytest.raises(CommandError, match="simulation:"):
        simulate(people, draft, service="food-licence")
    with pytest.raises(CommandError, match="no such file"):
        simulate(tmp_path / "nowhere.parquet", draft)
    (tmp_path / "broken").mkdir()
    with pytest.raises(CommandError, match="errors"):
        simulate(people, tmp_path / "broken")
