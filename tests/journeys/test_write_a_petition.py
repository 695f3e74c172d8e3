"""A petition is written on a telephone, without scripts, and comes back answered."""

import pytest

from tests.cases.test_petition_clocks import TOLD, answered
from tests.journeys.hands import click
from zhengtong.cases.models import Case
from zhengtong.faces.shared import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_petition_is_written_from_the_page_of_reports_and_answered(visit, axe, shoot, cast, language):
    lin = visit("lin-yue", language=language, width=320, scripts=False)
    lin.goto("/take-part/")
    click(lin, "a[href$='/reports']")
    click(lin, "a[href$='/services/complaint']")
    click(lin, "a[href$='/services/complaint/start']")
    lin.locator("input[type=radio]").first.check()
    click(lin, "form button[type=submit]")
    for _ in range(9):
        if lin.url.endswith("/check"):
            break
        _answer(lin, shoot, language)
    for box in lin.locator("main input[type=checkbox]").all():
        box.check()
    shoot(lin, f"petition-check-{language}")
    click(lin, "form button[type=submit]")
    case = Case.objects.get(procedure="complaint")
    assert case.number in lin.locator("main").inner_text()
    answered(case, cast, clock.now())
    looking = visit("lin-yue", language=language, width=320)
    looking.goto("/cases")
    click(looking, f"a[href$='/{case.number}']")
    axe(looking)
    assert "不属于本市管理的路段。" in looking.locator("main").inner_text()
    shoot(looking, f"petition-answered-{language}")


def _answer(page, shoot, language):
    """What the page asks, or what comes next where it asks nothing that is needed."""
    for name, value in TOLD.items():
        word = str(value).lower() if isinstance(value, bool) else value
        if page.locator(f"main textarea[name={name}]").count():
            page.locator(f"main textarea[name={name}]").fill(word)
        for choice in page.locator(f"main input[type=radio][name={name}][value='{word}']").all():
            choice.check()
    shoot(page, f"petition-{page.url.rpartition('/')[2]}-{language}")
    going_on = page.locator("main").locator("form button, a.govuk-button")
    (going_on.last if page.url.endswith("/papers") else going_on.first).click()
    page.wait_for_load_state()
