"""A record is stored and kept safe, and nothing else: where it has to be kept, or cannot be erased yet (PIPL art. 47).

The person asks for it in a case, and lifts it alone. The office that owns the register orders it, one officer at once;
two lift it again. With its last day it ends by itself. What the law keeps open has to say so: an agreement that names
the law reads on. The owner still puts a record right, as the law of the register demands.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people import motions
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Motion, Person
from zhengtong.registry import kinds
from zhengtong.registry.corrections import not_concerned, owned, person_of, record_of
from zhengtong.registry.errors import NoSuchRestriction, NotToBeRestricted
from zhengtong.registry.models import Record, Restriction
from zhengtong.registry.subjects import index_of_person

RESTRICT = "restrict"
NO_LAW = text("章程没有规定", "the charter does not know it")
NO_REASON = text("没有写明理由", "no reason is given")
PAST = text("截止日期已过", "its last day has passed")
ALREADY = text("已经停止处理", "it is stopped already")


@transaction.atomic
def restrict(
    *, register: str, key: str, reason: str, by: Actor, now: datetime, until: date | None = None
) -> Restriction:
    """The register's owner orders it, at once. NotTheOwner, NoRecord, NotToBeRestricted, ConcernsYou, NoOfficePower."""
    charter = in_force_at(now).charter
    on = timezone.localdate(now)
    declared = owned(charter, register, by)
    power = motions.power_to(charter, by=by, act=RESTRICT, on=on)
    kept = record_of(charter, declared, key)
    not_concerned(charter, kept, by)
    if not reason.strip():
        raise NotToBeRestricted(why=NO_REASON)
    if until is not None and until < on:
        raise NotToBeRestricted(why=PAST)
    if in_force(on).filter(record=kept, asked_in="").exists():
        raise NotToBeRestricted(why=ALREADY)
    return _begin(charter, declared, kept, reason=reason.strip()[:2000], until=until, by=by, power=power, now=now)


@transaction.atomic
def restrict_own(*, person: Person, case: str, basis: Sequence[str], now: datetime) -> int:
    """What the office has granted in the person's case: their records in all registers of persons; how many."""
    charter, on = in_force_at(now).charter, timezone.localdate(now)
    theirs = [each.id for each in charter.registers.values() if each.subject == "person"]
    key = index_of_person(person)
    found = Record.objects.select_for_update().filter(register__in=theirs, key=key) if key else Record.objects.none()
    done = 0
    for kept in found.order_by("pk"):
        if not in_force(on).filter(record=kept).exclude(asked_in="").exists():
            declared = charter.registers[kept.register]
            _begin(charter, declared, kept, case=case, by=PROGRAM, power="", basis=basis, now=now)
            done += 1
    return done


@transaction.atomic
def lift_own(*, restriction_id: int, by: Actor, now: datetime) -> Restriction:
    """Whoever asked for it wants the record to be used again. NoSuchRestriction."""
    own = index_of_person(by.person) if by.person and not by.post else ""
    found = _open(restriction_id, now=now)
    if not own or found.record.key != own or not found.asked_in:
        raise NoSuchRestriction
    return _lift(found, why="", by=by, power="", now=now)


@transaction.atomic
def propose_lifting(*, restriction_id: int, reason: str, by: Actor, now: datetime) -> Motion:
    """One officer of the owner proposes to lift what the office ordered."""
    charter = in_force_at(now).charter
    found = _open(restriction_id, now=now)
    declared = owned(charter, found.record.register, by)
    if found.asked_in:
        raise NoSuchRestriction
    not_concerned(charter, found.record, by)
    content = {"register": declared.id, "restriction": found.pk, "why": found.reason}
    whom, about = person_of(declared, found.record), found.record.sealed_for
    return motions.propose(
        charter=charter, act=RESTRICT, content=content, reason=reason, by=by, now=now, concerns=whom, about=about
    )


@transaction.atomic
def confirm_lifting(*, motion: Motion, by: Actor, now: datetime) -> Restriction:
    """Another officer confirms it, and the record is used again."""
    charter = in_force_at(now).charter
    owned(charter, motion.content["register"], by)
    found = _open(motion.content["restriction"], now=now)
    not_concerned(charter, found.record, by)
    motion, power = motions.confirm(motion, charter=charter, by=by, now=now)
    return _lift(found, why=motion.content["reason"], by=by, power=power, now=now)


def in_force(on: date) -> QuerySet[Restriction]:
    """Those that hold on the day."""
    return Restriction.objects.filter(Q(until=None) | Q(until__gte=on), lifted_at=None)


def restrictions_of(person: Person, *, on: date) -> list[Restriction]:
    """Those in force over a person's records, for that person alone."""
    key = index_of_person(person)
    found = in_force(on).filter(record__key=key) if key else Restriction.objects.none()
    return list(found.select_related("record").order_by("pk"))


def restrictions_in(registers: Sequence[str], *, on: date) -> list[Restriction]:
    """What offices ordered over records of these registers, for their owner."""
    found = in_force(on).filter(record__register__in=registers, asked_in="")
    return list(found.select_related("record").order_by("-begun_at", "-pk")[:100])


def _begin(
    charter: Charter,
    declared: Register,
    kept: Record,
    *,
    by: Actor,
    power: str,
    now: datetime,
    reason: str = "",
    until: date | None = None,
    case: str = "",
    basis: Sequence[str] = (),
) -> Restriction:
    over = Restriction.objects.filter(record=kept, lifted_at=None, until__lt=timezone.localdate(now))
    over.update(lifted_at=now)
    law = list(basis) or (list(charter.privacy.restriction_basis) if charter.privacy else [])
    if not law:
        raise NotToBeRestricted(why=NO_LAW)
    made = Restriction.objects.create(
        record=kept,
        asked_in=case,
        reason=reason,
        legal_basis=law,
        by=by.person,
        post=by.post,
        begun_at=now,
        until=until,
    )
    Record.objects.filter(pk=kept.pk).update(restricted=True)
    told = {"register": declared.id, "case": case, "until": until}
    whom = person_of(declared, kept)
    record(
        kind=kinds.RESTRICTED,
        subject=kept.sealed_for,
        person=str(whom.handle) if whom else "",
        by=by,
        power=power,
        basis=law,
        reason=reason,
        particulars=told,
        now=now,
    )
    return made


def _open(restriction_id: int, *, now: datetime) -> Restriction:
    found = in_force(timezone.localdate(now)).filter(pk=restriction_id).select_related("record").first()
    if found is None:
        raise NoSuchRestriction
    Record.objects.select_for_update().get(pk=found.record_id)
    return found


def _lift(found: Restriction, *, why: str, by: Actor, power: str, now: datetime) -> Restriction:
    found.lifted_at, found.lifted_why = now, why
    found.save(update_fields=["lifted_at", "lifted_why"])
    left = in_force(timezone.localdate(now)).filter(record=found.record_id).exists()
    Record.objects.filter(pk=found.record_id).update(restricted=left)
    told = {"register": found.record.register, "case": found.asked_in}
    record(
        kind=kinds.RESTRICTION_LIFTED,
        subject=found.record.sealed_for,
        by=by,
        power=power,
        basis=list(found.legal_basis),
        reason=why,
        particulars=told,
        now=now,
    )
    return found
