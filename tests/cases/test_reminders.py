"""Before the deadline the post is reminded, after it the post above is told; each once."""

from datetime import datetime, time, timedelta

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.authority import superior
from zhengtong.cases.models import Reminder
from zhengtong.ledger.models import Act


@pytest.fixture
def step(cast, monday):
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    return task(part(case, "food-licence"), "examine")


def on(day, monday) -> datetime:
    return datetime.combine(day, time(9), monday.tzinfo)


def kinds_of(step) -> list[str]:
    found = Act.objects.filter(subject=step.case.number, kind__in=["case.reminded", "case.escalated"])
    return list(found.order_by("pk").values_list("kind", flat=True))


def test_nothing_is_said_while_there_is_time(cast, monday):
    case = apply(cast, now=monday)
    acts.remind_due(now=monday)
    assert not Reminder.objects.filter(task__case=case).exists()


def test_the_post_is_reminded_once_on_the_last_days(step, monday):
    for _ in range(2):
        acts.remind_due(now=on(step.due_on, monday))
    told = Reminder.objects.get(task=step)
    assert (told.kind, told.post) == ("soon", step.post)
    assert kinds_of(step) == ["case.reminded"]


def test_what_is_late_goes_to_the_post_above_once(step, monday):
    acts.remind_due(now=on(step.due_on, monday))
    for days in (1, 2):
        acts.remind_due(now=on(step.due_on + timedelta(days=days), monday))
    assert Reminder.objects.get(task=step, kind="late").post == "heping-market/head"
    assert kinds_of(step) == ["case.reminded", "case.escalated"]


def test_a_step_whose_clock_stands_still_is_not_late(step, cast, monday):
    acts.request_correction(task=step, items=[{"what": "平面图"}], by=cast.licensing, now=monday)
    acts.remind_due(now=on(step.due_on + timedelta(days=9), monday))
    assert not Reminder.objects.filter(task=step).exists()


def test_above_the_head_is_the_office_above_and_at_last_the_supervisor(step, monday):
    case = step.case
    assert superior(case, "heping-market/head", now=monday) == "market-bureau/head"
    assert superior(case, "supervision-office/duty", now=monday) == "city-government/mayor"
    assert superior(case, "city-government/mayor", now=monday) == "supervision-office/duty"
