"""A petition by telephone is answered; the petitioner says that it is not solved, and hears why it is closed so."""

import pytest
from playwright.sync_api import Page

from tests.cases.test_petition_clocks import TOLD
from tests.restaurant import do, task
from zhengtong.cases.models import Case
from zhengtong.faces.shared import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def send(page: Page) -> None:
    page.locator("main form button").last.click()
    page.wait_for_load_state()


def taken_down(visit, axe, cast, language) -> Case:
    """A clerk of the window writes down what somebody tells on the telephone."""
    clerk = visit("zhou-min", language=language)
    clerk.goto("/counter/heping-services/window/")
    clerk.locator("#id_number").fill(cast.chen_xiaoyu.person.id_number)
    send(clerk)
    clerk.goto(clerk.url.rstrip("/") + "/complaint")
    clerk.locator("input[name=came][value=phone]").check()
    clerk.locator("input[name=petition_kind][value=request]").check()
    clerk.locator("input[name=petition_region][value='990102']").check()
    clerk.locator("#petition_facts").fill(TOLD["petition_facts"])
    clerk.locator("#petition_request").fill(TOLD["petition_request"])
    clerk.locator("input[name=petition_jointly][value=false]").check()
    send(clerk)
    case = Case.objects.get(procedure="complaint")
    assert case.number in clerk.locator("body").inner_text(), "the clerk tells the number, and reads no more"
    axe(clerk)
    return case


def answered(case: Case, cast) -> None:
    reception, now = cast.officer("petition-office/reception"), clock.now()
    do(case, "accept", "accepted", by=reception, now=now)
    do(case, "investigate", "completed", by=reception, now=now)
    do(case, "answer", "granted", by=reception, now=now, reasons="已经修复。", basis=["petition-regulation/32"])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_against_the_petitioners_word_only_the_supervisor_closes_it(visit, axe, shoot, cast, language):
    case = taken_down(visit, axe, cast, language)
    assert case.channel == "phone"
    answered(case, cast)
    chen = visit("chen-xiaoyu", language=language, width=320, scripts=False)
    chen.goto(f"/cases/{case.number}")
    chen.locator("a[href$='/solved']").click()
    send(chen)
    assert chen.locator(".govuk-error-summary").count() == 1
    chen.locator("input[name=solved][value=no]").check()
    chen.locator("#told").fill("灯还是不亮 it is still dark")
    shoot(chen, f"say-solved-{language}")
    send(chen)
    follow_up = Case.objects.get(procedure="not-solved")
    do(follow_up, "look_again", "stands", by=cast.officer("petition-office/reception"), now=clock.now())

    supervisor = visit("lu-zheng", language=language, width=320)
    supervisor.goto(f"/desk/supervision-office/duty/tasks/{task(follow_up, 'settle').pk}")
    assert "灯还是不亮 it is still dark" in supervisor.locator("main").inner_text()
    axe(supervisor)
    supervisor.locator("input[name=output][value=refused]").check()
    supervisor.locator("#reasons").fill("现场查看灯已亮 seen alight")
    supervisor.locator("input[name=basis]").first.check()
    supervisor.locator("form[action$=complete] button").click()
    supervisor.wait_for_load_state()

    chen = visit("chen-xiaoyu", language=language, width=320)
    chen.goto(f"/cases/{follow_up.number}")
    assert "现场查看灯已亮 seen alight" in chen.locator("main").inner_text()
    assert chen.locator("form[action$='/contest'] button").count() == 1
    axe(chen)
    chen.goto(f"/cases/{case.number}")
    axe(chen)
    shoot(chen, f"said-not-solved-{language}")
