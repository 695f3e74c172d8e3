"""Whoever reaches for what is not theirs is refused, nothing changes, and the attempt is on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.restaurant import part, task
from zhengtong.cases import acts
from zhengtong.ledger.models import Act
from zhengtong.people.attempts import MORE, MOST, note
from zhengtong.people.models import Attempt, Holding, Token

PAGE = "/oversight/supervision-office/duty/attempts"


def recorded() -> list[tuple[str, str, str, str]]:
    rows = Attempt.objects.order_by("pk").select_related("person")
    return [(row.person.name, row.verb, row.target, row.code) for row in rows]


@pytest.mark.parametrize("verb", ["get", "post"])
def test_another_citizens_case_is_not_there_and_the_attempt_is_recorded(browser, accepted, cast, verb):
    before = Act.objects.count()
    answer = getattr(browser(cast.lin_qiang), verb)(f"/cases/{accepted.number}/why")
    assert answer.status_code == 404
    assert "临江小馆" not in answer.content.decode()
    assert recorded() == [("林强", verb.upper(), accepted.number, "no-such-case")]
    assert Act.objects.count() == before


def test_what_is_ones_own_is_no_attempt_and_neither_is_a_mistyped_address(browser, accepted, cast):
    mine = browser(cast.lin_yue)
    assert mine.get(f"/cases/{accepted.number}").status_code == 200
    assert mine.get("/no/such/address").status_code == 404
    assert recorded() == []


def test_a_post_that_ended_yesterday_opens_no_desk(browser, accepted, cast):
    officer = browser(cast.licensing)
    Holding.objects.filter(person=cast.licensing.person).update(from_on="2026-01-01", to_on="2026-03-01")
    assert officer.get("/desk/heping-market/licensing/").status_code == 404
    assert recorded() == [(cast.licensing.person.name, "GET", "heping-market/licensing", "no-such-page")]


def test_a_program_beyond_its_owners_cases_is_recorded_too(client, accepted, cast, monday):
    from zhengtong.people.acts import issue_token

    secret = issue_token(
        person=cast.lin_qiang.person,
        name="probe",
        scopes=["cases:read"],
        days=30,
        by=cast.lin_qiang,
        now=timezone.now(),
    )
    Token.objects.update(expires_at=timezone.now() + timedelta(days=3000))
    answer = client.get(f"/api/v1/cases/{accepted.number}", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 404
    assert recorded() == [("林强", "GET", accepted.number, "no-such-case")]


def test_an_answer_to_another_offices_offer_changes_nothing_and_is_recorded(browser, accepted, cast, monday):
    food = part(accepted, "food-licence")
    step = task(food, "examine")
    offer = acts.hand_over(task=step, to_post="urban-management/signs", reason="归属", by=cast.licensing, now=monday)
    before = Act.objects.count()
    answer = browser(cast.licensing).post(f"/desk/heping-market/licensing/offers/{offer.pk}", {"answer": "accept"})
    assert answer.status_code in (403, 404)
    assert [row[1:3] for row in recorded()] == [("POST", f"heping-market/licensing/{offer.pk}")]
    assert Act.objects.count() == before


def test_nobody_floods_the_record(cast):
    now = timezone.now()
    for number in range(MOST + 20):
        note(person=cast.lin_qiang.person, verb="GET", route="case", target=str(number), code="no-such-page", now=now)
    assert Attempt.objects.count() == MOST + 1
    assert Attempt.objects.get(code=MORE).times == 20


def test_what_is_older_than_a_year_goes(cast):
    now = timezone.now()
    for ago in (400, 0):
        at = now - timedelta(days=ago)
        note(person=cast.lin_qiang.person, verb="GET", route="case", target="x", code="no-such-page", now=at)
    assert [row.at for row in Attempt.objects.all()] == [now]


def test_the_supervisor_sees_how_many_and_the_latest_and_no_name(
    browser, accepted, cast, django_assert_max_num_queries
):
    for _ in range(3):
        browser(cast.lin_qiang).get(f"/cases/{accepted.number}/why")
    browser(cast.licensing).get("/desk/fire-brigade/inspection/")
    supervisor = browser(cast.supervisor)
    with django_assert_max_num_queries(16):
        page = supervisor.get(PAGE).content.decode()
    assert "<li>3 × " in page
    assert "Somebody without a post" in page
    assert "Food licensing officer" in page
    assert "林强" not in page


def test_who_does_not_supervise_sees_no_attempts(browser, cast):
    assert browser(cast.licensing).get("/oversight/heping-market/licensing/attempts").status_code == 404
