"""What happens by itself when a limit has passed: late rather than never, and once."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases import kinds
from zhengtong.cases.drive import step
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Timer
from zhengtong.engines import process
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM


def fire_due(*, now: datetime, limit: int = 100) -> int:
    """Fire the timers whose moment has come, each in a transaction of its own; returns how many."""
    due = Timer.objects.filter(ended_at__isnull=True, fire_at__lte=now).order_by("fire_at", "pk")
    return sum(fire(timer_id, now=now) for timer_id in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def fire(timer_id: int, *, now: datetime) -> bool:
    """Fire one, unless another worker or an officer was first: whatever is read before the lock is read again."""
    case = locked(Timer.objects.values_list("case_id", flat=True).get(pk=timer_id))
    timer = Timer.objects.get(pk=timer_id)
    if timer.ended_at is not None or timer.fire_at is None or timer.fire_at > now:
        return False
    timer.ended_at = now
    timer.save(update_fields=["ended_at"])
    record(
        kind=kinds.TIMER_FIRED,
        subject=case.number,
        by=PROGRAM,
        now=now,
        particulars={"step": timer.node, "limit": timer.limit},
    )
    step(case, process.TimerFired(timer.key), now=now)
    return True
