"""One form and one list of papers for several services."""

import json

import pytest

from tests.charter.small import NAME, changed, small
from zhengtong.charter.charter import read


@pytest.fixture(scope="module")
def charter():
    return read(small())


def test_a_question_of_two_services_is_asked_once_and_says_which_need_it(charter):
    form = charter.form("open-tea-house")
    assert [each.name for each in form.questions] == ["applicant_name", "seats", "terrace", "width"]
    assert form.question("seats").services == ("tea-licence", "sign-licence")
    assert form.question("seats").basis == ("tea-law/1", "tea-law/2")
    assert form.question("width").services == ("sign-licence",)


def test_its_answer_has_to_satisfy_both(charter):
    schema = charter.form("open-tea-house").question("seats").schema
    assert schema["maximum"] == 90
    assert schema["allOf"] == [{"type": "integer", "minimum": 1, "maximum": 50}]


def test_what_a_register_knows_is_not_asked(charter):
    assert not charter.form("open-tea-house").question("applicant_name").asked


def test_a_register_that_answers_for_one_service_answers_for_all():
    name = json.dumps(NAME | {"x-basis": ["tea-law/2"]})
    form = "services/sign-licence/form.json"
    question = (
        read(changed(form, '"properties": {', f'"properties": {{"applicant_name": {name},'))
        .form("open-tea-house")
        .question("applicant_name")
    )
    assert not question.asked
    assert question.services == ("tea-licence", "sign-licence")


def test_a_question_arises_only_when_its_service_applies(charter):
    form = charter.form("open-tea-house")
    assert form.question("width").show_if == "seats > 4"
    assert form.question("seats").show_if == ""  # the tea licence always needs it
    assert form.question("terrace").show_if == "seats > 10"


def test_conditions_of_service_and_question_hold_together():
    files = changed(
        "services/sign-licence/form.json", '"x-element": "width"', '"x-element": "width", "x-show-if": "seats < 9"'
    )
    assert read(files).form("open-tea-house").question("width").show_if == "(seats > 4) and (seats < 9)"


def test_questions_of_one_page_stand_together():
    files = changed(
        "services/sign-licence/form.json", '"x-element": "width"', '"x-element": "width", "x-page": "seats"'
    )
    assert [each.name for each in read(files).form("open-tea-house").questions] == [
        "applicant_name",
        "seats",
        "width",
        "terrace",
    ]


def test_a_paper_of_two_services_is_handed_in_once(charter):
    plan = next(each for each in charter.materials("open-tea-house") if each.material.id == "plan")
    assert plan.services == ("tea-licence", "sign-licence")
    assert plan.basis == ("tea-law/1", "tea-law/2")
    assert plan.material.necessity == "required"  # for one of them it is optional
    assert plan.material.show_if == ""  # the one that always applies needs it
    assert plan.supplied_by is None


def test_the_result_of_a_step_stands_for_a_paper_only_where_that_step_is_taken(charter):
    together = next(each for each in charter.materials("open-tea-house") if each.material.id == "tea-paper")
    alone = next(each for each in charter.materials("sign-licence") if each.material.id == "tea-paper")
    assert (together.supplied_by, alone.supplied_by) == ("step", None)


def test_a_register_stands_for_a_paper(charter):
    identity = next(each for each in charter.materials("tea-licence") if each.material.id == "identity")
    assert identity.supplied_by == "register"
