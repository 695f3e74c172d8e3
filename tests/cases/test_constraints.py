"""What the database itself refuses, whoever writes it with SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Reminder


@pytest.fixture
def food(cast, monday):
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    return part(case, "food-licence")


@pytest.fixture
def offer(food, cast, monday):
    return acts.hand_over(
        task=task(food, "examine"), to_post="market-bureau/licensing", reason="属于市局", by=cast.licensing, now=monday
    )


def refused(sql: str, *values: object) -> None:
    """The statement is refused; without the constraint it would touch a row."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0
        connection.check_constraints()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases_case SET post = '' WHERE id = %s",
        "UPDATE cases_case SET status = 'closed' WHERE id = %s",
        "UPDATE cases_task SET post = '' WHERE case_id = %s AND status = 'open'",
        "UPDATE cases_task SET status = 'done' WHERE case_id = %s AND status = 'open'",
    ],
)
def test_an_open_case_has_one_responsible_post_and_an_open_step_has_one(food, change):
    refused(change, food.pk)


@pytest.mark.parametrize(
    "change",
    [
        "SET reason = ''",
        "SET number = 3",
        "SET status = 'declined', answered_at = offered_at",
        "SET status = 'declined', answered_at = offered_at, answer = 'no', competent = to_post",
        "SET status = 'taken'",
        "SET answered_at = offered_at",
    ],
)
def test_a_hand_over_has_a_reason_an_answer_and_a_place_in_the_count(offer, change):
    refused(f"UPDATE cases_handover {change} WHERE id = %s", offer.pk)


def test_a_second_hand_over_of_the_same_count_or_of_a_step_that_waits_cannot_be(offer):
    columns = "case_id, task_id, from_post, to_post, reason, offered_by_id, offered_at, status, answer, competent"
    for number in (1, 2):
        refused(
            f"INSERT INTO cases_handover (number, {columns}) SELECT %s, {columns} FROM cases_handover WHERE id = %s",
            number,
            offer.pk,
        )


def test_nobody_is_reminded_twice_of_the_same(food, monday):
    step = task(food, "examine")
    Reminder.objects.create(task=step, kind="soon", post=step.post, at=monday)
    refused(
        "INSERT INTO cases_reminder (task_id, kind, post, at) SELECT task_id, kind, post, at FROM cases_reminder "
        "WHERE task_id = %s",
        step.pk,
    )
