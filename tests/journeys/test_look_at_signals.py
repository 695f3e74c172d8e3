"""What may have been arranged comes before the moderator, who looks and says what was found, for everybody."""

import pytest

from tests.journeys.hands import click
from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.watching.acts import watch_due
from zhengtong.faces.shared.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FLOOD = "坚决反对在我家门口修建垃圾站！ No waste station at my door!"
FOUND = "是居民会的倡议，不处理 The residents asked each other to write; nothing is done"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_moderator_looks_at_the_queue_and_says_what_it_was(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    round_ = rounds.consultation()
    for voice in rounds.voices(round_, 6):
        said = {"said": FLOOD, "request_key": "k", "now": rounds.now}
        acts.contribute(round_=round_, phase="comment", voice=voice, **said)
    watch_due(now=rounds.now)
    moderator = visit("fang-yuan", language=language, width=320)
    moderator.goto("/desk/petition-office/moderation/")
    click(moderator, "a[href='/take-part/office/petition-office/moderation/']")
    axe(moderator)
    shoot(moderator, f"signals-office-{language}")
    click(moderator, "a[href$='/moderation#signals']")
    assert FLOOD in moderator.locator("section[aria-labelledby=signals]").inner_text()
    axe(moderator)
    shoot(moderator, f"signals-{language}")
    click(moderator, "button[value=settle]")
    assert moderator.locator(".govuk-error-summary").count() == 1
    axe(moderator)
    moderator.locator("input[name=why]").fill(FOUND)
    click(moderator, "button[value=settle]")
    assert moderator.locator("section[aria-labelledby=signals]").count() == 0

    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{round_.case.number}/")
    axe(reader)
    told = reader.locator("main").inner_text()
    assert FLOOD in told, "nothing was hidden"
    data = reader.request.get(f"/take-part/{round_.case.number}/said.json").json()
    assert data["signals"][0]["settled_because"] == FOUND
