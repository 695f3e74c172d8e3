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
    pointed = lin.locator("#answer-petition_place .zt-plain").inner_text()
    assert lin.locator("#answer-petition_place svg").is_visible()
    shoot(lin, f"petition-check-{language}")
    click(lin, "form button[type=submit]")
    case = Case.objects.get(procedure="complaint")
    assert case.number in lin.locator("main").inner_text()
    assert case.facts["petition_place"] == pointed
    answered(case, cast, clock.now())
    looking = visit("lin-yue", language=language, width=320)
    looking.goto("/cases")
    click(looking, f"a[href$='/{case.number}']")
    axe(looking)
    assert "不属于本市管理的路段。" in looking.locator("main").inner_text()
    shoot(looking, f"petition-answered-{language}")


def _point(page, shoot, language):
    """With a finger on the map, where there is one: outside first, then in Heping, with a dot where the finger was."""
    image = page.locator("main input[type=image]")
    if not image.count():
        return
    for x, y in ((3, 3), (100, 90)):
        image.click(position={"x": x, "y": y})
        page.wait_for_load_state()
        shoot(page, f"petition-pointed-{x}-{language}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dot, map_ = page.locator("main svg circle").first.bounding_box(), page.locator("main svg").bounding_box()
    assert (
        abs(dot["x"] + dot["width"] / 2 - map_["x"] - 100) < 2
        and abs(dot["y"] + dot["height"] / 2 - map_["y"] - 90) < 2
    )
    latitude, longitude = map(float, page.locator("[name=petition_place]").input_value().split(", "))
    assert 10.22 < latitude < 10.45 and 150.25 < longitude < 150.55


def _answer(page, shoot, language):
    """What the page asks, or what comes next where it asks nothing that is needed."""
    for name, value in TOLD.items():
        word = str(value).lower() if isinstance(value, bool) else value
        if page.locator(f"main textarea[name={name}]").count():
            page.locator(f"main textarea[name={name}]").fill(word)
        for choice in page.locator(f"main input[type=radio][name={name}][value='{word}']").all():
            choice.check()
    _point(page, shoot, language)
    shoot(page, f"petition-{page.url.rpartition('/')[2]}-{language}")
    going_on = page.locator("main").locator("form button, a.govuk-button")
    (going_on.last if page.url.endswith("/papers") else going_on.first).click()
    page.wait_for_load_state()
