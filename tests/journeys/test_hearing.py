"""Somebody is heard before the decision: asked for on the case's page, arranged and minuted at the desk, then read."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from tests.journeys.hands import MONDAY, press
from tests.restaurant import task
from zhengtong.cases import acts
from zhengtong.cases.models import Case

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DAY = MONDAY + timedelta(days=14)
MINUTES = "The sign stays below the sills next door; the neighbours were there and did not object."


def complete(page: Page) -> None:
    page.locator("form[action$=complete]").get_by_role("button").click()
    page.wait_for_load_state()


def desk(page: Page, case: Case, node: str) -> None:
    page.goto(f"/desk/urban-management/{'head' if node == 'hear' else 'signs'}/tasks/{task(case, node).pk}")


def test_she_is_heard_in_time_and_the_decision_waits_for_the_minutes(visit, axe, shoot, sign, settings):
    lin = visit("lin-yue", language="en", width=320, scripts=False)
    lin.goto(f"/cases/{sign.number}")
    lin.get_by_role("button", name="Ask for a hearing").click()
    press(lin, "Ask for a hearing")
    assert "Say what you want to be heard about" in lin.locator("main").inner_text()
    lin.locator("#reason").fill("The sign covers no window; please see for yourselves.")
    press(lin, "Ask for a hearing")
    head = visit("pan-hong", language="en", width=320)
    desk(head, sign, "hear")
    head.get_by_role("link", name="Arrange the hearing").click()
    axe(head)
    arrange(head, MONDAY + timedelta(days=4))
    assert "has to be after" in head.locator("main").inner_text()
    arrange(head, DAY)
    assert "the party has been told" in head.locator("body").inner_text()
    shoot(head, "hearing-desk-en")
    settings.ZHENGTONG_CLOCK = (DAY + timedelta(hours=1)).isoformat()
    officer = visit("shen-jia", language="en", width=320)
    desk(officer, sign, "decide")
    officer.locator("input[name=output][value=granted]").check()
    complete(officer)
    assert "the decision rests on its minutes" in officer.locator("main").inner_text()
    head = visit("pan-hong", language="en", width=320)
    desk(head, sign, "hear")
    head.locator("textarea[name=findings]").fill(MINUTES)
    head.locator("input[name=output][value=held]").check()
    complete(head)
    lin = visit("lin-yue", language="en", width=320, scripts=False)
    lin.goto(f"/cases/{sign.number}")
    assert MINUTES in lin.locator("main").inner_text()
    press(lin, "the minutes are right")
    desk(officer, sign, "decide")
    officer.locator("input[name=output][value=granted]").check()
    complete(officer)
    sign.refresh_from_db()
    assert sign.outcome == "granted"


def arrange(page: Page, at: datetime) -> None:
    page.locator("input[name=on-day]").fill(str(at.day))
    page.locator("input[name=on-month]").fill(str(at.month))
    page.locator("input[name=on-year]").fill(str(at.year))
    page.locator("input[name=time]").fill("09:30")
    page.locator("input[name=place]").fill("Hearing room, second floor")
    press(page, "Send")


@pytest.mark.parametrize("width", [320, 1100])
def test_its_pages_are_for_everyone(visit, axe, shoot, sign, cast, width):
    lin = visit("lin-yue", width=width)
    lin.goto(f"/cases/{sign.number}/hearing")
    axe(lin)
    shoot(lin, f"hearing-ask-zh-{width}")
    acts.ask_for_hearing(case=sign, reason="招牌不遮挡隔壁窗户，请当面核对。", by=cast.lin_yue, now=MONDAY)
    head = cast.officer("urban-management/head")
    acts.arrange_hearing(task=task(sign, "hear"), at=DAY, place="市城市管理局二楼", by=head, now=MONDAY)
    lin.goto(f"/cases/{sign.number}")
    axe(lin)
    shoot(lin, f"hearing-case-zh-{width}")
    desk_page = visit("pan-hong", width=width)
    desk(desk_page, sign, "hear")
    axe(desk_page)
    shoot(desk_page, f"hearing-task-zh-{width}")
