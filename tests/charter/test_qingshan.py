"""The sample city is a charter without a fault."""

from datetime import date
from pathlib import Path

import pytest

from zhengtong.charter.charter import inspect

QINGSHAN = Path(__file__).parents[2] / "charters" / "qingshan"


@pytest.fixture(scope="module")
def qingshan():
    return inspect(QINGSHAN, on=date(2026, 3, 2))


def test_it_has_no_fault(qingshan):
    assert [(each.code, each.file, each.line) for each in qingshan[1]] == []


def test_it_shows_ten_services_that_differ_in_kind(qingshan):
    charter = qingshan[0]
    assert len(charter.procedures) >= 10
    assert len(charter.organisations) >= 12
    assert {each.nature for each in charter.procedures.values()} >= {
        *("licence", "benefit", "confirmation", "filing", "petition", "information", "appeal")
    }


def test_opening_a_restaurant_asks_nothing_twice_and_nothing_that_is_known(qingshan):
    charter = qingshan[0]
    form = charter.form("open-restaurant")
    services = [each.service for each in charter.events["open-restaurant"].services]
    apart = [question for each in services for question in charter.form(each).questions if question.asked]
    asked = [question for question in form.questions if question.asked]
    assert len({question.element for question in asked}) == len(asked) < len(apart)
    assert all(question.services and question.basis for question in asked)


def test_one_floor_plan_serves_licence_and_fire_check(qingshan):
    plan = next(each for each in qingshan[0].materials("open-restaurant") if each.material.id == "floor-plan")
    assert set(plan.services) == {"food-licence", "fire-check"}
