"""Information is asked for and given: in a real browser, on a telephone, in two languages."""

import pytest

from tests.redaction.papers import contract
from tests.redaction.test_redaction import read
from zhengtong.cases.models import Case
from zhengtong.faces.shared.clock import now
from zhengtong.openness.giving import publish_due

pytestmark = pytest.mark.journey
DESK = "/desk/city-government/information"


def press(page, value):
    page.locator(f"main button[name=do][value={value}]").click()
    page.wait_for_load_state()


def downloaded(page, selector):
    with page.expect_download() as waits:
        page.locator(selector).first.click()
    return waits.value.path().read_bytes()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_contract_is_asked_for_and_given_without_a_name(visit, axe, shoot, language):
    lin = visit("lin-qiang", language=language, width=320, scripts=False)
    number = _asked(lin)

    officer = visit("su-qing", language=language, width=320, scripts=True)
    officer.goto(f"{DESK}/cases/{number}/papers")
    officer.locator("#paper").set_input_files(
        {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": contract()}
    )
    officer.locator("main form button").last.click()
    officer.wait_for_load_state()
    officer.locator("#passage").fill("张三丰")
    officer.locator("input[name=ground]").nth(1).check()
    press(officer, "passage")
    officer.locator("input[name=at]").click(position={"x": 40, "y": 60})
    officer.wait_for_load_state()
    officer.locator("input[name=at]").click(position={"x": 560, "y": 110})
    officer.wait_for_load_state()
    axe(officer)
    press(officer, "region")
    shoot(officer, f"paper-{language}")
    officer.locator("#title").fill("自助终端采购合同")
    officer.locator("input[name=publish][value=yes]").check()
    press(officer, "ready")
    axe(officer)
    assert "三丰" not in read(downloaded(officer, "main a[href$=ready]"))
    _answered(officer, number)

    lin.goto(f"/cases/{number}")
    given = downloaded(lin, "main a[href*=given]")
    assert "三丰" not in read(given) and "采购合同" not in read(given) and "第二页" in read(given)
    publish_due(now=now())
    stranger = visit(language=language, width=320)
    stranger.goto("/disclosed")
    axe(stranger)
    shoot(stranger, f"disclosed-{language}")
    assert downloaded(stranger, "main .zt-results a") == given


def _asked(page):
    page.goto("/services/information-request/start")
    for _ in range(12):
        page.wait_for_load_state()
        if Case.objects.filter(procedure="information-request").exists():
            break
        if page.locator("#information_description").count():
            page.locator("#information_description").fill("二〇二五年自助终端采购合同全文。")
        elif page.locator("main input[type=radio]").count():
            page.locator("main input[type=radio]").first.check()
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        page.locator("main form button, main a.govuk-button").first.click()
    return Case.objects.get(procedure="information-request").number


def _answered(officer, number):
    case = Case.objects.get(number=number)
    for node, output in (("search", "none"), ("answer", "partly")):
        task = case.tasks.get(node=node, status="open")
        officer.goto(f"{DESK}/tasks/{task.pk}")
        officer.locator(f"input[name=output][value={output}]").check()
        officer.locator("#reasons").fill("合同正文予以公开。 The rest is given.")
        officer.locator("form[action$=complete] button").click()
        officer.wait_for_load_state()
    assert not Case.objects.get(number=number).is_open
