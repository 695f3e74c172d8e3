"""A charter is put in force: an official act like any other. New cases follow it from its day, running ones do not."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from zhengtong.cases import clock, kinds
from zhengtong.cases.law import today
from zhengtong.cases.models import Case
from zhengtong.charter.acts import files_of, lay, store
from zhengtong.charter.errors import NothingInForce
from zhengtong.charter.models import Enactment, LaidCharter
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.acts import record
from zhengtong.ledger.succession import own_keys
from zhengtong.ledger.suite import suite
from zhengtong.people import motions
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.errors import MotionIsStale, NeedsTwo
from zhengtong.people.models import Motion
from zhengtong.people.wording import VERBS

ENACT = "enact"


@transaction.atomic
def enact(*, files: Mapping[str, bytes], on: date, by: Actor, now: datetime, note: str = "") -> Enactment:
    """Put a charter in force from `on`; raises `CharterFaults` and then changes nothing.

    NeedsTwo where the charter in force has two officers enact: then it is laid before them, and they propose and
    confirm. OtherSuite if it wants the ledger to be of another suite than the one it is of; NodeIsThisOne if what
    it calls another node has this one's key.
    """
    if needs_two(now=now):
        raise NeedsTwo(act=VERBS[ENACT])
    return put_in_force(files=files, on=on, by=by, now=now, note=note)


def needs_two(*, now: datetime) -> bool:
    """Whether the charter in force has a second officer confirm what one proposes to enact. The first needs nobody."""
    try:
        charter = in_force_at(now).charter
    except NothingInForce:
        return False
    return motions.demanded(charter, ENACT, on=today(now)) is not None


@transaction.atomic
def put_in_force(
    *, files: Mapping[str, bytes], on: date, by: Actor, now: datetime, note: str = "", power: str = ""
) -> Enactment:
    """The same for a caller who has seen to who may: the founding of a city, and what two officers confirmed."""
    enactment = store(files, on=on, now=now, by=by.handle, note=note, suite=suite().name, own=own_keys())
    record(
        kind=kinds.CHARTER_ENACTED,
        subject="charter",
        by=by,
        power=power,
        now=now,
        reason=note,
        particulars={"number": enactment.number, "digest": enactment.digest, "from": on.isoformat()},
    )
    return enactment


@transaction.atomic
def lay_charter(*, files: Mapping[str, bytes], on: date, by: Actor, now: datetime, note: str = "") -> LaidCharter:
    """Check a charter and lay it before the officers who may enact; refusals as in `enact`."""
    laid = lay(files, on=on, now=now, note=note, suite=suite().name, own=own_keys())
    told = {"digest": laid.digest, "from": on.isoformat()}
    record(kind=kinds.CHARTER_LAID, subject="charter", by=by, now=now, reason=note, particulars=told)
    return laid


@transaction.atomic
def propose_enactment(*, laid: LaidCharter, reason: str, by: Actor, now: datetime) -> Motion:
    """One officer proposes to put a laid charter in force after the one that is the last now."""
    content = {"laid": laid.pk, "digest": laid.digest, "on": laid.on.isoformat(), "after": _last()}
    charter = in_force_at(now).charter
    return motions.propose(charter=charter, act=ENACT, content=content, reason=reason, by=by, now=now)


@transaction.atomic
def confirm_enactment(*, motion: Motion, by: Actor, now: datetime) -> Enactment:
    """Another confirms, and it is in force: from the day that was proposed, and never from one that has passed."""
    motion, power = motions.confirm(motion, charter=in_force_at(now).charter, by=by, now=now)
    content = motion.content
    laid = LaidCharter.objects.get(pk=content["laid"])
    if content["after"] != _last() or content["digest"] != laid.digest:
        raise MotionIsStale
    on = max(date.fromisoformat(content["on"]), today(now))
    made = put_in_force(files=files_of(laid), on=on, by=by, now=now, note=content["reason"], power=power)
    recompute_clocks(by=PROGRAM, now=now)
    return made


def _last() -> int:
    return Enactment.objects.order_by("-number").values_list("number", flat=True).first() or 0


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
