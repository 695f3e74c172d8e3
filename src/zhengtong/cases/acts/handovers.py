"""No passing the buck: a hand-over needs a reason, the other must take it, the third pass goes to the supervisor."""

from datetime import date, datetime

from django.db import transaction

from zhengtong.cases import kinds, letters
from zhengtong.cases.assignment import give_to_somebody
from zhengtong.cases.authority import (
    checked_post,
    competent_posts,
    require,
    require_task,
    superior,
)
from zhengtong.cases.errors import NotYourTask
from zhengtong.cases.handover_errors import (
    ContestedAlready,
    HandoverNeedsReason,
    HandoverNotOpen,
    NamesNobody,
    NotCompetent,
    SamePost,
)
from zhengtong.cases.law import calendar_on, charter_of, day_of, routing, today
from zhengtong.cases.locks import locked, open_task
from zhengtong.cases.models import PASSES_ALLOWED, Case, Handover, Task
from zhengtong.cases.work import responsible_post
from zhengtong.charter.model import Routing
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.permissions import require_any


@transaction.atomic
def hand_over(*, task: Task, to_post: str, reason: str, by: Actor, now: datetime) -> Handover:
    """Offer a step to another post; until it is taken it stays here. The third offer in a case is raised instead."""
    task = open_task(task.pk)
    power = require_task(task, by=by, now=now)
    checked_post(task.case, to_post)
    if not reason.strip():
        raise HandoverNeedsReason
    if to_post == task.post:
        raise SamePost
    declared = routing(task.case)
    if declared and to_post not in competent_posts(task, now=now):
        raise NotCompetent(post=to_post)
    if by.person is None or task.handovers.filter(status=Handover.Status.OFFERED).exists():
        raise HandoverNotOpen
    number = 1 + task.case.handovers.count()
    raised = number > PASSES_ALLOWED
    handover = Handover.objects.create(
        case=task.case,
        number=number,
        task=task,
        from_post=task.post,
        to_post=_supervisor(task.case, now) if raised else to_post,
        reason=reason,
        offered_by=by.person,
        offered_at=now,
        status=Handover.Status.TO_SUPERVISOR if raised else Handover.Status.OFFERED,
        answer_until=_last_day(task.case, declared, now=now),
        answered_at=now if raised else None,
    )
    record(
        kind=kinds.HANDOVER_OFFERED,
        subject=task.case.number,
        by=by,
        power=power,
        reason=reason,
        particulars={"to": to_post},
        now=now,
    )
    if raised:
        _move(task, handover.to_post, now=now)
        record(kind=kinds.HANDOVER_RAISED, subject=task.case.number, by=PROGRAM, now=now)
    return handover


@transaction.atomic
def take(*, handover: Handover, by: Actor, now: datetime) -> Task:
    """Accept an offered step; the taking post must have the power for it."""
    handover, task = _offered(handover, by)
    power = require(task.case, by=by, act=task.act, now=now)
    handover.status, handover.answered_at = Handover.Status.TAKEN, now
    handover.save(update_fields=["status", "answered_at"])
    _move(task, by.post, now=now)
    record(kind=kinds.HANDOVER_TAKEN, subject=task.case.number, by=by, power=power, now=now)
    letters.write(task.case, "handed-over", now=now)
    return task


@transaction.atomic
def decline(*, handover: Handover, answer: str, competent: str, by: Actor, now: datetime) -> Handover:
    """Refuse an offered step, saying why, and which post is competent instead."""
    handover, task = _offered(handover, by)
    charter = charter_of(task.case)
    power = require_any(charter, by=by, on=day_of(now, charter))
    if not answer.strip():
        raise HandoverNeedsReason
    _require_contestable(handover, on=day_of(now, charter))
    if competent == by.post or competent not in competent_posts(task, now=now):
        raise NamesNobody(post=competent or "–")
    handover.status, handover.answer, handover.answered_at = Handover.Status.DECLINED, answer, now
    handover.competent = competent
    handover.save(update_fields=["status", "answer", "competent", "answered_at"])
    record(
        kind=kinds.HANDOVER_DECLINED,
        subject=task.case.number,
        by=by,
        power=power,
        reason=answer,
        particulars={"competent": competent},
        now=now,
    )
    return handover


def _require_contestable(handover: Handover, *, on: date) -> None:
    """A case that was sent on is contested once by a post, within the days that the charter gives."""
    until = handover.answer_until
    before = handover.case.handovers.filter(to_post=handover.to_post, status=Handover.Status.DECLINED)
    if until is not None and (on > until or before.exists()):
        raise ContestedAlready(until=until)


def take_uncontested(*, now: datetime, limit: int = 100) -> int:
    """Who was sent a case and did not contest that in time has taken it. The worker's; returns how many."""
    offered = Handover.objects.filter(status=Handover.Status.OFFERED, answer_until__lt=today(now))
    found = list(offered.order_by("answer_until", "pk").values_list("pk", flat=True)[:limit])
    return sum(_take_by_silence(pk, now=now) for pk in found)


@transaction.atomic
def _take_by_silence(pk: int, *, now: datetime) -> bool:
    case = locked(Handover.objects.values_list("case_id", flat=True).get(pk=pk))
    handover = Handover.objects.select_related("task").get(pk=pk)
    if handover.status != Handover.Status.OFFERED:
        return False
    task = handover.task
    task.case = case
    handover.status, handover.answered_at = Handover.Status.TAKEN, now
    handover.save(update_fields=["status", "answered_at"])
    _move(task, handover.to_post, now=now)
    declared = routing(case)
    record(
        kind=kinds.HANDOVER_BY_SILENCE,
        subject=case.number,
        by=PROGRAM,
        basis=declared.legal_basis if declared else (),
        particulars={"to": handover.to_post, "until": handover.answer_until},
        now=now,
    )
    letters.write(case, "handed-over", now=now)
    return True


def _last_day(case: Case, declared: Routing | None, *, now: datetime) -> date | None:
    if declared is None:
        return None
    limit = Limit.parse(declared.contest_within)
    return due_on(start=day_of(now, charter_of(case)), limit=limit, calendar=calendar_on(now))


@transaction.atomic
def assign(*, task: Task, to_post: str, reason: str, by: Actor, now: datetime) -> Task:
    """The supervisor says whose it is; that post has to take it."""
    task = open_task(task.pk)
    power = require(task.case, by=by, act="supervise", now=now)
    checked_post(task.case, to_post)
    if not reason.strip():
        raise HandoverNeedsReason
    task.handovers.filter(status=Handover.Status.OFFERED).update(status=Handover.Status.LAPSED, answered_at=now)
    _move(task, to_post, now=now)
    record(
        kind=kinds.ASSIGNED,
        subject=task.case.number,
        by=by,
        power=power,
        reason=reason,
        particulars={"to": to_post},
        now=now,
    )
    letters.write(task.case, "handed-over", now=now)
    return task


@transaction.atomic
def hand_back(*, task: Task, reason: str, by: Actor, now: datetime) -> Task:
    """Whoever has a step within the post leaves it to the next colleague, and says why; the post stays responsible."""
    task = open_task(task.pk)
    power = require_task(task, by=by, now=now)
    if by.person is None or task.officer_id != by.person.pk:
        raise NotYourTask
    if not reason.strip():
        raise HandoverNeedsReason
    task.officer, task.chosen_by = None, None
    task.save(update_fields=["officer", "chosen_by"])
    told = {"step": task.node}
    record(
        kind=kinds.TASK_HANDED_BACK,
        subject=task.case.number,
        by=by,
        power=power,
        reason=reason,
        particulars=told,
        now=now,
    )
    give_to_somebody(task, now=now, but=[by.person.pk])
    return task


def _offered(handover: Handover, by: Actor) -> tuple[Handover, Task]:
    case_id = Handover.objects.values_list("task__case_id", flat=True).get(pk=handover.pk)
    case = locked(case_id)
    handover = Handover.objects.select_related("task").get(pk=handover.pk)
    if handover.status != Handover.Status.OFFERED or handover.to_post != by.post:
        raise HandoverNotOpen
    handover.task.case = case
    return handover, handover.task


def _move(task: Task, post: str, *, now: datetime) -> None:
    """The step changes desks, and the case its responsible post."""
    task.post, task.officer, task.chosen_by = post, None, None
    task.save(update_fields=["post", "officer", "chosen_by"])
    give_to_somebody(task, now=now)
    task.case.post = responsible_post(task.case)
    task.case.save(update_fields=["post"])


def _supervisor(case: Case, now: datetime) -> str:
    charter = charter_of(case)
    post = charter.competent(charter.head.supervisor, case.region, day_of(now, charter))
    return superior(case, post, now=now) if case.keeps_out(post) else post
