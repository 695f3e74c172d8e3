"""A consultation rests on a simulation that anybody can make again; opinions that are alike get one answer."""

from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command

from tests.journeys.hands import MONDAY, click
from tests.rounds import Rounds
from tests.simulation.test_simulate import CHARTER, SERVICE, draft, simulate  # noqa: F401  a fixture
from zhengtong.agora import acts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "高龄津贴提前到75岁的影响 The allowance from 75"
ANSWER = "按测算分两年实施 In two years, as the figures say"
TOLD = {
    "zh-hans": ("没有对应的测算记录", "自己重做这份报告"),
    "en": ("Not tied to any run of the simulation", "Make the same report yourself"),
}


@pytest.fixture(scope="module")
def report(draft, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("report")
    told = {"size": 900, "seed": 1, "on": MONDAY.date(), "charter": CHARTER, "stdout": StringIO()}
    call_command("population", folder / "people.parquet", **told)
    simulate(folder / "people.parquet", draft, on=MONDAY.date(), report=folder, language="zh-Hans")
    return folder / "report.html"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_a_draft_rests_on_can_be_made_again_by_whoever_reads_it(
    visit, axe, shoot, cast, settings, report, language
):
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    rounds = Rounds(cast, MONDAY)
    round_ = rounds.consultation()
    home = f"/take-part/{round_.case.number}/"
    desk = f"/take-part/office/city-government/participation/{round_.case.number}"
    host = visit("lu-yao", language=language, width=320, scripts=False)
    for paper in ({"name": "figures.html", "mimeType": "text/html", "buffer": b"<p>1,000 gain</p>"}, report):
        host.goto(f"{desk}/papers")
        host.locator("#title").fill(TITLE)
        host.locator("input[name=kind][value=simulation]").check()
        host.locator("input[type=file]").set_input_files(paper)
        click(host, "form button.govuk-button")
    shoot(host, f"simulation-put-{language}")

    reader = visit(language=language, width=320, scripts=False)
    reader.goto(home)
    untied, tied = (reader.locator("main li", has_text=each).last for each in TOLD[language])
    assert TITLE in untied.inner_text() and "zhengtong" not in untied.inner_text()
    tied.locator("summary").click()
    told = tied.inner_text()
    hash_ = sha256(report.read_bytes()).hexdigest()
    for word in (SERVICE, "zhengtong simulate --again report.html", hash_, "rules.dmn"):
        assert word in told
    served = reader.request.get(tied.locator("a").first.get_attribute("href")).body()
    assert sha256(served).hexdigest() == hash_
    shoot(reader, f"simulation-{language}")
    for number, voice in enumerate(rounds.voices(round_, 2), 1):
        said = {"said": f"应当分两年实施（{number}）", "place": "", "request_key": "k", "voice": voice}
        acts.contribute(round_=round_, phase="comment", now=rounds.now, **said)

    rounds.later(round_, 31)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    host.goto(f"{desk}/answers")
    for number in (1, 2):
        host.locator(f"#number-{number}").check()
    host.locator("input[name=verdict][value=partly]").check()
    host.locator("#text").fill(ANSWER)
    click(host, "form:has(#text) button.govuk-button")
    looking = visit(language=language, width=320)
    for page in (home, f"{home}answers"):
        looking.goto(page)
        axe(looking)
        assert ANSWER in looking.locator("main").inner_text()
    shoot(looking, f"simulation-answered-{language}")
