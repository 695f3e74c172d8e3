"""A citizen sees who looked and by what law, asks why, takes everything along; a delay of notice ends and is told."""

from datetime import timedelta

import pytest

from tests.journeys.hands import MONDAY, press
from tests.restaurant import apply, do, part
from zhengtong.cases import registers
from zhengtong.cases.models import Case
from zhengtong.registry.models import Delay

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHY = "An inspection without notice is under way"


@pytest.fixture
def food(cast, settings) -> Case:
    """Lin Yue's licence, for which the licensing officer has read her record."""
    settings.ZHENGTONG_CLOCK = (MONDAY + timedelta(hours=1)).isoformat()
    joint = apply(cast, now=MONDAY)
    do(joint, "accept", "accepted", by=cast.window, now=MONDAY)
    case = part(joint, "food-licence")
    number = cast.lin_yue.person.id_number
    registers.read(agreement="population-identity-market", key=number, case=case.number, by=cast.licensing, now=MONDAY)
    return case


def test_she_sees_every_look_asks_why_and_takes_all_along(visit, axe, shoot, food, cast):
    zh = visit("lin-yue", width=320)
    for address in ("/my-data", "/my-data/held"):
        zh.goto(address)
        axe(zh)
        shoot(zh, f"who-looked-zh-{address.rsplit('/')[-1]}")
    assert "个人信息保护法" in zh.locator("main").inner_text()
    page = visit("lin-yue", language="en", width=320)
    page.goto("/my-data")
    told = page.locator("tr", has_text=food.number).first.inner_text()
    for word in ("Heping", "Identity", "art."):
        assert word.casefold() in told.casefold(), told
    axe(page)
    page.goto("/my-data/held")
    axe(page)
    assert "Kept until" in page.locator("main").inner_text()
    everything = page.request.get("/my-data/held.json").json()
    assert food.number in {each["case"] for each in everything["looks"]}
    assert everything["person"][0]["id_number"] == cast.lin_yue.person.id_number
    page.goto("/my-data")
    page.locator("tr", has_text=food.number).first.get_by_role("button", name="Ask why").click()
    page.wait_for_load_state()
    while "/questions/" in page.url or page.locator("main").get_by_role("button", name="Continue").count():
        if page.locator("textarea[name=look_why]").count():
            page.locator("textarea[name=look_why]").fill("What was my record needed for?")
        axe(page)
        press(page, "Continue")
    press(page, "Submit")
    question = Case.objects.get(procedure="look-question")
    assert food.number in question.facts["look_told"]
    assert question.number in page.url and question.due_on
    axe(page)


def test_a_delay_is_proposed_confirmed_and_told_when_it_has_ended(visit, axe, shoot, food, settings):
    proposal = f"/desk/heping-market/licensing/cases/{food.number}/notice"
    for language in ("zh-hans", "en"):
        officer = visit("he-ping", language=language, width=320)
        officer.goto(proposal)
        axe(officer)
    for part_, value in (("year", "2026"), ("month", "3"), ("day", "6")):
        officer.locator(f"input[name=until-{part_}]").fill(value)
    officer.locator("textarea[name=reason]").fill(WHY)
    officer.locator("input[name=basis][value='pipl/35']").check()
    shoot(officer, "notice-delay-en-320")
    press(officer, "Propose the delay")
    for language in ("zh-hans", "en"):
        supervisor = visit("lu-zheng", language=language, width=320)
        supervisor.goto("/oversight/supervision-office/duty/notices")
        axe(supervisor)
    shoot(supervisor, "notices-en-320")
    press(supervisor, "Confirm the delay")
    axe(supervisor)
    assert Delay.objects.get().state == Delay.State.CONFIRMED
    citizen = visit("lin-yue", language="en", width=320)
    citizen.goto("/my-data")
    assert food.number not in citizen.content()
    settings.ZHENGTONG_CLOCK = (MONDAY + timedelta(days=5)).isoformat()
    citizen = visit("lin-yue", language="en", width=320)
    citizen.goto("/my-data")
    assert WHY in citizen.locator("tr", has_text=food.number).first.inner_text()
    axe(citizen)
    shoot(citizen, "who-looked-late-en-320")
    citizen.goto("/oversight/figures")
    assert "Delays that have ended" in citizen.content()
    axe(citizen)
