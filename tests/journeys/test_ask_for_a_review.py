"""A petitioner asks for a review, then a re-review, each by another post in its own time; then it is over."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.cases.test_petition_clocks import answered, filed
from tests.journeys.hands import MONDAY, click, end
from zhengtong.cases.models import Case

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REVIEW, RE_REVIEW = (
    "路灯有市政铭牌，有照片 There is a city plate on it",
    "市政平台登记为市管 It is in the city's register",
)
UPHELD, LAST = "路段由小区自管 The estate keeps it", "登记已更正 The register was corrected"
TOLD = {
    "zh-hans": ("信访复查", "信访复核", "第三十六条", "最终意见"),
    "en": ("Review of a petition", "Re-review of a petition", "art. 36", "the last opinion"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_opinion_is_looked_at_once_more_by_another_post_until_the_last(
    visit, axe, shoot, cast, settings, language
):
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    petition = answered(filed(cast, MONDAY), cast, MONDAY)
    lin = visit("lin-yue", language=language, width=320, scripts=False)
    lin.goto(f"/cases/{petition.number}")
    review = ask(lin, REVIEW, "complaint-review")
    axe_of(visit, axe, petition, review, language=language)
    decide(visit, axe, shoot, review, "mao-ying", "review", UPHELD, language)

    later = MONDAY + timedelta(days=20)
    settings.ZHENGTONG_CLOCK = later.isoformat()
    lin.goto(f"/cases/{review.number}")
    assert UPHELD in lin.locator("main").inner_text()
    old = lin.context.new_page()  # a page that stays open, with a button that is pressed too late
    old.goto(f"/cases/{review.number}")
    last = ask(lin, RE_REVIEW, "complaint-re-review")
    assert (last.statutory_on - later.date()).days in range(30, 39)
    lin.goto(f"/cases/{review.number}")
    assert last.number in lin.locator("main").inner_text()
    assert lin.locator("form[action$='/contest']").count() == 0
    shoot(lin, f"review-asked-{language}")
    decide(visit, axe, shoot, last, "hou-liang", "head", LAST, language)

    click(old, "form[action$='/contest'] button")
    told = old.locator("main").inner_text()
    assert last.number in told and TOLD[language][1] in told and TOLD[language][2] in told
    shoot(old, f"review-refused-{language}")
    lin.goto(f"/cases/{last.number}")
    click(lin, f"a[href$='/letters/{last.letters.get(name='refused').pk}']")
    told = lin.locator("main").inner_text()
    assert LAST in told and TOLD[language][3] in told
    shoot(lin, f"review-letter-{language}")
    axe_of(visit, axe, review, last, language=language)


def ask(page: Page, reasons: str, procedure: str) -> Case:
    """From the page of the opinion, without scripts, to the number of the new case."""
    click(page, "form[action$='/contest'] button")
    for _ in range(6):
        if page.locator("textarea[name=review_reasons]").count():
            page.locator("textarea[name=review_reasons]").fill(reasons)
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        onward = page.locator("main").locator("form button, a.govuk-button")
        (onward.last if page.url.endswith("/papers") else onward.first).click()
        page.wait_for_load_state()
        if found := Case.objects.filter(procedure=procedure).first():
            assert found.number in page.locator("main").inner_text()
            return found
    raise AssertionError(page.url)


def decide(visit, axe, shoot, case: Case, who: str, seat: str, reasons: str, language: str) -> None:
    """The post reads what is asked and why, with the opinion that it is about, and upholds it."""
    officer = visit(who, language=language, width=320)
    for node, output, told in (("examine", "completed", ""), ("review", "refused", reasons)):
        officer.goto(f"/desk/petition-office/{seat}/tasks/{case.tasks.get(node=node, status='open').pk}")
        axe(officer)
        shoot(officer, f"review-{seat}-{node}-{language}")
        end(officer, output, told)


def axe_of(visit, axe, *cases: Case, language: str) -> None:
    looking = visit("lin-yue", language=language, width=320)
    for case in cases:
        looking.goto(f"/cases/{case.number}")
        axe(looking)
