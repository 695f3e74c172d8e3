"""A residents' council meets in the browser, without scripts, on a phone: notice, motion, roll-call, minutes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.journeys.hands import MONDAY, press
from zhengtong.cases.acts import fire_due
from zhengtong.cases.models import Case

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MINUTES = "Two of three members were there. Motion 1 was carried."
CHAIR, MEMBER = "/take-part/office/riverside-council/chair", "/take-part/office/riverside-council/member"


def test_a_council_gives_notice_moves_votes_by_name_and_publishes_its_minutes(visit, axe, shoot, settings):
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    chair = visit("bai-ruo", language="en", width=320, scripts=False)
    chair.goto("/desk/riverside-council/chair/")
    chair.get_by_role("link", name="Meetings").click()
    chair.get_by_role("link", name="Convene a meeting").click()
    chair.locator("[name=title]").fill("Third meeting of 2026")
    chair.locator("[name=summary]").fill("On 11 March at 19:00, 1 Riverside Road. About charging in the stairwell.")
    press(chair, "Open it")
    case = Case.objects.get(procedure="riverside-meeting")
    member = visit("fan-cheng", language="en", width=320, scripts=False)
    member.goto(f"{MEMBER}/meetings/{case.number}")
    member.locator("#title").fill("No charging in the stairwell")
    member.locator("#text").fill("A shed with sockets goes up on the ground floor.")
    press(member, "Put a motion")
    later = MONDAY + timedelta(days=8)
    settings.ZHENGTONG_CLOCK = later.isoformat()
    fire_due(now=later)
    chair, member = (visit(who, language="en", width=320) for who in ("bai-ruo", "fan-cheng"))
    chair.goto(f"{CHAIR}/meetings/{case.number}")
    press(chair, "I am here")
    press(chair, "Put it to the vote")
    assert "1 of 3 members are there" in chair.locator("main").inner_text()
    member.goto(f"{MEMBER}/meetings/{case.number}")
    press(member, "I am here")
    chair.goto(f"{CHAIR}/meetings/{case.number}")
    press(chair, "Put it to the vote")
    axe(chair)
    shoot(chair, "meeting-hold-en-320")
    press(chair, "for")
    member.reload()
    press(member, "for")
    press(chair, "Close the vote")
    end(chair, "End the sitting", "held", "")
    chair.goto(f"{CHAIR}/meetings/{case.number}")
    end(chair, "Write the minutes", "answered", MINUTES)
    everybody(visit, axe, shoot, case)


def end(page: Page, link: str, output: str, reasons: str) -> None:
    page.get_by_role("link", name=link).click()
    page.locator(f"input[name=output][value={output}]").check()
    page.locator("textarea[name=reasons]").fill(reasons)
    page.locator("form[action$=complete]").get_by_role("button").click()
    page.wait_for_load_state()


def everybody(visit, axe, shoot, case: Case) -> None:
    public = visit(language="en", width=320, scripts=False)
    public.goto("/take-part/")
    public.get_by_role("link", name="Assemblies and their meetings").click()
    public.get_by_role("link", name="Third meeting of 2026").click()
    told = public.locator("main").inner_text()
    for word in (MINUTES, "carried", "范成: for", "白若: for", "孔敏"):
        assert word in told
    data = public.request.get(f"/take-part/assemblies/{case.number}.json").json()
    assert data["motions"][0]["votes"] == {"白若": "yes", "范成": "yes"}
    zh = visit(width=320)
    for address in ("/take-part/assemblies", f"/take-part/assemblies/{case.number}"):
        zh.goto(address)
        axe(zh)
    shoot(zh, "meeting-zh-320")
