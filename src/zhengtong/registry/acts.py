"""The one door: personal data leaves a register here, for a purpose, and every look is kept for the person to see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register, Sharing, Watch
from zhengtong.common.rows import insert
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Person
from zhengtong.people.permissions import require_any
from zhengtong.registry import kinds
from zhengtong.registry.errors import NoAgreement, NoRecord, ProcessingStopped, YouStoppedIt
from zhengtong.registry.models import Flag, Look, Record
from zhengtong.registry.restrictions import in_force
from zhengtong.registry.subjects import index_of, index_of_person, key_of
from zhengtong.registry.watch import Sight, sees
from zhengtong.vault import ring

OWN_FORM = "portal"  # the purpose of filling in a person's own form, and the reader in its agreement
OWN = {OWN_FORM, "agora"}  # a person's own purposes: besides, being admitted to a round of participation
SITTING = timedelta(minutes=10)  # an officer who turns a case's pages looks once


@dataclass(frozen=True)
class Found:
    """What a look gave: the values, and the agreement by which they were read."""

    values: dict[str, Any]
    agreement: Sharing


@transaction.atomic
def look_up(
    *,
    charter: Charter,
    register: str,
    key: str,
    fields: Sequence[str],
    purpose: str,
    by: Actor,
    now: datetime,
    on: date,
    case: str = "",
    case_open: bool = False,
) -> Found:
    """Read `fields` of one record for a purpose: an agreement of the charter, or one of a person's own (`OWN`).

    Raises `NoAgreement`, `NoRecord`, `ProcessingStopped`; then nothing is read.
    """
    declared = charter.registers[register]
    agreement = _agreement(charter, declared, purpose=purpose, fields=fields, by=by, on=on)
    kept = Record.objects.filter(register=register, key=key_of(charter, register, key)).first()
    if kept is None:
        raise NoRecord(register=declared.name, key=key, owner=charter.organisations[declared.owner].name)
    of_person = declared.subject == "person"
    law = _law_though_restricted(charter, kept, agreement, on=on) if kept.restricted else []
    if of_person and purpose in OWN and not by.post and by.person and index_of_person(by.person) != kept.key:
        raise NoAgreement(reader=purpose, register=declared.name, fields=", ".join(fields))
    look = Look(
        about=kept.key if of_person else kept.representative if _personal(declared, fields) else "",
        register=register,
        key="" if of_person else key,
        fields=sorted(fields),
        agreement=agreement.id,
        though_restricted=bool(law),
        power=require_any(charter, by=by, on=on) if by.post else "",
        by=by.person,
        post=by.post,
        case=case,
        at=now,
    )
    _keep_look(charter, look, by=by, basis=[*agreement.legal_basis, *law], case_open=case_open, own=purpose in OWN)
    return Found({name: kept.fields.get(name) for name in fields}, agreement)


@transaction.atomic
def note_look(
    *,
    charter: Charter,
    about: str,
    fields: Sequence[str],
    power: str,
    by: Actor,
    case: str,
    case_open: bool,
    now: datetime,
    though_restricted: Sequence[str] = (),
) -> None:
    """An officer has opened the facts of a case: a look at the applicant's data, once a sitting."""
    since = now - SITTING
    if not about or _sitting(about, by, case).filter(at__gt=since).exists():
        return
    power = power or require_any(charter, by=by, on=timezone.localdate(now))
    look = Look(
        about=about,
        fields=sorted(fields),
        power=power,
        by=by.person,
        post=by.post,
        case=case,
        at=now,
        register="",
        though_restricted=bool(though_restricted),
    )
    basis = [*(charter.privacy.legal_basis if charter.privacy else []), *though_restricted]
    _keep_look(charter, look, by=by, basis=basis, case_open=case_open, own=False)


def _sitting(about: str, by: Actor, case: str) -> QuerySet[Look]:
    return Look.objects.filter(about=about, by=by.person, post=by.post, case=case, register="")


def keep(*, charter: Charter, register: str, fields: Mapping[str, Any], now: datetime) -> Record:
    """Write a record as the register's owner sends it; key, representative and end are taken from its fields."""
    new = _written(charter, register, fields, now=now)
    names = ("fields", "representative", "updated_at", "ended_by", "ended_on")
    defaults = {name: getattr(new, name) for name in names}
    return Record.objects.update_or_create(register=register, key=new.key, defaults=defaults)[0]


def keep_many(*, charter: Charter, register: str, many: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """Write many new records in few statements."""
    rows = [_written(charter, register, fields, now=now) for fields in many]
    ring.make(each.sealed_for for each in rows)
    Record.objects.bulk_create(rows, batch_size=500)


def _written(charter: Charter, register: str, fields: Mapping[str, Any], *, now: datetime) -> Record:
    declared = charter.registers[register]
    made = Record(
        register=register,
        key=key_of(charter, register, str(fields[declared.key])),
        fields=dict(fields),
        representative=index_of(str(fields.get(declared.representative) or "")),
        updated_at=now,
    )
    made.take_end(declared)
    return made


def _agreement(
    charter: Charter, register: Register, *, purpose: str, fields: Sequence[str], by: Actor, on: date
) -> Sharing:
    """The agreement for the purpose, if it is the reader's own, in force, and of these fields."""
    reader = charter.organisation_of(by.post).function if by.post else OWN_FORM
    for agreement in register.sharing:  # a clerk fills in the form of who stands at the counter
        meant = agreement.reader == purpose if purpose in OWN else (agreement.id, agreement.reader) == (purpose, reader)
        if meant and agreement.in_force(on) and set(fields) <= set(agreement.fields):
            return agreement
    raise NoAgreement(reader=reader, register=register.name, fields=", ".join(fields))


def _law_though_restricted(charter: Charter, kept: Record, agreement: Sharing, *, on: date) -> list[str]:
    """The law by which the agreement reads what may only be stored; refused where it names none."""
    found = in_force(on).filter(record=kept).order_by("pk").first()
    if found is None or agreement.though_restricted:
        return list(agreement.though_restricted) if found else []
    declared = charter.registers[kept.register]
    told = {"register": declared.name, "owner": charter.organisations[declared.owner].name}
    since = timezone.localdate(found.begun_at)
    if agreement.reader in OWN:
        raise YouStoppedIt(since=since, **told)
    raise ProcessingStopped(since=since, **told)


def _personal(register: Register, fields: Sequence[str]) -> bool:
    return any(each.personal for each in register.fields if each.name in fields)


def _keep_look(charter: Charter, look: Look, *, by: Actor, basis: Sequence[str], case_open: bool, own: bool) -> None:
    """Keep it. What an office sees of a person is in the ledger, too, and goes through the charter's watches."""
    insert(look)
    if own or not look.about:
        return
    told = {"look": look.pk, "register": look.register, "fields": look.fields, "case": look.case}
    subject, person = f"looks:{look.about}", _handle(look.about)
    record(
        kind=kinds.LOOKED,
        subject=subject,
        person=person,
        by=by,
        power=look.power,
        basis=basis,
        now=look.at,
        particulars=told,
    )
    if charter.privacy is None or by.person is None:
        return
    sight = _sight(charter, look, by=by, case_open=case_open)
    for watch in charter.privacy.watches:
        if _in_bulk(watch, look) if watch.kind == "bulk" else sees(watch, sight):
            Flag.objects.create(look=look, watch=watch.id, raised_at=look.at)
            told = {"look": look.pk, "watch": watch.id}
            record(
                kind=kinds.FLAGGED,
                subject=subject,
                by=PROGRAM,
                basis=watch.legal_basis,
                now=look.at,
                particulars=told,
            )


def _handle(about: str) -> str:
    """What the ledger calls the person, if they have ever signed in or been received at a counter."""
    handle = Person.objects.filter(id_index=about).values_list("handle", flat=True).first()
    return str(handle) if handle else ""


def _sight(charter: Charter, look: Look, *, by: Actor, case_open: bool) -> Sight:
    officer = index_of_person(by.person) if by.person else ""
    persons = charter.privacy.persons if charter.privacy else ""
    records = {each.key: each.fields for each in Record.objects.filter(register=persons, key__in=[officer, look.about])}
    key = charter.registers[persons].key
    theirs: Mapping[str, Any] = records.get(look.about, {})
    own: Mapping[str, Any] = records.get(officer, {})
    return Sight(
        officer=own,
        person=theirs,
        officer_number=str(own.get(key) or ""),
        person_number=str(theirs.get(key) or ""),
        agreement=look.agreement,
        case_open=case_open,
    )


def _in_bulk(watch: Watch, look: Look) -> bool:
    """More people than the rule allows, within its hours; flagged once."""
    if look.agreement in watch.agreements:
        return False
    late = Look.objects.filter(by=look.by, at__gt=look.at - timedelta(hours=watch.hours)).exclude(post="")
    if Flag.objects.filter(look__in=late, watch=watch.id).exists():
        return False
    return late.exclude(about="").values("about").distinct().count() > watch.people
