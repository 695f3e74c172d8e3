"""The thousandth signature binds the city: to an answer, a debate, a vote, and to do what it promised."""

from datetime import timedelta

import pytest

from tests.journeys.hands import MONDAY, click, end
from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.duties import bind_due, look_after
from zhengtong.agora.models import Contribution
from zhengtong.cases.acts import fire_due, open_by_office

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAID = "江边步道加装路灯 Lamps along the river"
ANSWER = "列入今年城建计划 It goes into this year's works"
MINUTES = "到会二人，审议后表决，一致通过。 Two were there; debated, then carried by both."
DONE = "三十盏灯已亮 Thirty lamps are lit"
SESSION = {"title": "2026年第一次会议 First session", "summary": "审议、表决联署建议。 What people have signed."}
OWED = "/take-part/owed/citizens-council"
CHAIR, MEMBER = "/take-part/office/citizens-council/chair", "/take-part/office/citizens-council/member"
TOLD = {
    "zh-hans": (
        "联署达到 1000 人，青山市市民议事会须在",
        "等待列入下一次会议",
        "青山市市民议事会已审议",
        "已表决",
        "通过",
        "孔敏：赞成",
    ),
    "en": ("1000 signatures bind", "waits for the next meeting", "Debated in", "Voted on in", "carried", "孔敏: for"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_thousandth_signature_binds_the_city_until_all_is_done(visit, axe, shoot, cast, settings, language):
    rounds, (owed, waits, *_dealt) = Rounds(cast, MONDAY), TOLD[language]
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    round_ = rounds.open("proposal-round")
    home = f"/take-part/{round_.case.number}/"
    author = rounds.voice(round_, cast.chen_xiaoyu)
    acts.contribute(round_=round_, phase="propose", voice=author, said=SAID, request_key="k", now=MONDAY)
    Contribution.objects.update(sponsored=True, state="shown", signed=999)
    key = acts.admit_here(round_=round_, by=cast.lin_yue, now=MONDAY)

    lin = visit(language=language, width=320, scripts=False)
    lin.goto(f"{home}voice")
    lin.locator("textarea[name=key]:visible").fill(key)
    click(lin, "button[value=enter]")
    assert owed not in lin.locator("main").inner_text()
    click(lin, "#said-1 button[value=agree]")
    the_worker_runs(MONDAY)
    lin.reload()
    assert owed in lin.locator("#said-1").inner_text() and waits in lin.locator("#said-1").inner_text()
    shoot(lin, f"bound-{language}")
    the_council_meets(visit, axe, shoot, cast, settings, language)

    later = MONDAY + timedelta(days=9)
    settings.ZHENGTONG_CLOCK = later.isoformat()
    host = visit("lu-yao", language=language, width=320, scripts=False)
    host.goto(f"/take-part/office/city-government/participation/{round_.case.number}/answers")
    shoot(host, f"bound-answer-{language}")
    host.locator("#number-1").check()
    host.locator("input[name=verdict][value=adopted]").check()
    host.locator("#text").fill(ANSWER)
    click(host, "form:has(#text) button.govuk-button")
    host.goto(f"/take-part/office/city-government/participation/{round_.case.number}/follow-up")
    click(host, "a[href*='/tasks/']")
    end(host, "done", DONE)

    reader = visit(language=language, width=320)
    for page in (home, OWED, f"{home}answers", f"{home}proposals/1"):
        reader.goto(page)
        axe(reader)
        shoot(reader, f"bound-done-{page.strip('/').rpartition('/')[2]}-{language}")
    told = reader.locator("main").inner_text()
    for word in (SAID, ANSWER, DONE, *TOLD[language][2:5]):
        assert word in told
    click(reader, "a[href*='/take-part/assemblies/']")
    for word in (MINUTES, TOLD[language][5]):
        assert word in reader.locator("main").inner_text()


def the_worker_runs(now) -> None:
    fire_due(now=now)
    look_after(now=now)
    bind_due(now=now)


def the_council_meets(visit, axe, shoot, cast, settings, language: str) -> None:
    """The agenda has what people signed before anybody moves it; they debate it, vote by name, and write it down."""
    by, later = cast.officer("citizens-council/chair"), MONDAY + timedelta(days=8)
    told = {"procedure": "council-session", "answers": SESSION, "by": by, "language": "zh-Hans", "request_key": "m"}
    case = open_by_office(**told, now=MONDAY)
    the_worker_runs(MONDAY)
    settings.ZHENGTONG_CLOCK = later.isoformat()
    the_worker_runs(later)
    chair, member = (visit(who, language=language, width=320, scripts=False) for who in ("fan-cheng", "kong-ming"))
    for page, seat in ((member, MEMBER), (chair, CHAIR)):
        page.goto(f"{seat}/meetings/{case.number}")
        assert SAID in page.locator("main").inner_text()
        click(page, "button[value=attend]")
    click(chair, "button[value=debated]")
    click(chair, "form:has(input[name=motion][value='2']) button[value=call]")
    click(chair, "button[value=yes]")
    member.reload()
    click(member, "button[value=yes]")
    shoot(chair, f"bound-meeting-{language}")
    click(chair, "button[value=close]")
    for output, words in (("held", ""), ("answered", MINUTES)):
        chair.goto(f"{CHAIR}/meetings/{case.number}")
        click(chair, "a[href*='/tasks/']")
        end(chair, output, words)
    looking = visit("fan-cheng", language=language, width=320)
    looking.goto(f"{CHAIR}/meetings/{case.number}")
    axe(looking)
