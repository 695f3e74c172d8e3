"""Residents decide on money on a telephone without scripts: the office begins with a file of projects, residents
propose more, the office says what they cost, and they vote.
"""

import pytest

from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.models import BudgetVote
from zhengtong.agora.proceedings.models import ProjectFile
from zhengtong.agora.rounds import Round
from zhengtong.cases.acts import complete
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey

PROJECTS = {
    "zh-hans": ("路口的红绿灯", "图书馆门口的坡道", "支付了"),
    "en": ("A crossing with lights", "A ramp at the library", "paid"),
}
FILE = """META
key;value
budget;400000
vote_type;approval
PROJECTS
project_id;cost;name
1;120000;{}
VOTES
voter_id;vote
9;1
"""
OFFICE = "/take-part/office/city-government/participation"


def send(page, form, button="button:not([name])"):
    page.locator(f"{form} {button}").last.click()
    page.wait_for_load_state()


@pytest.fixture
def resident(visit):
    """Somebody at a telephone who has a voice in the round."""

    def come(who, number, language):
        page = visit(who, language=language, width=320, scripts=False)
        page.goto(f"/take-part/{number}/voice")
        page.locator("main button[name=do][value=get]").click()
        page.wait_for_load_state()
        page.goto(f"/take-part/{number}/")
        return page

    return come


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_residents_propose_and_vote_and_each_reads_what_the_own_vote_paid(
    visit, resident, axe, shoot, cast, settings, language
):
    lights, ramp, paid = PROJECTS[language]
    rounds = Rounds(cast, now())
    host = visit("lu-yao", language=language, width=320)
    host.goto(f"{OFFICE}/open/neighbourhood-budget")
    axe(host)
    shoot(host, f"budget-open-{language}")
    host.locator("#title").fill("和平区街区改造 Heping’s streets")
    host.locator("#summary").fill("今年的钱花在哪里，由居民决定。 Residents decide.")
    file = {"name": "heping.pb", "mimeType": "text/plain", "buffer": FILE.format(lights).encode()}
    host.locator("#projects").set_input_files(file)
    send(host, "main form")
    assert "400000" in host.locator("main").inner_text()  # the charter gives another sum, which holds
    round_ = Round(ProjectFile.objects.get().case)
    number = round_.case.number
    lin, chen = (resident(who, number, language) for who in ("lin-yue", "chen-xiaoyu"))
    shoot(lin, f"budget-filed-{language}")
    chen.locator("#said").fill(ramp)
    send(chen, "form[action$='/say/projects']")
    shoot(chen, f"budget-link-{language}")
    for page in (host, lin):  # to whom the link was passed on; axe takes scripts, which lin has not
        page.goto(chen.locator("#link-2").input_value())
        assert ramp in page.locator("main").inner_text()
    axe(host)
    shoot(lin, f"budget-sponsor-{language}")
    send(lin, "main form:has(button[value=sign])", "button[value=sign]")
    assert lin.url.endswith(f"{number}/#said-2") and ramp in lin.locator("#said-2").inner_text()
    round_ = rounds.later(round_, 31)

    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    host.goto(f"{OFFICE}/{number}/costs")
    host.locator("#project").fill("2")
    host.locator("#amount").fill("30000")
    axe(host)
    shoot(host, f"budget-costs-{language}")
    send(host, "main form:has(#amount)")
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)

    for page, wanted in ((lin, ["1", "2"]), (chen, ["2"])):
        page.goto(f"/take-part/{number}/")
        for project in wanted:
            page.locator(f"#project-{project}").check()
        send(page, "form[action$='/vote/voting']")
    assert [vote.projects for vote in BudgetVote.objects.filter(phase="voting").order_by("pk")] == [[1, 2], [2]]
    shoot(chen, f"budget-vote-{language}")

    rounds.later(round_, 40)
    acts.count_due(now=rounds.now)
    lin.goto(f"/take-part/{number}/")
    section = lin.locator("section[aria-labelledby=phase-voting]").inner_text()
    assert paid in section and lights in section and ramp in section
    shoot(lin, f"budget-result-{language}")
    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{number}/")
    axe(reader)
    assert reader.request.get(f"/take-part/{number}/vote/voting.pb").text().startswith("META")
