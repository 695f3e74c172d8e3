"""A neighbour whom a sign touches is told at the desk, and asks to be heard on a page of their own, without scripts."""

import pytest

from tests.journeys.hands import MONDAY, press
from tests.restaurant import task
from zhengtong.cases.models import Hearing, Interest
from zhengtong.registry.restrictions import restrict

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TOUCHED = "The sign would stand above your bedroom window."


def test_a_neighbour_is_told_gives_their_views_and_asks_to_be_heard(visit, axe, shoot, sign, cast):
    desk = visit("shen-jia", language="en", width=320, scripts=False)
    desk.goto(f"/desk/urban-management/signs/tasks/{task(sign, 'decide').pk}")
    desk.get_by_role("link", name="Others whom it touches").click()
    desk.locator("#id_number").fill(cast.chen_xiaoyu.person.id_number)
    desk.locator("#what").fill(TOUCHED)
    press(desk, "Send")
    assert "may ask for a hearing until" in desk.locator("main").inner_text()
    made = Interest.objects.get()
    chen = visit("chen-xiaoyu", language="en", width=320)
    chen.goto("/cases")
    axe(chen)
    chen.locator(f"a[href$='/interests/{made.pk}']").click()
    axe(chen)
    assert TOUCHED in chen.locator("main").inner_text()
    chen.locator("#views").fill("A lamp would shine into the room all night.")
    press(chen, "Give your views")
    chen.locator("#reason").fill("I want the lamp to be off at night.")
    press(chen, "Ask for a hearing")
    assert Hearing.objects.get().by_others
    assert "You will be told when and where" in chen.locator("main").inner_text()
    shoot(chen, "interest-en-320")
    officer = visit("shen-jia", language="en", width=320)
    officer.goto(f"/desk/urban-management/signs/tasks/{task(sign, 'decide').pk}/interests")
    axe(officer)
    assert "A lamp would shine" in officer.locator("main").inner_text()


def test_what_is_stored_only_is_told_on_the_page_of_ones_data(visit, axe, shoot, cast, settings):
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    clerk, key = cast.officer("public-security/household"), cast.chen_xiaoyu.person.id_number
    restrict(register="population", key=key, reason="保存期限未满，只存储", by=clerk, now=MONDAY)
    chen = visit("chen-xiaoyu", width=320)
    chen.goto("/my-data")
    axe(chen)
    assert "只存储" in chen.locator("main").inner_text()
    shoot(chen, "stored-only-zh-320")
    desk = visit("lang-kai", language="en", width=320)
    desk.goto("/desk/public-security/household/motions")
    axe(desk)
    assert "Propose to lift it" in desk.locator("main").inner_text()
    shoot(desk, "stored-only-desk-en-320")
