"""A record is kept for a time from its end on, as the charter says for its register; then its key is destroyed.

The day from which it counts is in a sealed field, so it stands beside it as well; where an enactment has named another
field, the records are read again, some at a time.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from zhengtong.charter.model import Register
from zhengtong.ledger.acts import erase_subject, record
from zhengtong.people.actor import PROGRAM
from zhengtong.people.motions import erase_motions
from zhengtong.registry import kinds
from zhengtong.registry.models import Record
from zhengtong.vault import erasures


def due(register: Register, *, before: date) -> QuerySet[Record]:
    """What ended before that day and is not erased, the oldest first."""
    ended = Record.objects.filter(register=register.id, erased_at=None, ended_on__lt=before)
    by = register.retention.after if register.retention else ""
    return ended.filter(ended_by=by).order_by("ended_on", "pk")


def read_again(register: Register, *, limit: int) -> int:
    """Take the day anew in records of before the present schedule; how many."""
    rule = register.retention
    if rule is None or not rule.after:
        return 0
    old = Record.objects.filter(register=register.id, erased_at=None).exclude(ended_by=rule.after)
    rows = list(old.order_by("pk")[:limit])
    for each in rows:
        each.take_end(register)
    Record.objects.bulk_update(rows, ["ended_by", "ended_on"])
    return len(rows)


@transaction.atomic
def erase_record(*, kept: Record, basis: Sequence[str], now: datetime) -> None:
    """Erase a record, what was put right in it, and what was proposed of it. The empty row stays, under no number."""
    kept = Record.objects.select_for_update().get(pk=kept.pk)
    if kept.erased_at is not None:
        return
    subject = kept.sealed_for
    erase_subject(subject, by=PROGRAM, now=now, basis=basis)
    erase_motions(about=subject, basis=basis, now=now)
    rest = {"key": subject, "representative": "", "ended_on": None, "erased_at": now}
    Record.objects.filter(pk=kept.pk).update(**rest)
    told = {"register": kept.register}
    record(kind=kinds.RECORD_ENDED, subject=subject, by=PROGRAM, now=now, basis=list(basis), particulars=told)
    erasures.note(subject=subject, basis=basis, now=now)


def record_with(handle: str) -> Record | None:
    """The record that the list of erasures names, if it is there and not erased."""
    return Record.objects.filter(handle=handle, erased_at=None).first()
