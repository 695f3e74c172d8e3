"""A register is put right by the office that owns it: one officer proposes, another confirms, the person is told.

The data subject may ask for it (个人信息保护法 art. 46). Nobody corrects what is held about themselves or their kin.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.acts import record
from zhengtong.people import motions
from zhengtong.people.actor import Actor
from zhengtong.people.errors import ConcernsYou, MotionIsStale
from zhengtong.people.models import Motion, Person
from zhengtong.registry import kinds
from zhengtong.registry.errors import NoRecord, NothingToCorrect, NotTheOwner
from zhengtong.registry.models import Correction, Look, Record
from zhengtong.registry.queries import kin
from zhengtong.registry.subjects import index_of, index_of_person, key_of

CORRECT = "correct"


def correctable(charter: Charter, post: str) -> list[Register]:
    """The registers that the post's office owns."""
    office = charter.organisation_of(post).id
    return [each for each in charter.registers.values() if each.owner == office]


def concerns_register_of(charter: Charter, motion: Motion, post: str) -> bool:
    """Whether a motion is about no register, or one that the post's office owns: no other office sees it."""
    register = motion.content.get("register")
    return register is None or register in {each.id for each in correctable(charter, post)}


@transaction.atomic
def propose_correction(
    *, register: str, key: str, field: str, value: str, reason: str, by: Actor, now: datetime
) -> Motion:
    """Propose another value of one field of one record; the officer's look at the present one is kept.

    NotTheOwner, NoRecord, NothingToCorrect, ConcernsYou.
    """
    charter = in_force_at(now).charter
    declared = owned(charter, register, by)
    kept = record_of(charter, declared, key)
    if field == declared.key or declared.field(field) is None:
        raise NothingToCorrect(why=field)
    old = kept.fields.get(field)
    new = _typed(charter, declared, field, value)
    if old == new:
        raise NothingToCorrect(why=str(value))
    not_concerned(charter, kept, by)
    content = {"register": register, "key": key, "field": field, "old": old, "new": new}
    motion = motions.propose(
        charter=charter,
        act=CORRECT,
        content=content,
        reason=reason,
        by=by,
        now=now,
        concerns=person_of(declared, kept),
        about=kept.sealed_for,
    )
    power = motions.power_to(charter, by=by, act=CORRECT, on=timezone.localdate(now))
    _keep_look(declared, kept, field, by=by, power=power, now=now)
    return motion


@transaction.atomic
def confirm_correction(*, motion: Motion, by: Actor, now: datetime) -> Correction:
    """Confirm it, and write it; refused if the record says something else by now."""
    charter = in_force_at(now).charter
    content = motion.content
    declared = owned(charter, content["register"], by)
    kept = record_of(charter, declared, content["key"])
    not_concerned(charter, kept, by)
    motion, power = motions.confirm(motion, charter=charter, by=by, now=now)
    field, old, new = content["field"], content["old"], content["new"]
    if kept.fields.get(field) != old:
        raise MotionIsStale
    kept.fields, kept.updated_at = {**kept.fields, field: new}, now
    if field == declared.representative:
        kept.representative = index_of(str(new or ""))
    kept.take_end(declared)
    kept.save(update_fields=["fields", "representative", "updated_at", "ended_by", "ended_on"])
    _keep_look(declared, kept, field, by=by, power=power, now=now)
    made = Correction.objects.create(
        record=kept, field=field, told={"old": old, "new": new, "reason": content["reason"]}, post=by.post, at=now
    )
    record(
        kind=kinds.CORRECTED,
        subject=kept.sealed_for,
        by=by,
        power=power,
        basis=motion.legal_basis or declared.legal_basis,
        person=str(motion.concerns.handle) if motion.concerns else "",
        reason=content["reason"],
        particulars={"register": declared.id, "field": field, "proposed_in": motion.proposed_in},
        now=now,
    )
    return made


def corrections_of(person: Person, *, limit: int = 50) -> list[Correction]:
    """What was put right in the records about a person, for that person alone, the latest first."""
    key = index_of_person(person)
    found = Correction.objects.filter(record__key=key) if key else Correction.objects.none()
    return list(found.select_related("record").order_by("-at", "-pk")[:limit])


def owned(charter: Charter, register: str, by: Actor) -> Register:
    """A register of the officer's own office. NotTheOwner."""
    owned = {each.id: each for each in correctable(charter, by.post)}
    if register not in owned:
        raise NotTheOwner
    return owned[register]


def record_of(charter: Charter, declared: Register, key: str) -> Record:
    """The record with this number, locked. NoRecord."""
    number = key_of(charter, declared.id, key)
    kept = Record.objects.select_for_update().filter(register=declared.id, key=number).first()
    if kept is None:
        raise NoRecord(register=declared.name, key=key, owner=charter.organisations[declared.owner].name)
    return kept


def person_of(declared: Register, kept: Record) -> Person | None:
    """Whom the record is about, or who acts for what it is about, if they have ever been here."""
    index = kept.key if declared.subject == "person" else kept.representative
    return Person.objects.filter(id_index=index).first() if index else None


def not_concerned(charter: Charter, kept: Record, by: Actor) -> None:
    """Nobody acts on what is held about themselves or their kin. ConcernsYou."""
    about = {kept.key, kept.representative} - {""}
    if by.person and (index_of_person(by.person) in about or kin(charter, by.person, about)):
        raise ConcernsYou


def _keep_look(declared: Register, kept: Record, field: str, *, by: Actor, power: str, now: datetime) -> None:
    """Who puts a record right has seen it: the person sees that, too."""
    of_person = declared.subject == "person"
    about = kept.key if of_person else kept.representative
    look = Look.objects.create(
        about=about,
        register=declared.id,
        key="" if of_person else kept.key,
        fields=[field],
        power=power,
        by=by.person,
        post=by.post,
        at=now,
    )
    if about:
        person = Person.objects.filter(id_index=about).first()
        record(
            kind=kinds.LOOKED,
            subject=f"looks:{about}",
            person=str(person.handle) if person else "",
            by=by,
            power=power,
            basis=declared.legal_basis,
            particulars={"look": look.pk, "register": declared.id, "fields": [field], "case": ""},
            now=now,
        )


def _typed(charter: Charter, declared: Register, name: str, value: str) -> Any:
    """The value as the register holds it, by the type of its data element."""
    field = declared.field(name)
    kind = charter.elements[field.element].type if field else "string"
    given = value.strip()
    if not given or len(given) > 1000:
        raise NothingToCorrect(why="–")
    try:
        return _READ.get(kind, str)(given)
    except (ValueError, KeyError, InvalidOperation) as fault:
        raise NothingToCorrect(why=given) from fault


def _decimal(given: str) -> str:
    number = Decimal(given)
    if not number.is_finite():
        raise ValueError(given)
    return str(number)


_READ: Mapping[str, Any] = {
    "integer": int,
    "decimal": _decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": lambda given: date.fromisoformat(given).isoformat(),
}
