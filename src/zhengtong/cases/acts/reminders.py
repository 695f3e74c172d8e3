"""Nearly late: the post is reminded. Late: the post above is told. Each once, by the worker."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from zhengtong.cases import kinds
from zhengtong.cases.authority import superior
from zhengtong.cases.clock import WARN_WORKING_DAYS
from zhengtong.cases.law import calendar_on, today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import PARTY, Case, RecusalRequest, Reminder, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM


def remind_due(*, now: datetime, limit: int = 100) -> int:
    """Remind of what is nearly late, escalate what is late, each in a transaction of its own; returns how many."""
    day = today(now)
    soon = _unreminded(Reminder.Kind.SOON).filter(due_on__lte=calendar_on(now).after(day, WARN_WORKING_DAYS))
    late = _unreminded(Reminder.Kind.LATE).filter(due_on__lt=day)
    due = [(Reminder.Kind.LATE, late), (Reminder.Kind.SOON, soon.filter(due_on__gte=day))]
    found = [(pk, kind) for kind, tasks in due for pk in tasks.order_by("due_on", "pk").values_list("pk", flat=True)]
    return sum(_remind(pk, kind, now=now) for pk, kind in found[:limit])


def remind_of_recusals(*, now: datetime, limit: int = 100) -> int:
    """The post above is reminded of a request to stand aside that is nearly late, once."""
    last = calendar_on(now).after(today(now), WARN_WORKING_DAYS)
    waiting = RecusalRequest.objects.filter(status=RecusalRequest.Status.OPEN, reminded_at=None, due_on__lte=last)
    due = waiting.exclude(case__status=Case.Status.CLOSED).order_by("due_on", "pk").values_list("pk", flat=True)
    return sum(_remind_of_recusal(pk, now=now) for pk in due[:limit])


@transaction.atomic
def _remind_of_recusal(pk: int, *, now: datetime) -> bool:
    """Unless it was decided meanwhile, or another worker was first."""
    asked = RecusalRequest.objects.select_related("case").get(pk=pk)
    case = locked(asked.case_id)
    fresh = RecusalRequest.objects.filter(pk=pk, status=RecusalRequest.Status.OPEN, reminded_at=None)
    if not fresh.update(reminded_at=now):
        return False
    told = {"post": asked.superior, "due": asked.due_on}
    record(kind=kinds.RECUSAL_REMINDED, subject=case.number, by=PROGRAM, particulars=told, now=now)
    return True


def _unreminded(kind: Reminder.Kind) -> QuerySet[Task]:
    told = Reminder.objects.filter(task=OuterRef("pk"), kind=kind)
    return Task.objects.filter(~Exists(told), status=Task.Status.OPEN, case__stopped=False).exclude(post=PARTY)


@transaction.atomic
def _remind(task_id: int, kind: Reminder.Kind, *, now: datetime) -> bool:
    """Tell once, unless the step has ended meanwhile or another worker was first."""
    case = locked(Task.objects.values_list("case_id", flat=True).get(pk=task_id))
    task = _unreminded(kind).filter(pk=task_id).first()
    if task is None:
        return False
    soon = kind == Reminder.Kind.SOON
    post = task.post if soon else superior(case, task.post, now=now)
    Reminder.objects.create(task=task, kind=kind, post=post, at=now)
    told = {"step": task.node, "post": post, "due": task.due_on}
    record(kind=kinds.REMINDED if soon else kinds.ESCALATED, subject=case.number, by=PROGRAM, particulars=told, now=now)
    return True
