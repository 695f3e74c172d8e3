"""An office reads a register in a case, under an agreement; the one door of the registry is behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhengtong.cases.errors import NoSuchCase
from zhengtong.cases.law import WITH_LAW, day_of
from zhengtong.cases.looking import reaching_power
from zhengtong.cases.models import Case
from zhengtong.cases.rated import is_secret_from
from zhengtong.charter.model import Register, Sharing
from zhengtong.charter.queries import in_force_at
from zhengtong.people.actor import Actor
from zhengtong.registry.acts import look_up
from zhengtong.registry.errors import NoAgreement


@dataclass(frozen=True)
class Read:
    """What was read: the register, the agreement, the values by field."""

    register: Register
    agreement: Sharing
    values: dict[str, Any]


def read(*, agreement: str, key: str, case: str, by: Actor, now: datetime) -> Read:
    """All fields that the agreement names, of one record. `case`: the number of the case that it is for, or empty.

    A case has to be one that the post reaches. Reading without an open case of that very person or enterprise is
    possible, and is flagged.
    """
    charter = in_force_at(now).charter
    on = day_of(now, charter)
    known = {each.id: (register, each) for register in charter.registers.values() for each in register.sharing}
    if agreement not in known:
        raise NoAgreement(reader=charter.organisation_of(by.post).name, register="–", fields="–")
    register, declared = known[agreement]
    purpose = _case(case, by, now=now) if case.strip() else None
    number = "".join(key.split()).upper().replace("\x00", "")
    found = look_up(
        charter=charter,
        register=register.id,
        key=number,
        fields=declared.fields,
        purpose=agreement,
        by=by,
        now=now,
        on=on,
        case=purpose.number if purpose else "",
        case_open=purpose is not None and purpose.is_open and number in _parties(purpose),
    )
    return Read(register, declared, found.values)


def _case(number: str, by: Actor, *, now: datetime) -> Case:
    cases = Case.objects.filter(number=number.strip()[:40].replace("\x00", ""))
    found = cases.select_related(*WITH_LAW).first()
    if found is None or is_secret_from(found, by) or not (found.post == by.post or reaching_power(by, found, now=now)):
        raise NoSuchCase
    return found


def _parties(case: Case) -> set[str]:
    """The numbers of those whose case it is."""
    return {str(case.applicant.id_number), *([case.enterprise.uscc] if case.enterprise else [])}
