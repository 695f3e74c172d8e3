"""A party asks that an officer stand aside, the director decides, the party reads why; an officer says so alone."""

import pytest

from tests.restaurant import part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Recusal, RecusalRequest
from zhengtong.people.models import Attempt

HEAD = "/desk/heping-market/head/recusals"
REASON = "他是我的表哥"


@pytest.fixture
def food(accepted, cast, monday):
    case = part(accepted, "food-licence")
    acts.claim(task=task(case, "examine"), by=cast.licensing, now=monday)
    return case


def ask(browser, food, cast, **changed):
    form = {"step": task(food, "examine").pk, "ground": "kin", "reason": REASON} | changed
    return browser(cast.lin_yue).post(f"/cases/{food.parent.number}/recusal", form)


def test_the_party_sees_who_handles_the_case_and_asks(browser, food, cast):
    page = browser(cast.lin_yue).get(f"/cases/{food.parent.number}/recusal").content.decode()
    assert cast.licensing.person.name in page
    assert "Civil Servant Law, art. 77" in page
    assert (
        f"/cases/{food.parent.number}/recusal"
        in browser(cast.lin_yue).get(f"/cases/{food.parent.number}").content.decode()
    )
    assert ask(browser, food, cast).status_code == 302
    page = browser(cast.lin_yue).get(f"/cases/{food.parent.number}/recusal").content.decode()
    assert REASON in page and "Due by 5 March 2026" in page


def test_without_a_ground_nothing_is_asked(browser, food, cast):
    assert ask(browser, food, cast, ground="").status_code == 422
    assert not RecusalRequest.objects.exists()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_another_citizen_finds_no_such_page(browser, food, cast, verb):
    answer = getattr(browser(cast.lin_qiang), verb)(f"/cases/{food.parent.number}/recusal")
    assert answer.status_code == 404
    assert cast.licensing.person.name not in answer.content.decode()
    assert Attempt.objects.get().route == "recusal"


def test_the_director_decides_and_the_party_reads_the_reasons(browser, food, cast):
    ask(browser, food, cast)
    director = browser(cast.officer("heping-market/head"))
    assert REASON in director.get(HEAD).content.decode()
    form = {"request": RecusalRequest.objects.get().pk, "answer": "grant"}
    assert director.post(HEAD, form).status_code == 422
    assert director.post(HEAD, form | {"reason": "查明系表亲"}).status_code == 302
    assert task(food, "examine").post == "heping-market/inspection"
    page = browser(cast.lin_yue).get(f"/cases/{food.parent.number}/recusal").content.decode()
    assert "The officer takes no more part in the case." in page and "查明系表亲" in page
    assert "No such request waits" in director.post(HEAD, form | {"reason": "x"}).content.decode()


def test_who_does_not_supervise_has_no_such_page(browser, food, cast):
    ask(browser, food, cast)
    assert browser(cast.licensing).get("/desk/heping-market/licensing/recusals").status_code == 404
    other = browser(cast.officer("health-commission/head"))
    assert REASON not in other.get("/desk/health-commission/head/recusals").content.decode()


def test_an_officer_stands_aside_on_a_page(browser, food, cast):
    address = f"/desk/heping-market/licensing/tasks/{task(food, 'examine').pk}"
    officer = browser(cast.licensing)
    assert f"{address}/stand-aside" in officer.get(address).content.decode()
    assert officer.post(f"{address}/stand-aside", {"ground": "kin"}).status_code == 422
    answer = officer.post(f"{address}/stand-aside", {"ground": "kin", "reason": "表亲"})
    assert answer.url == "/desk/heping-market/licensing/"
    assert Recusal.objects.get().ground == "kin"
    assert officer.get(address).status_code == 404, "it lies on another desk now"
