"""Whom a service served answers on a telephone without scripts, and everybody reads how it came out."""

from datetime import timedelta

import pytest

from tests.agora.test_satisfaction import ended, opened, served
from tests.cast import person_called
from tests.rounds import Rounds
from zhengtong.cases.models import Letter
from zhengtong.faces.shared import clock
from zhengtong.people.actor import Actor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_survey_is_answered_read_and_answered_by_the_office(visit, axe, shoot, cast, settings, language):
    rounds = Rounds(cast, clock.now())
    people = served(cast, rounds.now - timedelta(days=1), 6)
    survey = opened(rounds)
    lin = Actor(person_called("林悦"))
    assert lin.person in [each.person for each in people]
    page = visit("lin-yue", language=language, width=320, scripts=False)
    page.goto(f"/take-part/{survey.case.number}/voice")
    page.locator("main button[name=do][value=get]").click()
    page.goto(f"/take-part/{survey.case.number}/survey/questions")
    for answer in ("dissatisfied", "time", "alone"):
        page.locator(f"input[name=answer][value={answer}]").check()
        page.locator("main form button").last.click()
        page.wait_for_load_state()
    others = [each for each in people if each.person != lin.person]
    over = ended(rounds, survey, others, ["satisfied"] * 3 + ["dissatisfied"])
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()

    office = visit("lu-yao", language=language)
    task = over.case.tasks.get(status="open")
    office.goto(f"/desk/city-government/participation/tasks/{task.pk}")
    office.locator("input[name=output][value=noted]").check()
    office.locator("#reasons").fill("已知悉 noted")
    office.locator("form[action$=complete] button").click()
    office.wait_for_load_state()
    assert "40" in office.locator(".govuk-error-summary, .govuk-inset-text, main").first.inner_text()
    office.locator("input[name=output][value=measures]").check()
    office.locator("#reasons").fill("五月底前增设窗口 one more window by the end of May")
    office.locator("form[action$=complete] button").click()
    office.wait_for_load_state()

    reader = visit(language=language, width=320)
    for path in ("/services/complaint", f"/take-part/{over.case.number}/"):
        reader.goto(path)
        assert "one more window by the end of May" in reader.locator("main").inner_text()
        axe(reader)
    shoot(reader, f"satisfaction-{language}")
    own = visit("lin-yue", language=language, width=320)
    own.goto(f"/cases/{Letter.objects.get(name='survey', recipient=lin.person).case.number}")
    own.locator("section[aria-labelledby=list-1] summary").click()
    axe(own)
    assert "sha256sum" in own.locator("section[aria-labelledby=list-1] code").inner_text()
    shoot(own, f"on-the-list-{language}")
