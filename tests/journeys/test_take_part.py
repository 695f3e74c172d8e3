"""A consultation from its opening to its answers in a real browser, on a telephone and in two languages."""

from datetime import timedelta

import pytest

from tests.rounds import Rounds
from zhengtong.agora.duties import look_after
from zhengtong.cases.acts import complete, fire_due
from zhengtong.cases.models import Case
from zhengtong.faces.shared.clock import now
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

pytestmark = pytest.mark.journey

WORDS = {
    "zh-hans": ("第一条　夜间施工须公告。\n\n第二条　提前三日。", "应当提前七日公告，并写明联系电话。"),
    "en": ("1. Night works are announced.\n\n2. Three days ahead.", "Make it seven days, with a telephone number."),
}


def press(page, value, name="do"):
    page.locator(f"main button[name={name}][value={value}]:visible").first.click()
    page.wait_for_load_state()


def send(page):
    page.locator("main form button:not([name])").last.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_draft_is_discussed_moderated_and_answered(visit, axe, shoot, language):
    draft, opinion = WORDS[language]
    host = visit("lu-yao", language=language, width=320, scripts=True)
    host.goto("/take-part/office/city-government/participation/open/draft-consultation")
    host.locator("#title").fill("夜间施工管理规定")
    host.locator("#summary").fill(draft)
    host.locator("#draft").fill(draft)
    axe(host)
    send(host)
    number = Case.objects.get(procedure="draft-consultation").number

    lin = visit("lin-yue", language=language, width=320, scripts=False)
    lin.goto(f"/take-part/{number}/voice")
    press(lin, "get")
    key = lin.locator("#key").input_value()
    lin.goto(f"/take-part/{number}/")
    lin.locator("#place").select_option("2")
    lin.locator("#said").fill(opinion)
    send(lin)
    assert opinion in lin.locator("#said-1").inner_text()
    shoot(lin, f"round-{language}")

    stranger = visit(language=language, width=320)  # not signed in: the key alone brings the voice back
    stranger.goto(f"/take-part/{number}/voice")
    axe(stranger)
    stranger.locator("#key").fill(key)
    press(stranger, "enter")
    assert opinion in stranger.locator("#said-1").inner_text()
    axe(stranger)

    moderator = visit("fang-yuan", language=language, width=320)
    moderator.goto(f"/take-part/office/petition-office/moderation/{number}/moderation")
    axe(moderator)
    moderator.locator("#number").fill("1")
    moderator.locator("input[name=rule][value=insult]").check()
    moderator.locator("#facts").fill("测试 test")
    press(moderator, "hide")
    stranger.goto(f"/take-part/{number}/")
    assert opinion not in stranger.locator("main").inner_text()
    assert "测试 test" in stranger.locator("#said-1").inner_text()
    axe(stranger)
    _what_was_hidden_is_told_to_all_and_to_its_author(stranger, number, axe, shoot, language)
    moderator.locator("#number").fill("1")
    moderator.locator("#facts").fill("误判 my mistake")
    press(moderator, "restore")

    _the_time_passes(number)
    host.goto(f"/take-part/office/city-government/participation/{number}/answers")
    host.locator("#number-1").check()
    host.locator("input[name=verdict][value=adopted]").check()
    host.locator("#text").fill("采纳 adopted")
    axe(host)
    send(host)
    _the_office_concludes(number)
    stranger.goto("/take-part/")
    axe(stranger)
    stranger.goto(f"/take-part/{number}/")
    assert "采纳 adopted" in stranger.locator("#said-1").inner_text()
    shoot(stranger, f"round-answered-{language}")
    stranger.goto("/take-part/owed/city-government")
    axe(stranger)
    shoot(stranger, f"owed-{language}")


def _what_was_hidden_is_told_to_all_and_to_its_author(author, number, axe, shoot, language):
    author.goto("/take-part/moderation")
    axe(author)
    shoot(author, f"moderation-log-{language}")
    author.goto(f"/take-part/{number}/")
    author.locator("section[aria-labelledby=told] a").click()
    author.wait_for_load_state()
    assert "测试 test" in author.locator("main").inner_text()
    axe(author)
    shoot(author, f"statement-{language}")
    author.goto(f"/take-part/{number}/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_offices_limit_a_round_and_everybody_reads_why(visit, axe, shoot, cast, language):
    talk = Rounds(cast, now()).open("city-conversation")
    number, until = talk.case.number, now() + timedelta(days=3)
    first = visit("fang-yuan", language=language, width=320)
    first.goto(f"/take-part/office/petition-office/moderation/{number}/limit")
    first.locator("#shown_a_day").fill("20")
    for part in ("year", "month", "day"):
        first.locator(f"#until-{part}").fill(str(getattr(until, part)))
    first.locator("#reason").fill("涌入上千条 a flood")
    axe(first)
    shoot(first, f"limit-{language}")
    press(first, "propose")
    second = visit("lu-zheng", language=language, width=320)
    second.goto("/desk/supervision-office/duty/motions")
    second.locator("main ul a").first.click()
    second.wait_for_load_state()
    axe(second)
    press(second, "confirm", "answer")
    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{number}/")
    assert "a flood" in reader.locator("main").inner_text()
    axe(reader)
    shoot(reader, f"limited-{language}")


def _the_time_passes(number):
    later = Case.objects.get(number=number).filed_at + timedelta(days=31)
    fire_due(now=later)
    look_after(now=later)


def _the_office_concludes(number):
    case = Case.objects.get(number=number)
    by = Actor(Person.objects.get(holdings__post="city-government/participation"), "city-government/participation")
    later = case.filed_at + timedelta(days=32)
    for node, output in (("respond", "completed"), ("publish", "answered")):
        task = case.tasks.get(node=node, status="open")
        complete(task=task, output=output, reasons="已答复", basis=["major-decisions-regulation/18"], by=by, now=later)
    assert not Case.objects.get(number=number).is_open
