"""A resident enters for a panel without scripts, and reads who was drawn."""

from datetime import timedelta

import pytest

from tests.rounds import Rounds
from zhengtong.agora.proceedings.models import Entrant
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.faces.shared.clock import now
from zhengtong.ledger.acts import sequence

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_panel_is_entered_for_and_drawn(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    round_ = rounds.open("city-conversation")
    panels_due(now=rounds.now)
    page = f"/take-part/{round_.case.number}/"
    lin = visit("lin-qiang", language=language, width=320, scripts=False)
    lin.goto(page)
    lin.locator("section[aria-labelledby=phase-panel] form button").click()
    lin.wait_for_load_state()
    code = Entrant.objects.get().code
    assert code in lin.locator("main").inner_text()
    rounds.later(round_, 40)
    panels_due(now=rounds.now)
    rounds.now += timedelta(minutes=1)
    sequence(now=rounds.now)
    panels_due(now=rounds.now)
    reader = visit(language=language, width=320)
    reader.goto(page)
    axe(reader)
    assert code in reader.locator("section[aria-labelledby=phase-panel] li").inner_text()
    shoot(reader, f"panel-{language}")
