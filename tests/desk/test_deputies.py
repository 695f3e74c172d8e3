"""A post delegates a power and takes it back; an officer is absent and back again; everybody can read who stands in."""

from datetime import date, timedelta

import pytest

from tests.restaurant import part, task
from zhengtong.cases import acts
from zhengtong.ledger.models import Act
from zhengtong.people import kinds
from zhengtong.people.models import Absence, Attempt, Delegation

DESK = "/desk/heping-market/licensing"
GIVE = f"{DESK}/delegations/food-licensing/give"
FORM = {
    "to": "services-bureau/window",
    "acts": ["examine"],
    "matters": ["food-licence"],
    "region": "990102",
    "from-year": "2026",
    "from-month": "3",
    "from-day": "2",
    "until-year": "2026",
    "until-month": "3",
    "until-day": "8",
    "reason": "和平区人手不足",
}
POWERS = "/oversight/powers"
ASKED = {"post": "services-bureau/window", "act": "examine", "matter": "food-licence", "region": "990102"}


@pytest.fixture
def licensing(browser, cast):
    return browser(cast.licensing)


def on(settings, day: date) -> None:
    settings.ZHENGTONG_CLOCK = f"{day.isoformat()}T10:00:00+08:00"


def test_a_power_is_delegated_for_a_week_and_everybody_reads_who_has_it_why_and_by_what_law(licensing, client, cast):
    assert licensing.post(GIVE, FORM, follow=True).status_code == 200
    given = Delegation.objects.get()
    assert (given.from_on, given.to_on) == (date(2026, 3, 2), date(2026, 3, 8))
    page = client.get(POWERS, ASKED, headers={"Accept-Language": "en"}).content.decode()
    for told in (
        "Yes. The post",
        "It does so by delegation.",
        "和平区人手不足",
        "8 March 2026",
        "Licensing Law, art. 24",
    ):
        assert told in page, told
    assert "和平区人手不足" in licensing.get(f"{DESK}/delegations").content.decode()
    assert client.get("/api/v1/delegations").json()[0]["to_post"] == "services-bureau/window"


def test_whoever_was_given_it_sees_it_and_cannot_end_it(licensing, browser, cast):
    licensing.post(GIVE, FORM)
    window = browser(cast.officer("services-bureau/window"))
    page = window.get("/desk/services-bureau/window/delegations").content.decode()
    assert "和平区人手不足" in page and "End the delegation" not in page
    given = Delegation.objects.get()
    assert window.post(f"/desk/services-bureau/window/delegations/{given.pk}/end").status_code == 404
    assert Attempt.objects.get().route == "delegation-end"
    assert Act.objects.filter(kind=kinds.DELEGATION_ENDED).count() == 0


def test_after_its_last_day_the_answer_is_no_and_says_until_when_it_was(licensing, client, settings):
    licensing.post(GIVE, FORM)
    on(settings, date(2026, 3, 9))
    page = client.get(POWERS, ASKED, headers={"Accept-Language": "en"}).content.decode()
    assert "It was delegated to it from 2 March 2026 to 8 March 2026." in page
    page = client.get(POWERS, ASKED, headers={"Accept-Language": "zh-Hans"}).content.decode()
    assert "这项职权的委托自2026年3月2日至2026年3月8日有效。" in page


def test_a_step_taken_by_delegation_is_refused_once_it_is_over_with_the_reason(
    licensing, browser, accepted, cast, monday, settings
):
    food = part(accepted, "food-licence")
    licensing.post(GIVE, FORM)
    window = browser(cast.officer("services-bureau/window"))
    acts.hand_over(
        task=task(food, "examine"), to_post="services-bureau/window", reason="已委托", by=cast.licensing, now=monday
    )
    offer = food.handovers.get()
    window.post(f"/desk/services-bureau/window/offers/{offer.pk}", {"answer": "take"})
    step = f"/desk/services-bureau/window/tasks/{task(food, 'examine').pk}"
    on(settings, date(2026, 3, 9))
    answer = browser(cast.officer("services-bureau/window")).post(f"{step}/complete", {"output": "satisfied"})
    assert answer.status_code == 403
    assert "It was delegated to it from 2 March 2026 to 8 March 2026." in answer.content.decode()
    assert task(food, "examine").officer is None
    on(settings, date(2026, 3, 8))
    assert browser(cast.officer("services-bureau/window")).post(f"{step}/complete", {"output": "satisfied"}).url
    done = Act.objects.filter(subject=food.number, kind="case.task.done").latest("pk")
    assert done.power == f"food-licensing/delegation:{Delegation.objects.get().pk}"


def test_it_is_taken_back_and_the_reason_of_the_refusal_says_so(licensing, client):
    licensing.post(GIVE, FORM)
    licensing.post(f"{DESK}/delegations/{Delegation.objects.get().pk}/end")
    page = client.get(POWERS, ASKED, headers={"Accept-Language": "en"}).content.decode()
    assert "The delegation of this power was taken back." in page


@pytest.mark.parametrize(
    ("changed", "status", "told"),
    [
        ({"region": "990121"}, 422, "wider than what your post holds"),
        ({"acts": ["supervise"]}, 422, "wider than what your post holds"),
        ({"reason": " "}, 422, "no reason is given"),
        ({"to": "no/such"}, 422, "no such post"),
        ({"until-month": "2", "until-day": "30"}, 422, "Enter a day that exists."),
        ({"until-year": "2025"}, 422, "These dates cannot be"),
    ],
    ids=str,
)
def test_what_cannot_be_delegated_is_said_on_the_form_and_what_was_filled_in_stays(licensing, changed, status, told):
    answer = licensing.post(GIVE, FORM | changed)
    assert answer.status_code == status
    assert told in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_power_that_no_law_lets_be_delegated_has_no_form(licensing):
    assert licensing.get(f"{DESK}/delegations/prepackaged-filing/give").status_code == 404


def test_an_officer_who_is_absent_finds_the_way_back(licensing, browser, client, cast, settings, monday):
    form = {"post": "heping-market/licensing", "from-year": "2026", "from-month": "3", "from-day": "2"}
    assert licensing.post("/desk/absences", form).status_code == 302
    assert licensing.get(f"{DESK}/").status_code == 404
    assert licensing.get("/desk/").url == "/desk/absences"
    page = client.get(POWERS, headers={"Accept-Language": "en"}).content.decode()
    assert "Heping Market Regulation · Inspector sits in." in page
    deputy = browser(cast.officer("heping-market/inspection"))
    assert deputy.get(f"{DESK}/").status_code == 200
    assert "Food licensing officer" in deputy.get("/desk/heping-market/inspection/delegations").content.decode()
    assert client.get("/api/v1/absences").json()[0] == {
        "id": Absence.objects.get().pk,
        "post": "heping-market/licensing",
        "deputy": "heping-market/inspection",
        "from_on": "2026-03-02",
        "to_on": None,
        "covered": True,
    }
    assert licensing.post("/desk/absences", {"back": Absence.objects.get().pk}).status_code == 302
    assert licensing.get(f"{DESK}/").status_code == 200
    assert deputy.get(f"{DESK}/").status_code == 404


def test_nobody_is_made_absent_or_brought_back_by_another(licensing, browser, cast, monday):
    form = {"post": "heping-market/licensing", "from-year": "2026", "from-month": "3", "from-day": "2"}
    assert browser(cast.fire).post("/desk/absences", form).status_code == 404
    licensing.post("/desk/absences", form)
    assert browser(cast.fire).post("/desk/absences", {"back": Absence.objects.get().pk}).status_code == 404
    assert Absence.objects.on(monday.date() + timedelta(days=1)).exists()


@pytest.mark.parametrize("wrong", [{"from-day": "1"}, {"from-day": "32"}, {"until-year": "x"}, {}], ids=str)
def test_days_that_cannot_be_are_refused_on_the_form(licensing, wrong):
    form = {"post": "heping-market/licensing", "from-year": "2026", "from-month": "3", "from-day": "2"} | wrong
    answer = licensing.post("/desk/absences", form if wrong else {"post": "heping-market/licensing"})
    assert answer.status_code == 422
    assert not Absence.objects.exists()


def test_who_holds_no_post_has_no_page_of_absences(browser, cast):
    assert browser(cast.lin_qiang).get("/desk/absences").status_code == 404
