"""Whoever is not entitled learns nothing, by whatever verb: a stranger's case looks like one that never was."""

import re

import pytest
from django.test import Client

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Draft, Letter
from zhengtong.ledger.models import Act

NEVER = "QI-2026-AAAA-AAAA-AAAA-AA"


@pytest.fixture
def food(cast, monday):
    """Lin Yue's food licence, waiting for her correction; and a draft of hers."""
    joint = apply(cast, now=monday)
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    food = part(joint, "food-licence")
    acts.request_correction(
        task=task(food, "examine"), items=[{"what": "平面图", "why": "看不清"}], by=cast.licensing, now=monday
    )
    acts.start_draft(person=cast.lin_yue.person, procedure="open-restaurant", enterprise=cast.linjiang, now=monday)
    return food


def addresses(food: Case, number: str) -> list[str]:
    draft, letter = Draft.objects.get().pk, Letter.objects.first().pk
    step = food.tasks.get(status="open").pk
    ends = ("", "/filed", "/why", "/correction", "/papers", "/withdraw", "/rate", "/contest", f"/steps/{step}")
    own = [f"/cases/{number}{end}" for end in (*ends, f"/letters/{letter}", "/documents/1")]
    return [*own, *(f"/drafts/{draft}{end}" for end in ("", "/known", "/questions/outlet", "/papers", "/check"))]


def visible(answer) -> str:
    """What the page shows, without what differs by address."""
    return re.sub(r'value="[^"]*"|href="[^"]*"|nonce="[^"]*"', "", answer.content.decode())


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_stranger_gets_the_page_of_what_never_was(signed_in, cast, food, verb):
    stranger = signed_in(cast.chen_xiaoyu)
    before = Act.objects.count()
    for address in addresses(food, food.parent.number) + addresses(food, food.number):
        answer = getattr(stranger, verb)(address, {"reason": "x", "note": "x", "level": "1"} if verb == "post" else {})
        assert answer.status_code in {404, 405}, address
        assert "临江" not in answer.content.decode()
        if answer.status_code == 404 and address.startswith("/cases"):
            never = getattr(stranger, verb)(address.replace(food.parent.number, NEVER).replace(food.number, NEVER))
            assert visible(never) == visible(answer), address
    assert Act.objects.count() == before


def test_a_stranger_s_program_gets_the_same(program, cast, food):
    stranger = program(cast.chen_xiaoyu)
    before = Act.objects.count()
    for end in ("", "/history", "/deadline"):
        told, never = (stranger.get(f"/cases/{number}{end}") for number in (food.number, NEVER))
        assert (told.status_code, never.status_code) == (404, 404)
        assert told.json()["code"] == never.json()["code"]
        assert told.json()["detail"] == never.json()["detail"]
    assert stranger.post(f"/cases/{food.number}/withdrawal", {"reason": "x"}).status_code == 404
    assert Act.objects.count() == before


@pytest.mark.parametrize("end", ["", "/claim", "/complete", "/correction", "/inspection", "/hand-over", "/extension"])
def test_an_officer_s_step_is_nothing_to_others(signed_in, cast, food, end):
    step = food.tasks.get(status="open").pk
    form = {"output": "satisfied", "to_post": "urban-management/signs", "reason": "x"}
    before = Act.objects.count()
    for who, post in (
        (cast.chen_xiaoyu, "heping-market/licensing"),
        (cast.signs, "heping-market/licensing"),
        (cast.signs, "urban-management/signs"),
    ):
        browser = signed_in(who)
        for verb in ("get", "post"):
            answer = getattr(browser, verb)(f"/desk/{post}/tasks/{step}{end}", form if verb == "post" else {})
            assert answer.status_code in {403, 404, 405}, (who.post, post, verb)
            assert food.number not in answer.content.decode()
    assert Act.objects.count() == before


def test_a_forged_form_is_refused_and_a_replayed_one_does_nothing_twice(cast, food, monday):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.lin_yue.person.account)
    address = f"/cases/{food.parent.number}/withdraw"
    assert browser.post(address, {"reason": "x"}).status_code == 403
    assert Case.objects.get(pk=food.parent_id).is_open
    page = browser.get(address).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"reason": "不开了", "csrfmiddlewaretoken": token, "confirmed": "yes"}
    for _ in range(2):
        assert browser.post(address, form).status_code < 500
    assert Act.objects.filter(kind="case.withdrawn", subject=food.parent.number).count() <= 1


def test_to_those_who_are_entitled_the_same_addresses_answer(signed_in, cast, food):
    """Else the tests above would show nothing."""
    owner = signed_in(cast.lin_yue)
    assert all(owner.get(address).status_code != 404 for address in addresses(food, food.parent.number)[:4])
    step = food.tasks.get(status="open").pk
    answer = signed_in(cast.licensing).get(f"/desk/heping-market/licensing/tasks/{step}")
    assert answer.status_code == 200
    assert food.number in answer.content.decode()


def test_another_s_certificate_is_nothing_to_a_stranger(signed_in, cast, food):
    sign = part(food.parent, "shop-sign")
    certificate = sign.certificates.get()
    browser = signed_in(cast.chen_xiaoyu)
    assert browser.get(f"/cases/{sign.number}/certificates/{certificate.number}.pdf").status_code == 404
    address = f"/desk/urban-management/signs/cases/{sign.number}/certificates/{certificate.number}/revoke"
    assert browser.post(address, {"reasons": "x", "basis": "x"}).status_code in {403, 404}
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
