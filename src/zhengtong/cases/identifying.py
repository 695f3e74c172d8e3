"""Somebody is looked up by ID number, for the purpose that a sharing agreement names, and no more."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases.law import day_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register, Sharing
from zhengtong.people.actor import Actor
from zhengtong.people.identifiers import checked_id_number
from zhengtong.people.models import Person
from zhengtong.registry.acts import look_up
from zhengtong.registry.errors import NoAgreement

READ = ("id_number", "name")


@transaction.atomic
def identified(
    *, charter: Charter, id_number: str, by: Actor, now: datetime, case: str = "", case_open: bool = False
) -> Person:
    """The person with this ID number, as the population register names them; the look is recorded."""
    number = checked_id_number(id_number)
    found = look_up(
        charter=charter,
        register=_register(charter).id,
        key=number,
        fields=READ,
        purpose=agreement(charter, by=by, now=now).id,
        by=by,
        now=now,
        on=day_of(now, charter),
        case=case,
        case_open=case_open,
    )
    return Person.objects.get_or_create(id_number=number, defaults={"name": found.values["name"]})[0]


def agreement(charter: Charter, *, by: Actor, now: datetime) -> Sharing:
    """By which agreement, for which purpose, the office may look; refused where there is none."""
    register, reader = _register(charter), charter.organisation_of(by.post).function
    for each in register.sharing:
        if each.reader == reader and each.in_force(day_of(now, charter)) and set(READ) <= set(each.fields):
            return each
    raise NoAgreement(reader=charter.organisation_of(by.post).name, register=register.name, fields=", ".join(READ))


def _register(charter: Charter) -> Register:
    return next(each for each in charter.registers.values() if each.subject == "person")
