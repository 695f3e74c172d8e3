"""A residents' council meets in the browser, without scripts, on a phone: notice, motion, roll-call, minutes."""

from datetime import timedelta

import pytest

from tests.journeys.hands import MONDAY, click, end
from zhengtong.cases.acts import fire_due
from zhengtong.cases.models import Case

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "第三次会议 Third meeting of 2026"
MINUTES = "三人中到会二人，议案一通过。 Two of three were there; motion 1 carried."
MOTION = "楼道内不得充电 No charging in the stairwell"
CHAIR, MEMBER = "/take-part/office/riverside-council/chair", "/take-part/office/riverside-council/member"
TOLD = {
    "zh-hans": ("到会成员 1 人，共 3 人", "通过", "范成：赞成", "白若：赞成"),
    "en": ("1 of 3 members are there", "carried", "范成: for", "白若: for"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_council_gives_notice_moves_votes_by_name_and_publishes_its_minutes(visit, axe, shoot, settings, language):
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    chair, member = (visit(who, language=language, width=320, scripts=False) for who in ("bai-ruo", "fan-cheng"))
    chair.goto("/desk/riverside-council/chair/")
    click(chair, "a[href$='/meetings']")
    click(chair, "a[href*='/convene/']")
    chair.locator("[name=title]").fill(TITLE)
    chair.locator("[name=summary]").fill("3月11日19时，滨河路1号。On 11 March at 19:00, 1 Riverside Road.")
    click(chair, "form button[type=submit]")
    case = Case.objects.get(procedure="riverside-meeting")
    member.goto(f"{MEMBER}/meetings")
    click(member, f"a[href$='/{case.number}']")
    member.locator("#title").fill(MOTION)
    member.locator("#text").fill("一层建充电棚。A shed with sockets goes up on the ground floor.")
    click(member, "button[value=put]")
    later = MONDAY + timedelta(days=8)
    settings.ZHENGTONG_CLOCK = later.isoformat()
    fire_due(now=later)
    sitting(visit, axe, shoot, case, language)
    everybody(visit, axe, shoot, case, language)


def sitting(visit, axe, shoot, case: Case, language: str) -> None:
    """Not before there are enough of them is anything put to the vote."""
    too_few = TOLD[language][0]
    chair, member = (visit(who, language=language, width=320) for who in ("bai-ruo", "fan-cheng"))
    chair.goto(f"{CHAIR}/meetings/{case.number}")
    click(chair, "button[value=attend]")
    click(chair, "button[value=call]")
    assert too_few in chair.locator("main").inner_text()
    member.goto(f"{MEMBER}/meetings/{case.number}")
    click(member, "button[value=attend]")
    chair.goto(f"{CHAIR}/meetings/{case.number}")
    click(chair, "button[value=call]")
    axe(chair)
    shoot(chair, f"meeting-hold-{language}")
    click(chair, "button[value=yes]")
    member.reload()
    click(member, "button[value=yes]")
    click(chair, "button[value=close]")
    for output, told in (("held", ""), ("answered", MINUTES)):
        chair.goto(f"{CHAIR}/meetings/{case.number}")
        click(chair, "a[href*='/tasks/']")
        end(chair, output, told)


def everybody(visit, axe, shoot, case: Case, language: str) -> None:
    public = visit(language=language, width=320)
    public.goto("/take-part/")
    click(public, "a[href$='/assemblies']")
    axe(public)
    click(public, f"a[href$='/{case.number}']")
    axe(public)
    shoot(public, f"meeting-{language}")
    told = public.locator("main").inner_text()
    for word in (TITLE, MOTION, MINUTES, "孔敏", *TOLD[language][1:]):
        assert word in told
    data = public.request.get(f"/take-part/assemblies/{case.number}.json").json()
    assert data["motions"][0]["votes"] == {"白若": "yes", "范成": "yes"}
