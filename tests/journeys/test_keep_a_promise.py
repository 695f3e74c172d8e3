"""What the office promised stays on its page until it is done, and everybody sees both."""

import pytest

from tests.journeys.hands import click, end
from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.models import Contribution
from zhengtong.faces.shared.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DONE = "三十盏灯，六月二十日亮灯。 Thirty lamps, lit on 20 June."
PROMISED = "六月底前装好 Lamps by the end of June"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_promise_is_followed_until_it_is_done(visit, axe, shoot, cast, settings, language):
    rounds = Rounds(cast, now())
    round_ = rounds.open("proposal-round")
    said = {"said": "江边步道加装路灯 Lamps along the river", "request_key": "k", "voice": rounds.voices(round_, 1)[0]}
    acts.contribute(round_=round_, phase="propose", now=rounds.now, **said)
    Contribution.objects.update(sponsored=True, state="shown", signed=100)
    round_ = rounds.later(round_, 75)
    acts.answer(round_=round_, numbers=[1], verdict="adopted", text=PROMISED, by=rounds.host, now=rounds.now)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    owed = "/take-part/owed/city-government"

    reader = visit(language=language, width=320)
    reader.goto(owed)
    axe(reader)
    assert "0 / 1" in reader.locator("main").inner_text()
    host = visit("lu-yao", language=language, width=320)
    host.goto("/desk/city-government/participation/")
    click(host, "a[href='/take-part/office/city-government/participation/']")
    axe(host)
    click(host, "a[href$='/follow-up']")
    click(host, "a[href*='promise=']")
    axe(host)
    host.locator("select[name=into]").select_option("service:shop-sign")
    click(host, "form button.govuk-button--secondary")
    shoot(host, f"promised-{language}")
    click(host, "a[href*='/tasks/']")
    axe(host)
    end(host, "done", DONE)

    reader.reload()
    assert "1 / 1" in reader.locator("main").inner_text()
    shoot(reader, f"owed-done-{language}")
    reader.goto(f"/take-part/{round_.case.number}/proposals/1")
    axe(reader)
    told = reader.locator("main").inner_text()
    assert PROMISED in told and DONE in told
    assert reader.locator("a[href='/services/shop-sign']").count() == 1
    shoot(reader, f"promise-done-{language}")
