"""An association elects its president in a real browser: members enrol and vote, others are told why they cannot."""

import pytest

from tests.journeys.test_secret_ballot import press, vote
from tests.polls import Elections
from zhengtong.agora.acts import box_due
from zhengtong.engines.ballots import compact
from zhengtong.faces.shared.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases=["default", "ballots"])]

COUNCILS = {"riverside-council/chair": "bai-ruo", "citizens-council/chair": "fan-cheng"}
MEMBERS = {"zh-hans": "和平区志愿者协会会员", "en": "members of the Heping Volunteers’ Association"}
REFUSED = {
    "zh-hans": "只有和平区志愿者协会会员可以参与",
    "en": "only members of the Heping Volunteers’ Association can",
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_members_elect_and_councils_of_residents_open_the_sum(visit, axe, shoot, cast, language):
    election = Elections(cast, now())
    election.called()
    start = f"/take-part/{election.number}/ballot/ballot/"

    _who_is_no_member_reads_why(visit, axe, shoot, language, start)
    lin = visit("lin-yue", language=language, width=320)
    lin.goto(start)
    assert MEMBERS[language] in lin.locator("main").inner_text()
    axe(lin)
    code = _enrolled(lin, start)
    others = [election.enrolled(who) for who in election.residents(21) if who.person != cast.lin_yue.person]

    election.keyed()
    election.passed(25)
    authority = visit("lu-zheng", language=language, width=320)
    authority.goto(f"/take-part/office/supervision-office/duty/{election.number}/ballot/ballot")
    press(authority, "roll")
    secretary = visit("wu-tong", language=language, width=320)
    secretary.goto(f"/take-part/office/volunteers-association/secretary/{election.number}/ballot/ballot")
    axe(secretary)
    shoot(secretary, f"association-host-{language}")
    press(secretary, "open")
    election.done("prepare")

    lin.goto(start + "booth")
    vote(lin, code, [1], [])
    for each in others[:3]:
        election.voted(each)
    election.passed(11)
    box_due(now=election.now)
    _councils_open(visit, axe, shoot, election, language)
    lin.goto(start)
    axe(lin)
    shoot(lin, f"association-counted-{language}")
    assert election.read().result == [[0, 4, 0, 0]]
    assert lin.locator("main table td").first.inner_text() == "4"


def _who_is_no_member_reads_why(visit, axe, shoot, language, start):
    wang = visit("wang-defu", language=language, width=320)
    wang.goto(start + "enrol")
    wang.locator("#kept").check()
    wang.locator("#go").click()
    wang.locator("#fault").filter(has_text=REFUSED[language]).wait_for()
    axe(wang)
    shoot(wang, f"association-no-member-{language}")


def _enrolled(page, start):
    page.goto(start + "enrol")
    code = page.locator("#code").inner_text()
    page.locator("#kept").check()
    page.locator("#go").click()
    page.locator("#done").wait_for()
    return code


def _councils_open(visit, axe, shoot, election, language):
    """Two of the three keys are enough, and councils of residents keep these: no authority opens anything."""
    for at, (post, username) in enumerate(COUNCILS.items()):
        council = visit(username, language=language, width=320)
        council.goto(f"/take-part/office/{post}/{election.number}/ballot/ballot")
        axe(council)
        shoot(council, f"association-key-{language}")
        council.locator("#written").fill(compact(election.read().share(election.secrets[at][0])[1]))
        press(council, "share")
