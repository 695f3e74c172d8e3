"""A crash at any statement of an act leaves the state before it or after it, never between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from tests.restaurant import apply, do, papers, part, task
from zhengtong.cases import acts
from zhengtong.cases.acts.timers import fire
from zhengtong.cases.models import Case, Stop, Timer
from zhengtong.charter.queries import in_force
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM


class PowerCut(BaseException):
    """Nothing of ours catches it, as nothing catches a power cut."""


_FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")  # marks of the transaction, which change nothing themselves


@contextmanager
def cut_at(statement: int) -> Iterator[list[str]]:
    """Cut the power at the n-th statement (from 0); yields what has been executed."""
    done: list[str] = []

    def guard(execute, sql, params, many, context):
        if not sql.startswith(_FRAME):
            if len(done) == statement:
                raise PowerCut
            done.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield done


def state() -> dict[str, list]:
    """Every row of every table of ours."""
    ours = ("cases", "people", "registry", "ledger", "charter", "vault")
    return {
        model._meta.db_table: sorted(model._base_manager.values_list(), key=str)
        for model in apps.get_models()
        if model._meta.app_label in ours
    }


def statements(act: Callable[[], object]) -> int:
    """How many statements the act takes, tried and thrown away."""
    with transaction.atomic(), cut_at(-1) as done:
        act()
        transaction.set_rollback(True)
    return len(done)


def never_between(act: Callable[[], object], *, most: int = 40) -> None:
    """Cut it at every statement (at `most` evenly chosen ones of a long act), then let it through."""
    before = state()
    statements(act)  # once to warm what is remembered between acts
    length = statements(act)
    assert length > 3
    assert state() == before
    points = sorted({round(at * (length - 1) / (most - 1)) for at in range(most)}) if length > most else range(length)
    for point in points:
        with pytest.raises(PowerCut), cut_at(point):
            act()
        assert state() == before, f"something stayed behind at statement {point}"
    act()
    assert state() != before


@pytest.fixture
def joint(cast, monday):
    return apply(cast, now=monday)


@pytest.fixture
def food(joint, cast, monday):
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    return part(joint, "food-licence")


def test_filing(cast, monday):
    never_between(lambda: apply(cast, now=monday))


def test_acceptance(joint, cast, monday):
    never_between(lambda: do(joint, "accept", "accepted", by=cast.window, now=monday))


def test_a_decision(food, cast, monday):
    do(food, "examine", "unsatisfied", by=cast.licensing, now=monday)
    told = {"reasons": "操作间与布局不符", "basis": ["food-safety-law/35"]}
    never_between(lambda: do(food, "decide", "refused", by=cast.licensing, now=monday, **told))


def test_a_timer(joint, monday):
    never_between(lambda: acts.fire_due(now=monday + timedelta(days=8)))


def test_a_hand_over(food, cast, monday):
    step = task(food, "examine")
    never_between(
        lambda: acts.hand_over(
            task=step, to_post="urban-management/signs", reason="不属于我处", by=cast.licensing, now=monday
        )
    )


def test_an_answer_to_a_correction(joint, cast, monday):
    acts.request_correction(
        task=task(joint, "accept"), items=[{"what": "平面图", "why": "看不清"}], by=cast.window, now=monday
    )
    stop = Stop.objects.get()
    later = monday + timedelta(days=1)
    never_between(
        lambda: acts.answer_correction(
            stop=stop, by=cast.lin_yue, note="已重画", documents=papers("floor-plan"), now=later
        )
    )


def test_a_withdrawal(food, cast, monday):
    never_between(lambda: acts.withdraw(case=food.parent, reason="不开了", by=cast.lin_yue, now=monday))


def test_an_enactment(cast, monday):
    files = dict(in_force(monday.date()).charter.files)
    files["themes.yaml"] += b"\n"
    never_between(lambda: acts.put_in_force(files=files, on=monday.date(), by=PROGRAM, now=monday), most=12)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # PostgreSQL's cursor dies in the cut
def test_the_clocks_anew(food, monday):
    never_between(lambda: acts.recompute_clocks(by=PROGRAM, now=monday))


def test_a_timer_that_is_late_fires_once(joint, monday):
    late = monday + timedelta(days=60)
    assert acts.fire_due(now=late) == 1
    assert acts.fire_due(now=late) == 0
    assert Act.objects.filter(kind="case.timer.fired", subject=joint.number).count() == 1


def test_a_second_worker_that_saw_the_same_timer_does_not_fire_it(joint, monday):
    late = monday + timedelta(days=8)
    seen = Timer.objects.get(ended_at__isnull=True, fire_at__lte=late).pk
    assert fire(seen, now=late)
    assert not fire(seen, now=late)
    assert Case.objects.get(pk=joint.pk).parts.count() == len({each.procedure for each in joint.parts.all()})


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "postgres" not in str(settings.DATABASES["default"]["ENGINE"]), reason="SQLite in memory is one connection's"
)
def test_two_workers_at_the_same_moment_fire_it_once(cast, monday):
    joint = apply(cast, now=monday)
    late = monday + timedelta(days=8)
    fired: list[int] = []

    def work() -> None:
        fired.append(acts.fire_due(now=late))
        connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(fired) == 1
    assert Act.objects.filter(kind="case.timer.fired", subject=joint.number).count() == 1
