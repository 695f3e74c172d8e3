"""A clerk takes in an application on paper, for a person who stands at the counter."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases.test_petition_clocks import TOLD
from tests.restaurant import ANSWERS, NEEDED, picture, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case
from zhengtong.registry.models import Look

COUNTER = "/counter/heping-services/window/"


@pytest.fixture
def clerk(browser, cast):
    return browser(cast.window)


def identify(clerk, person) -> str:
    answer = clerk.post(COUNTER, {"id_number": person.id_number})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def form(path: str, clerk, **changes) -> dict:
    page = clerk.get(path).content.decode()
    sent = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in ANSWERS.items()}
    year, month, day = ANSWERS["opening_on"].split("-")
    dated = {"opening_on-year": year, "opening_on-month": month, "opening_on-day": day}
    files = {f"file-{each}": SimpleUploadedFile(f"{each}.png", picture()) for each in NEEDED}
    key = re.search(r'name="request" value="([^"]+)"', page)[1]
    return sent | dated | files | {"request": key} | changes


def test_the_person_is_looked_up_for_a_purpose_and_the_look_is_kept(clerk, cast):
    page = clerk.get(COUNTER).content.decode()
    assert "To check who applies at a service counter" in page
    location = identify(clerk, cast.lin_yue.person)
    assert str(cast.lin_yue.person.handle) in location
    look = Look.objects.latest("pk")
    assert (look.about, look.post, look.agreement) == (
        cast.lin_yue.person.id_index,
        "heping-services/window",
        "population-identity-window",
    )


@pytest.mark.parametrize("number", ["", "123", "990102199001011234", "x" * 18])
def test_a_wrong_number_is_refused_on_the_page(clerk, number):
    answer = clerk.post(COUNTER, {"id_number": number})
    assert answer.status_code == 422
    assert "Compare it with the document" in answer.content.decode()


def test_only_what_the_post_may_take_in_is_offered(clerk, cast):
    page = clerk.get(identify(clerk, cast.lin_yue.person)).content.decode()
    assert "open-restaurant?enterprise=" + cast.linjiang.uscc in page
    assert "/bad-rating" not in page and "/appeal" not in page


def test_a_post_without_the_power_has_no_counter(browser, cast):
    page = browser(cast.fire).get("/counter/fire-brigade/inspection/")
    assert page.status_code in {403, 404}


def test_the_form_is_on_one_page_and_does_not_ask_what_registers_know(clerk, cast):
    path = f"{identify(clerk, cast.lin_yue.person)}/open-restaurant?enterprise={cast.linjiang.uscc}"
    page = clerk.get(path).content.decode()
    assert 'name="outlet_name"' in page and 'name="sign_width"' in page
    assert 'name="enterprise_name"' not in page
    assert "do not ask for it" in page


def test_the_paper_becomes_the_same_case_and_a_receipt(clerk, cast):
    path = f"{identify(clerk, cast.lin_yue.person)}/open-restaurant?enterprise={cast.linjiang.uscc}"
    answer = clerk.post(path, form(path, clerk))
    assert answer.status_code == 302, re.findall(r"error-message.*", answer.content.decode())
    case = Case.objects.get(procedure="open-restaurant")
    assert (case.channel, case.applicant, case.enterprise) == ("counter", cast.lin_yue.person, cast.linjiang)
    receipt = clerk.get(answer["Location"]).content.decode()
    assert case.number in receipt and "floor-plan.png" in receipt


@pytest.mark.parametrize(
    ("came", "channel"), [(None, "counter"), ("counter", "counter"), ("phone", "phone"), ("post", "post")]
)
def test_a_petition_is_taken_down_at_the_counter_by_telephone_and_by_post(clerk, cast, came, channel):
    path = f"{identify(clerk, cast.chen_xiaoyu.person)}/complaint"
    page = clerk.get(path).content.decode()
    sent = TOLD | {"petition_jointly": "false", "request": re.search(r'name="request" value="([^"]+)"', page)[1]}
    answer = clerk.post(path, sent | ({"came": came} if came else {}))
    assert answer.status_code == 302, re.findall(r"error-message.*", answer.content.decode())
    case = Case.objects.get(procedure="complaint")
    assert (case.channel, case.applicant) == (channel, cast.chen_xiaoyu.person)
    assert case.facts["petition_facts"] == TOLD["petition_facts"]
    assert case.number in clerk.get(answer["Location"]).content.decode()


def _many(number):
    """What a form posts in which so many people are named to speak for the petitioners."""
    rows = range(1, number + 1)
    named = {f"petition_representatives-{at}-name": f"邻居{at}号" for at in rows}
    return named | {f"petition_representatives-{at}-reach": "0000-555-0188" for at in rows}


@pytest.mark.parametrize("came", ["counter", "phone"])
def test_who_speaks_for_many_is_taken_down_and_a_sixth_is_refused_at_the_question(clerk, cast, came):
    path = f"{identify(clerk, cast.chen_xiaoyu.person)}/complaint"
    page = clerk.get(path).content.decode()
    key = re.search(r'name="request" value="([^"]+)"', page)[1]
    sent = TOLD | {"petition_jointly": "true", "request": key, "came": came}
    refused = clerk.post(path, sent | _many(6))
    said = refused.content.decode()
    assert refused.status_code == 422 and not Case.objects.exists()
    assert 'href="#petition_representatives-1-name"' in said and "At most 5" in said and "邻居6号" in said
    assert clerk.post(path, sent | _many(5)).status_code == 302
    case = Case.objects.get(procedure="complaint")
    assert case.channel == came and len(case.facts["petition_representatives"]) == 5


def test_sending_the_page_twice_makes_one_case(clerk, cast):
    path = f"{identify(clerk, cast.lin_yue.person)}/open-restaurant?enterprise={cast.linjiang.uscc}"
    sent = form(path, clerk)
    first = clerk.post(path, sent)
    second = clerk.post(path, form(path, clerk, request=sent["request"]))
    assert first["Location"] == second["Location"]


def test_what_is_wrong_is_said_at_each_question_and_the_rest_is_kept(clerk, cast):
    path = f"{identify(clerk, cast.lin_yue.person)}/open-restaurant?enterprise={cast.linjiang.uscc}"
    answer = clerk.post(path, form(path, clerk, exits="many"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#exits"' in page and 'value="many"' in page and "临江小馆" in page
    assert not Case.objects.exists()


def test_an_enterprise_that_the_person_may_not_act_for_is_not_there(clerk, cast):
    path = f"{identify(clerk, cast.lin_qiang.person)}/open-restaurant?enterprise={cast.linjiang.uscc}"
    assert clerk.get(path).status_code == 404


def test_a_correction_comes_on_paper(clerk, joint, cast, monday):
    items = [{"what": "平面图看不清", "why": "消防"}]
    stop = acts.request_correction(task=task(joint, "accept"), items=items, by=cast.window, now=monday)
    found = clerk.get(f"{COUNTER}corrections", {"number": joint.number.lower()})
    assert found["Location"] == f"{COUNTER}cases/{joint.number}/correction"
    assert "平面图看不清" in clerk.get(found["Location"]).content.decode()
    sent = {"note": "重画", "file-floor-plan": SimpleUploadedFile("neu.png", picture())}
    assert clerk.post(found["Location"], sent).status_code == 302
    stop.refresh_from_db()
    assert stop.to_at is not None and stop.answer["note"] == "重画"
    assert clerk.get(found["Location"]).status_code == 404, "nothing is waited for any more"


def test_an_unknown_number_is_said(clerk):
    assert clerk.get(f"{COUNTER}corrections", {"number": "QI-1"}).status_code == 404
