"""An officer stands aside from a case (回避): what the program cannot know, the officer says."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases import kinds
from zhengtong.cases.authority import require_task
from zhengtong.cases.errors import NoReason
from zhengtong.cases.locks import open_task
from zhengtong.cases.models import Recusal, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor


@transaction.atomic
def stand_aside(*, task: Task, reason: str, by: Actor, now: datetime) -> Recusal:
    """Take no more part in the case, or in the joint case that it belongs to; the step waits for a colleague."""
    task = open_task(task.pk)
    power = require_task(task, by=by, now=now)
    if not reason.strip() or by.person is None:
        raise NoReason
    case = task.case.parent or task.case
    recusal = Recusal.objects.create(case=case, person=by.person, reason=reason, at=now)
    Task.objects.filter(case__in=[case, *case.parts.all()], officer=by.person, status=Task.Status.OPEN).update(
        officer=None
    )
    record(kind=kinds.STOOD_ASIDE, subject=task.case.number, by=by, power=power, reason=reason, now=now)
    return recusal
