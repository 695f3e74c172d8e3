"""A step that is a special procedure stops the clock while it lasts, on the ground that the charter names."""

from datetime import date, timedelta

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.errors import NotAnInspection
from zhengtong.cases.models import Inspection
from zhengtong.openness.third_parties import ask_third_party, note_answer


@pytest.fixture
def request_for_information(cast, monday):
    return acts.file_application(
        procedure="information-request",
        person=cast.lin_yue.person,
        answers=ANSWERS,
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="info",
        now=monday,
    )


ANSWERS = {"information_description": "2025 年和平区餐饮单位量化分级结果", "information_form": "electronic"}


def test_the_time_of_a_consultation_of_third_parties_is_not_counted(request_for_information, cast, monday):
    case = request_for_information
    office = cast.officer("city-government/information")
    do(case, "search", "concerned", by=office, now=monday)
    case.refresh_from_db()
    assert case.stopped and case.statutory_on is None
    assert task(case, "consult").due_on, "the step itself has its own time"
    stop = case.stops.get(kind="consultation")
    assert stop.ground.startswith("open-information-regulation/")
    answered = {"by": office, "now": monday + timedelta(days=8)}
    asked = ask_third_party(case=case, name="老街茶馆", address="和平街 1 号", about="分级结果", by=office, now=monday)
    note_answer(third_party=asked, agrees=True, words="", **answered)
    do(case, "consult", "agrees", **answered)
    case.refresh_from_db()
    assert not case.stopped and case.statutory_on is not None


def test_a_request_that_was_made_clear_is_answered_within_twenty_days_of_that(request_for_information, cast, monday):
    """政府信息公开条例 art. 30: the time for the answer is counted from the day on which the correction came."""
    case = request_for_information
    office = cast.officer("city-government/information")
    items = [{"what": "信息名称", "why": "不明确"}]
    stop = acts.request_correction(task=task(case, "search"), items=items, by=office, now=monday)
    acts.answer_correction(stop=stop, note="2025 年的", by=cast.lin_yue, now=monday + timedelta(days=9))
    case.refresh_from_db()
    assert case.statutory_on == date(2026, 4, 9), "twenty working days after 11 March, over Qingming"


def test_an_inspection_is_arranged_for_the_step_that_inspects_and_ends_with_it(cast, monday):
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    food, inspector = part(case, "food-licence"), cast.officer("heping-market/inspection")
    told = {"at": monday + timedelta(days=2), "place": "样例路88号", "now": monday}
    with pytest.raises(NotAnInspection):
        acts.schedule_inspection(task=task(food, "examine"), by=cast.licensing, **told)
    do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    acts.schedule_inspection(task=task(food, "inspect"), by=inspector, **told)
    do(food, "inspect", "passed", by=inspector, findings="合格", now=monday + timedelta(days=2))
    held = Inspection.objects.get()
    assert (held.held_at, held.findings) == (monday + timedelta(days=2), "合格")
