"""A charter is put in force: an official act like any other. New cases follow it from its day, running ones do not."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from zhengtong.cases import clock, kinds
from zhengtong.cases.models import Case
from zhengtong.charter.acts import store
from zhengtong.charter.models import Enactment
from zhengtong.ledger.acts import record
from zhengtong.ledger.suite import suite
from zhengtong.people.actor import Actor


@transaction.atomic
def enact(*, files: Mapping[str, bytes], on: date, by: Actor, now: datetime, note: str = "") -> Enactment:
    """Check and store a charter, in force from `on`; raises `CharterFaults` and then changes nothing.

    OtherSuite if it wants the ledger to be of another suite than the one it is of.
    """
    enactment = store(files, on=on, now=now, by=by.handle, note=note, suite=suite().name)
    record(
        kind=kinds.CHARTER_ENACTED,
        subject="charter",
        by=by,
        now=now,
        reason=note,
        particulars={"number": enactment.number, "digest": enactment.digest, "from": on.isoformat()},
    )
    return enactment


@transaction.atomic
def recompute_clocks(*, by: Actor, now: datetime) -> int:
    """Work all running deadlines out anew, since the calendar has changed; returns how many cases were open."""
    count = 0
    for case in Case.objects.exclude(status=Case.Status.CLOSED).select_related("enactment").iterator(chunk_size=500):
        clock.refresh(case, now=now)
        case.save(update_fields=["due_on", "statutory_on", "stopped"])
        count += 1
    record(kind=kinds.CLOCKS_RECOMPUTED, subject="charter", by=by, now=now, particulars={"cases": count})
    return count
