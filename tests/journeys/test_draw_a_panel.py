"""A resident enters for a panel without scripts; two bodies commit and tell; everybody reads who was drawn,
who accepts and gives the place back.
"""

from datetime import timedelta

import pytest

from tests.agora.keepers import Keepers
from tests.journeys.hands import click
from tests.rounds import Rounds
from zhengtong.agora.proceedings.models import Entrant, Offer, Panel, Pledge
from zhengtong.agora.proceedings.offering import offers_due
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey
KEEPERS = {"lu-zheng": "supervision-office/duty", "cheng-lan": "justice-bureau/reconsideration"}


def hands_in(browser, field, value):
    browser.locator(f"#{field}").fill(value)
    browser.locator("main form button").first.click()
    browser.wait_for_load_state()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_panel_is_entered_for_and_drawn(visit, axe, shoot, cast, settings, language):
    rounds = Rounds(cast, now())
    keepers = Keepers(rounds, rounds.open("city-conversation"))
    panels_due(now=rounds.now)
    lin = visit("lin-qiang", language=language, width=320, scripts=False)
    lin.goto(keepers.page)
    lin.locator("section[aria-labelledby=phase-panel] form button").click()
    lin.wait_for_load_state()
    code = Entrant.objects.get().code
    assert code in lin.locator("main").inner_text()
    desks = {}
    for who, post in KEEPERS.items():
        desks[who] = visit(who, language=language, width=320)
        desks[who].goto(f"/desk/{post}/")
        desks[who].locator(f"a[href='/take-part/office/{post}/']").first.click()
        desks[who].locator("a[href$='/draw/panel']").click()
        desks[who].wait_for_load_state()
    lu, cheng = desks.values()
    axe(lu)
    shoot(lu, f"keeper-commits-{language}")
    hands_in(lu, "commitment", "123")
    assert lu.locator(".govuk-error-summary").is_visible() and not Pledge.objects.exists()
    hands_in(lu, "commitment", keepers.commitments[0])
    reader = visit(language=language, width=320)
    keepers.closed()
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    reader.goto(keepers.page)
    axe(reader)
    shoot(reader, f"panel-waits-{language}")
    hands_in(cheng, "commitment", keepers.commitments[1])
    rounds.now += timedelta(minutes=1)
    panels_due(now=rounds.now)
    keepers.fixed()
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    for browser, secret in zip(desks.values(), keepers.secrets, strict=True):
        browser.reload()
        axe(browser)
        assert Panel.objects.get().public in browser.locator("main").inner_text()
        shoot(browser, f"keeper-tells-{language}")
        hands_in(browser, "secret", "0" * 64)
        assert browser.locator(".govuk-error-summary").is_visible()
        hands_in(browser, "secret", secret)
    reader.goto(keepers.page)
    axe(reader)
    assert code in reader.locator("#drawn").inner_text()
    shoot(reader, f"panel-{language}")
    offers_due(now=rounds.now)
    drawn = visit("lin-qiang", language=language, width=320)
    drawn.goto(f"{keepers.page}offer/panel")
    for answer in ("accept", "give-back"):
        axe(drawn)
        shoot(drawn, f"panel-{answer}-{language}")
        click(drawn, f"button[value={answer}]")
    axe(drawn)
    assert Offer.objects.get().state == "given-back" and not drawn.locator("main form").count()
