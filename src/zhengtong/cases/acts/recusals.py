"""Standing aside (回避): an officer says so; or a party asks for it, and somebody who supervises decides."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from zhengtong.cases import kinds, letters
from zhengtong.cases.aside import exclude
from zhengtong.cases.authority import allowed, require
from zhengtong.cases.authority import superior as post_above
from zhengtong.cases.errors import NoReason, NoRecusal, NoSuchCase, NoSuchRequest, NotYourTask
from zhengtong.cases.law import calendar_on, charter_of, day_of
from zhengtong.cases.locks import locked, open_case, open_task
from zhengtong.cases.models import PARTY, Case, Ground, Recusal, RecusalRequest, Task
from zhengtong.charter.model.government import Recusal as RecusalRule
from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.errors import ConcernsYou
from zhengtong.people.permissions import require_power

NO_LAW = text("章程所引法律没有规定", "the law of this charter does not provide for it")
NOBODY = text("这个环节还没有工作人员领取", "no officer has taken the step up yet")
STANDS_ASIDE = text("该工作人员回避，由他人办理", "the officer stands aside, and somebody else goes on")
GOES_ON = text("不予回避，该工作人员继续办理", "the officer goes on")
ASKED = text("您已经申请过该工作人员回避", "you have asked for this officer before")


@transaction.atomic
def stand_aside(*, task: Task, reason: str, by: Actor, now: datetime, ground: str = Ground.OTHER) -> Recusal:
    """Take no more part in the case, or in the joint case that it belongs to; the step goes to somebody else.

    A conflict of interest that the registers know is no hindrance: it is the very reason.
    """
    task = open_task(task.pk)
    case, charter = task.case, charter_of(task.case)
    if task.post != by.post:
        raise NotYourTask
    power = require_power(
        charter, by=by, act=task.act, procedure=case.procedure, region=case.region, on=day_of(now, charter)
    )
    if not reason.strip() or by.person is None or ground not in Ground.values:
        raise NoReason
    recusal = exclude(case.parent or case, by.person, ground=ground, reason=reason, now=now)
    record(
        kind=kinds.STOOD_ASIDE,
        subject=case.number,
        by=by,
        power=power,
        reason=reason,
        particulars={"ground": ground},
        now=now,
    )
    return recusal


@transaction.atomic
def ask_recusal(*, task: Task, ground: str, reason: str, by: Actor, now: datetime) -> RecusalRequest:
    """A party asks that the officer who has a step of its case stands aside. The case goes on until it is decided."""
    case = open_case(task.case_id)
    whole, charter = case.parent or case, charter_of(case)
    if by.person is None or "ask-recusal" not in allowed(whole, by, now=now):
        raise NoSuchCase
    rule, officer = charter.head.recusal, Task.objects.select_related("officer").get(pk=task.pk).officer
    if rule is None:
        raise NoRecusal(why=NO_LAW)
    if officer is None or task.post == PARTY:
        raise NoRecusal(why=NOBODY)
    if RecusalRequest.objects.filter(Q(case=whole) | Q(case__parent=whole), officer=officer).exists():
        raise NoRecusal(why=ASKED)
    if not reason.strip() or ground not in Ground.values:
        raise NoReason
    asked = RecusalRequest.objects.create(
        case=case,
        officer=officer,
        post=task.post,
        ground=ground,
        reason=reason.strip()[:2000],
        asked_by=by.person,
        asked_at=now,
        due_on=_due(rule, day_of(now, charter), now),
        superior=post_above(case, task.post, now=now),
    )
    record(
        kind=kinds.RECUSAL_ASKED,
        subject=case.number,
        by=by,
        basis=list(rule.legal_basis),
        particulars={"ground": ground, "post": task.post},
        now=now,
    )
    return asked


def _due(rule: RecusalRule, on: date, now: datetime) -> date:
    """No stop holds it up, so there is always a day."""
    return due_on(start=on, limit=Limit.parse(rule.limit), calendar=calendar_on(now)) or on


@transaction.atomic
def grant_recusal(*, request: RecusalRequest, answer: str, by: Actor, now: datetime) -> RecusalRequest:
    """The officer takes no more part in the case; it goes to another."""
    request, power = _decided(request, RecusalRequest.Status.GRANTED, answer, by=by, now=now)
    exclude(request.case.parent or request.case, request.officer, ground=request.ground, reason=answer, now=now)
    record(
        kind=kinds.RECUSAL_GRANTED,
        subject=request.case.number,
        by=by,
        power=power,
        reason=answer,
        basis=_law(request.case),
        particulars={"officer": str(request.officer.handle), "post": request.post},
        now=now,
    )
    _tell(request, STANDS_ASIDE, now=now)
    return request


@transaction.atomic
def reject_recusal(*, request: RecusalRequest, answer: str, by: Actor, now: datetime) -> RecusalRequest:
    """The officer goes on, for these reasons, which the party reads."""
    request, power = _decided(request, RecusalRequest.Status.REJECTED, answer, by=by, now=now)
    record(
        kind=kinds.RECUSAL_REJECTED,
        subject=request.case.number,
        by=by,
        power=power,
        reason=answer,
        basis=_law(request.case),
        particulars={"officer": str(request.officer.handle), "post": request.post},
        now=now,
    )
    _tell(request, GOES_ON, now=now)
    return request


def _tell(request: RecusalRequest, decision: Text, *, now: datetime) -> None:
    """The party reads what was decided, and why."""
    letters.write(
        request.case,
        "recusal",
        recusal_officer=str(request.officer.name),
        recusal_decision=decision,
        recusal_reasons=request.answer,
        now=now,
    )


def _decided(
    request: RecusalRequest, status: str, answer: str, *, by: Actor, now: datetime
) -> tuple[RecusalRequest, str]:
    """Fresh, with its case locked, by somebody who supervises and whom it does not concern."""
    case = locked(request.case_id)
    request = RecusalRequest.objects.select_related("officer").get(pk=request.pk)
    request.case = case
    if request.status != RecusalRequest.Status.OPEN or not case.is_open:
        raise NoSuchRequest
    if by.person is None or by.person.pk in (request.officer_id, request.asked_by_id):
        raise ConcernsYou
    power = require(case, by=by, act="supervise", now=now)
    if not answer.strip():
        raise NoReason
    request.status, request.answer, request.decided_by, request.decided_at = status, answer[:2000], by.person, now
    request.save(update_fields=["status", "answer", "decided_by", "decided_at"])
    return request, power


def _law(case: Case) -> list[str]:
    rule = charter_of(case).head.recusal
    return list(rule.legal_basis) if rule else []
