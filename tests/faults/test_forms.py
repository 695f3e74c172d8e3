"""Forms that are huge, strange or late: a clear page in the reader's language, and nothing half-written or lost."""

import re

import pytest
from django.contrib.auth.hashers import make_password

from tests.restaurant import ANSWERS
from zhengtong.cases.models import Case, Draft
from zhengtong.people.models import Mandate

START = "/services/open-restaurant/start"


@pytest.fixture
def browser(signed_in, cast):
    lin_yue = signed_in(cast.lin_yue)
    lin_yue.post(START, {"party": cast.linjiang.uscc})
    return lin_yue


@pytest.fixture
def page(browser):
    return f"/drafts/{Draft.objects.get().pk}/questions/outlet"


@pytest.mark.parametrize(("language", "told"), [("zh-hans", "太大"), ("en", "too big")])
def test_a_field_of_a_megabyte_is_refused(browser, page, language, told):
    browser.cookies["django_language"] = language
    answer = browser.post(page, {"outlet_name": "x" * 2**20})
    assert answer.status_code == 413
    assert told in answer.content.decode()
    assert Draft.objects.get().answers == {}


def test_a_program_s_field_of_a_megabyte_is_refused(program, cast):
    answer = program(cast.lin_yue).post("/cases", {"procedure": "open-restaurant", "answers": {"x": "x" * 2**20}})
    assert answer.status_code == 413
    assert answer.json()["code"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("strange", ["临\x00江", "临\u202e江", "临\u2066江", "临\x1b江"])
def test_signs_that_nobody_sees_are_refused_at_the_field(browser, page, language, strange):
    browser.cookies["django_language"] = language
    answer = browser.post(page, {"outlet_name": strange})
    assert answer.status_code == 422
    assert ("控制字符" if language == "zh-hans" else "control") in answer.content.decode()
    assert Draft.objects.get().answers == {}


def test_half_a_sign_breaks_nothing(browser, page):
    answer = browser.generic("POST", page, b"outlet_name=%ED%A0%80", "application/x-www-form-urlencoded")
    assert answer.status_code in {302, 400, 422}


@pytest.mark.parametrize("value", ["a\x00b", "a\ud800b", "a\u202eb"])
def test_a_program_s_strange_signs_are_refused(program, cast, value):
    sent = {
        "procedure": "open-restaurant",
        "enterprise": cast.linjiang.uscc,
        "answers": ANSWERS | {"outlet_name": value},
    }
    answer = program(cast.lin_yue).post("/cases", sent)
    assert answer.status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_wrong_check_digit_is_told_and_no_mandate_given(browser, cast, language):
    browser.cookies["django_language"] = language
    right = cast.lin_qiang.person.id_number
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    answer = browser.post("/mandates", {"enterprise": cast.linjiang.uscc, "name": "林强", "number": wrong})
    assert answer.status_code == 422
    assert "govuk-error" in answer.content.decode()
    assert not Mandate.objects.filter(holder=cast.lin_qiang.person).exists()


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(browser, page):
    browser.cookies.pop("sessionid")
    asked = browser.post(page, {"outlet_name": "临江小馆"})
    carried = re.search(r'name="carried" value="([^"]+)"', asked.content.decode())[1]
    assert Draft.objects.get().answers == {}
    account = Draft.objects.get().person.account
    account.password = make_password("a long pass phrase")
    account.save()
    form = {"username": account.get_username(), "password": "a long pass phrase", "carried": carried}
    again = browser.post("/sign-in", form).content.decode()
    assert page in again
    assert 'value="临江小馆"' in again
    assert browser.post(page, {"outlet_name": "临江小馆"}).status_code == 302
    assert Draft.objects.get().answers == {"outlet_name": "临江小馆"}
