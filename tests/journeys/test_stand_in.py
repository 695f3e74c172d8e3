"""A director delegates for a week, the other post decides by that, and after its end is refused with the reason; who is
absent is sat in for; who is kin stands aside, and the case goes to another.
"""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.hands import MONDAY
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case
from zhengtong.ledger.models import Act
from zhengtong.people.models import Absence, Delegation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEAD, WINDOW = "/desk/heping-market/head", "/desk/services-bureau/window"
LANGUAGES = ("zh-hans", "en")


def at(settings, moment: datetime) -> None:
    settings.ZHENGTONG_CLOCK = moment.isoformat()


@pytest.fixture
def food(cast, settings) -> Case:
    """Lin Yue's food licence, examined and found satisfactory: it is to be decided."""
    at(settings, MONDAY + timedelta(hours=1))
    joint = apply(cast, now=MONDAY)
    do(joint, "accept", "accepted", by=cast.window, now=MONDAY)
    case = part(joint, "food-licence")
    do(case, "examine", "satisfied", by=cast.licensing, now=MONDAY)
    do(case, "inspect", "passed", by=by(cast, task(case, "inspect").post), findings="合格", now=MONDAY)
    return case


def press(page: Page, name: str) -> None:
    send(page, page.locator("main").get_by_role("button", name=name).first)


def send(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def day(page: Page, name: str, *parts: int) -> None:
    for part_, value in zip(("year", "month", "day"), parts, strict=True):
        page.locator(f"input[name={name}-{part_}]").fill(str(value))


def by_keyboard(page: Page, name: str) -> None:
    """Reach a link or a button with Tab alone, and press Enter."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in (page.evaluate("document.activeElement.innerText") or ""):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_director_delegates_for_a_week_and_the_delegation_ends(visit, axe, shoot, food, cast, settings):
    for language in LANGUAGES:
        director = visit(username(cast, "heping-market/head"), language=language, width=320)
        for address in (f"{HEAD}/delegations", f"{HEAD}/delegations/food-licensing/give", "/desk/absences"):
            director.goto(address)
            axe(director)
            shoot(director, f"stand-in-{language}-{address.rsplit('/')[-1]}")
    director.goto(f"{HEAD}/")
    by_keyboard(director, "Who stands in for whom")
    by_keyboard(director, "Licensing of food businesses")
    director.locator("select[name=to]").select_option("services-bureau/window")
    for name, value in (("acts", "examine"), ("acts", "inspect"), ("acts", "decide"), ("matters", "food-licence")):
        director.locator(f"input[name={name}][value={value}]").check()
    director.locator("select[name=region]").select_option("990102")
    day(director, "from", 2026, 3, 2)
    day(director, "until", 2026, 3, 8)
    press(director, "Delegate")
    axe(director)
    assert "no reason is given" in director.locator("[role=alert]").inner_text()
    director.locator("textarea[name=reason]").fill("The district is short of staff")
    press(director, "Delegate")
    axe(director)
    given = Delegation.objects.get()
    step = food.tasks.get(status="open")
    offer = acts.hand_over(task=step, to_post=given.to_post, reason="已委托", by=by(cast, step.post), now=MONDAY)
    for language in LANGUAGES:
        window = visit(username(cast, given.to_post), language=language, width=320)
        window.goto(f"{WINDOW}/delegations")
        axe(window)
        window.goto("/oversight/powers")
        axe(window)
        shoot(window, f"stand-in-powers-{language}")
    window.goto(f"{WINDOW}/offers/{offer.pk}")
    send(window, window.locator("[name=answer][value=take]"))
    at(settings, MONDAY + timedelta(days=7))
    window.goto(f"{WINDOW}/tasks/{step.pk}")
    window.locator("input[name=output]").first.check()
    send(window, window.locator("form:has(input[name=output]) button"))
    assert "It was delegated to it from 2 March 2026 to 8 March 2026." in window.locator("main").inner_text()
    axe(window)
    shoot(window, "stand-in-after-its-end")
    at(settings, MONDAY + timedelta(days=4))
    window.goto(f"{WINDOW}/tasks/{step.pk}")
    window.locator("input[name=output]").first.check()
    send(window, window.locator("form:has(input[name=output]) button"))
    decided = Act.objects.get(subject=food.number, kind="case.decided")
    assert decided.power == f"food-licensing/delegation:{given.pk}"


def test_who_is_absent_is_sat_in_for_and_comes_back(visit, axe, shoot, food, cast):
    page = visit("he-ping", language="en", width=320)
    page.goto("/desk/absences")
    page.locator("input[name=post]").first.check()
    day(page, "from", 2026, 3, 2)
    press(page, "Report the absence")
    axe(page)
    shoot(page, "absent-en")
    deputy = visit(username(cast, "heping-market/inspection"), language="en", width=320)
    deputy.goto("/desk/")
    send(deputy, deputy.get_by_role("link", name="Food licensing officer"))
    assert "Waiting for you" in deputy.locator("main").inner_text()
    page.goto("/desk/")
    press(page, "I am back")
    assert not Absence.objects.on(MONDAY.date()).exists()


def test_who_is_kin_stands_aside_at_the_party_s_request_and_the_case_goes_to_another(visit, axe, shoot, food, cast):
    step = food.tasks.get(status="open")
    acts.claim(task=step, by=cast.licensing, now=MONDAY)
    for language in LANGUAGES:
        party = visit("lin-yue", language=language, width=320)
        party.goto(f"/cases/{food.parent.number}/recusal")
        axe(party)
        shoot(party, f"recusal-ask-{language}")
    party.goto(f"/cases/{food.parent.number}")
    by_keyboard(party, "Ask that an officer stand aside")
    party.locator("input[name=step]").first.check()
    party.locator("input[name=ground][value=kin]").check()
    party.locator("textarea[name=reason]").fill("He is my cousin")
    press(party, "Ask")
    axe(party)
    for language in LANGUAGES:
        director = visit(username(cast, "heping-market/head"), language=language, width=320)
        director.goto(f"{HEAD}/recusals")
        axe(director)
        shoot(director, f"recusal-decide-{language}")
    press(director, "The officer stands aside")
    assert "No reason is given." in director.locator("[role=alert]").inner_text()
    axe(director)
    director.locator("textarea[name=reason]").fill("The household books show that he is")
    press(director, "The officer stands aside")
    assert food.tasks.get(status="open").post == "heping-market/inspection"
    party.reload()
    assert "The household books show that he is" in party.locator("main").inner_text()
    axe(party)
    shoot(party, "recusal-granted-en")
    business = part(food.parent, "food-licence").tasks.get(status="open")
    for language in LANGUAGES:
        inspector = visit(username(cast, "heping-market/inspection"), language=language, width=320)
        inspector.goto(f"/desk/heping-market/inspection/tasks/{business.pk}/stand-aside")
        axe(inspector)
        shoot(inspector, f"stand-aside-{language}")
    inspector.locator("input[name=ground][value=kin]").check()
    inspector.locator("textarea[name=reason]").fill("The applicant is my sister")
    press(inspector, "Stand aside")
    axe(inspector)
    assert food.tasks.get(status="open").post == "heping-market/head"


def username(cast, post: str) -> str:
    return str(cast.officer(post).person.account.username)


def by(cast, post: str):
    return cast.officer(post)
