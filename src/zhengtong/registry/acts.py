"""Personal data leaves a register here, for a purpose, and every look is kept for the person to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register, Sharing
from zhengtong.people.actor import Actor
from zhengtong.registry.errors import NoAgreement, NoRecord
from zhengtong.registry.models import Look, Record


@dataclass(frozen=True)
class Found:
    """What a look gave: the values, and the agreement by which they were read."""

    values: dict[str, Any]
    agreement: Sharing


def look_up(
    *,
    charter: Charter,
    register: str,
    key: str,
    fields: Sequence[str],
    reader: str,
    by: Actor,
    now: datetime,
    on: date,
    case: str = "",
) -> Found:
    """Read `fields` of one record for `reader` (a function of the charter, or `portal`); the look is recorded."""
    declared = charter.registers[register]
    agreement = _agreement(declared, reader=reader, fields=fields, on=on)
    kept = list(Record.objects.filter(register=register, key=key).values_list("fields", flat=True))
    if not kept:
        raise NoRecord(register=declared.name, key=key, owner=charter.organisations[declared.owner].name)
    Look.objects.create(
        register=register,
        key=key,
        fields=sorted(fields),
        agreement=agreement.id,
        by=by.person,
        post=by.post,
        case=case,
        at=now,
    )
    return Found({name: kept[0].get(name) for name in fields}, agreement)


def _agreement(register: Register, *, reader: str, fields: Sequence[str], on: date) -> Sharing:
    for agreement in register.sharing:
        if agreement.reader == reader and agreement.in_force(on) and set(fields) <= set(agreement.fields):
            return agreement
    raise NoAgreement(reader=reader, register=register.name, fields=", ".join(fields))


def keep(*, charter: Charter, register: str, fields: Mapping[str, Any], now: datetime) -> Record:
    """Write a record as the register's owner sends it; the key and the representative are taken from its fields."""
    declared = charter.registers[register]
    return Record.objects.update_or_create(
        register=register,
        key=str(fields[declared.key]),
        defaults={
            "fields": dict(fields),
            "representative": str(fields.get(declared.representative) or "") if declared.representative else "",
            "updated_at": now,
        },
    )[0]
