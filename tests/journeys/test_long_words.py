"""A word as long as people can make it, such as an address of a page, widens no page at 320 px."""

import pytest

from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.duties import bind_due
from zhengtong.agora.models import Contribution
from zhengtong.cases.acts import open_by_office
from zhengtong.faces.shared.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORD = "https://city.example/" + "a" * 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_signed_for_promised_and_hidden_fits_on_a_telephone(visit, axe, shoot, cast, settings, language):
    rounds = Rounds(cast, now())
    round_ = rounds.open("proposal-round", title=WORD[:80])
    said = {"said": WORD, "request_key": "k", "voice": rounds.voices(round_, 1)[0]}
    acts.contribute(round_=round_, phase="propose", now=rounds.now, **said)
    Contribution.objects.update(state="shown", sponsored=True, signed=300)
    bind_due(now=rounds.now)
    acts.answer(round_=round_, numbers=[1], verdict="adopted", text=WORD, by=rounds.host, now=rounds.now)
    chair = cast.officer("citizens-council/chair")
    told = {"title": WORD[:80], "summary": WORD}
    given = {"answers": told, "by": chair, "language": "zh-Hans", "request_key": "m", "now": rounds.now}
    meeting = open_by_office(procedure="council-session", **given)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    reader = visit(language=language, width=320)
    home = f"/take-part/{round_.case.number}/"
    pages = ("assemblies", f"assemblies/{meeting.number}", "owed/city-government", "owed/citizens-council", "")
    for page in (*(f"/take-part/{each}" for each in pages), home, f"{home}answers", f"{home}proposals/1"):
        reader.goto(page)
        axe(reader)
        shoot(reader, f"long-words{page.replace('/', '-')}-{language}")
    host = visit("lu-yao", language=language, width=320)
    office = f"/take-part/office/{rounds.host.post}/"
    for page in (f"/desk/{rounds.host.post}/", office, f"{office}{round_.case.number}/follow-up"):
        host.goto(page)
        axe(host)
