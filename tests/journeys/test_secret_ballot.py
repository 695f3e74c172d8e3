"""A secret ballot in a real browser: enrolled for, voted in a booth that encrypts on the device, counted, checked."""

import shutil
import subprocess

import pytest

from tests.ballots.test_command import ballot
from tests.polls import Polls
from zhengtong.agora.acts import box_due
from zhengtong.engines.ballots import verify
from zhengtong.faces.shared.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases=["default", "ballots"])]

TRUSTEES = {
    "justice-bureau/reconsideration": "cheng-lan",
    "supervision-office/duty": "lu-zheng",
    "civil-affairs/benefits": "xia-hui",
}
OLD_PHONE = "delete globalThis.BigInt"


def press(page, value):
    page.locator(f"main button[name=do][value={value}]").click()
    page.wait_for_load_state()


def vote(page, code, first, second):
    """Fill in the booth; the tracking number."""
    for at, chosen in enumerate((first, second), 1):
        for box in page.locator(f"input[id^=answer-{at}-]").all():
            box.set_checked(box.get_attribute("id") in {f"answer-{at}-{each}" for each in chosen})
    page.locator("#code").fill(code)
    page.locator("#go").click()
    page.locator("#done").wait_for()
    return page.locator("#tracking").inner_text()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_residents_vote_in_secret_and_a_stranger_checks_the_result(visit, axe, shoot, cast, language, tmp_path):
    polls = Polls(cast, now())
    polls.called()
    start = f"/take-part/{polls.number}/ballot/ballot/"

    lin = visit("lin-yue", language=language, width=320)
    lin.goto(start)
    axe(lin)
    shoot(lin, f"ballot-enrolment-{language}")
    lin.goto(start + "enrol")
    code = lin.locator("#code").inner_text()
    lin.locator("#go").click()  # before she has kept the code
    assert lin.locator("#fault").is_visible()
    lin.locator("#kept").check()
    axe(lin)
    shoot(lin, f"ballot-enrol-{language}")
    lin.locator("#go").click()
    lin.locator("#done").wait_for()
    others = [polls.enrolled(who) for who in polls.residents(25) if who.person != cast.lin_yue.person]

    trustees = {post: visit(username, language=language, width=320) for post, username in TRUSTEES.items()}
    _they_make_a_key(trustees, axe, shoot, polls, language, tmp_path)
    polls.passed(25)
    authority = visit("lang-kai", language=language, width=320)
    authority.goto(f"/take-part/office/public-security/household/{polls.number}/ballot/ballot")
    axe(authority)
    shoot(authority, f"ballot-roll-{language}")
    press(authority, "roll")
    host = visit("lu-yao", language=language, width=320)
    host.goto(f"/take-part/office/city-government/participation/{polls.number}/ballot/ballot")
    axe(host)
    press(host, "open")
    polls.done("prepare")

    booth, hers = _she_votes(visit, axe, shoot, polls, language, code, start)
    for each in others[:3]:
        polls.voted(each)
    box_due(now=polls.now)
    for tracking in hers:
        booth.goto(start + "ballots")
        booth.locator("#q").fill(tracking)
        booth.locator("main form button").first.click()
        booth.wait_for_load_state()
        assert tracking in booth.locator("main ol").inner_text()
    axe(booth)
    shoot(booth, f"ballot-list-{language}")
    stranger = visit(language=language, width=320)
    stranger.goto(start + "booth")
    assert stranger.locator("#booth").is_visible()

    polls.passed(11)
    box_due(now=polls.now)
    _two_of_three_open(trustees, axe, polls, tmp_path)
    stranger.goto(start)
    axe(stranger)
    shoot(stranger, f"ballot-counted-{language}")
    stranger.goto(start + "check")
    axe(stranger)
    shoot(stranger, f"ballot-check-{language}")
    stranger.goto(start)
    assert stranger.locator("main table").count() == 2
    with stranger.expect_download() as download:
        stranger.locator("main a[href$='archive.bel']").click()
    _checked(download.value, tmp_path)


def _they_make_a_key(trustees, axe, shoot, polls, language, folder):
    """Each with the commands that the page names, each step by all of them before the next."""
    page = f"/{polls.number}/ballot/ballot"
    for post, trustee in trustees.items():
        at = folder / post.replace("/", "-")
        at.mkdir()
        trustee.goto(f"/take-part/office/{post}{page}")
        axe(trustee)
        shoot(trustee, f"ballot-certificate-{language}")
        ballot("certificate", at / "my")
        _send(trustee, "certificate", (at / "my.cert").read_text())
    for step, command in (("polynomial", ("my.key", "--needed", 2)), ("part", ("my.key", "my.vinput"))):
        for post, trustee in trustees.items():
            at = folder / post.replace("/", "-")
            trustee.goto(f"/take-part/office/{post}{page}")
            axe(trustee)
            shoot(trustee, f"ballot-{step}-{language}")
            _save(trustee, at)
            named = [str(at / each) if str(each).startswith("my.") else each for each in command]
            (at / f"my.{step}").write_text(ballot(step, at / "my.certificates", *named))
            _send(trustee, step, (at / f"my.{step}").read_text())
    axe(trustee)
    shoot(trustee, f"ballot-keys-done-{language}")


def _send(page, step, said):
    page.locator("#written").fill(said)
    press(page, step)


def _save(page, folder):
    with page.expect_download() as download:
        page.locator("main h3 ~ p a").first.click()
    download.value.save_as(folder / download.value.suggested_filename)


def _two_of_three_open(trustees, axe, polls, folder):
    archive = folder / "election.bel"
    archive.write_bytes(polls.vote.archive().bytes())
    for post, trustee in list(trustees.items())[1:]:
        at = folder / post.replace("/", "-")
        trustee.goto(f"/take-part/office/{post}/{polls.number}/ballot/ballot")
        axe(trustee)
        _send(trustee, "share", ballot("share", archive, at / "my.key", "--part", at / "my.part"))
    archive.unlink()
    first = trustees["justice-bureau/reconsideration"]
    first.goto(f"/take-part/office/justice-bureau/reconsideration/{polls.number}/ballot/ballot")
    assert first.locator("#written").count() == 0  # two were enough


def _she_votes(visit, axe, shoot, polls, language, code, start):
    booth = visit(language=language, width=320)  # another device, and nobody has signed in
    booth.goto(start + "booth")
    axe(booth)
    shoot(booth, f"ballot-booth-{language}")
    booth.locator("#code").fill(code)
    booth.locator("#go").click()  # nothing chosen
    assert booth.locator("#fault").is_visible()
    first = vote(booth, code, [1, 2], [1])
    axe(booth)
    shoot(booth, f"ballot-cast-{language}")
    booth.goto(start + "booth")
    last = vote(booth, code, [0], [2])
    assert first != last
    return booth, [first, last]


def _checked(download, folder):
    path = folder / download.suggested_filename
    download.save_as(path)
    box = verify(path.read_bytes())
    assert box.result == [[1, 3, 0, 0], [0, 3, 1]]
    tool = shutil.which("belenios-tool")
    if tool:
        done = subprocess.run([tool, "election", "verify"], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "all checks passed" in done.stdout + done.stderr


def test_without_scripts_the_booth_names_the_command_line_and_takes_its_file(visit, axe, shoot, cast, tmp_path):
    polls = Polls(cast, now())
    code, *_ = polls.opened()
    reader = visit(language="en", width=320, scripts=False)
    reader.goto(f"/take-part/{polls.number}/ballot/ballot/booth")
    assert "runs no scripts" in reader.locator("main").inner_text()
    reader.locator("main details summary").first.click()
    assert "zhengtong ballot vote" in reader.locator("main").inner_text()
    shoot(reader, "ballot-booth-without-scripts")
    file = tmp_path / "ballot.json"
    file.write_text(polls.ballot(code), encoding="utf-8")
    reader.locator("#file").set_input_files(file)
    reader.locator("main details form button").click()
    reader.wait_for_load_state()
    assert "handed in" in reader.locator("h1").inner_text()
    shoot(reader, "ballot-cast-without-scripts")


@pytest.mark.parametrize("phone", ["without scripts", "without large numbers", "that cannot read the script"])
def test_a_phone_that_cannot_make_a_code_says_so_and_what_to_do(visit, cast, phone):
    polls = Polls(cast, now())
    polls.called()
    lin = visit("lin-yue", language="zh-hans", width=320, scripts=phone != "without scripts")
    if phone == "without large numbers":
        lin.add_init_script(OLD_PHONE)
    if phone == "that cannot read the script":
        lin.route(
            "**/booth*.js", lambda route: route.fulfill(body="const of_a_later = ;", content_type="text/javascript")
        )
    lin.goto(f"/take-part/{polls.number}/ballot/ballot/enrol")
    assert lin.locator("#fault, #preparing").filter(has_text="命令行").filter(visible=True).count() == 1
    assert not lin.locator("#enrol").is_visible()
