"""Somebody is looked up by ID number, or a company by its code, for the purpose that a sharing agreement names."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhengtong.cases.law import day_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register, Sharing
from zhengtong.people.actor import Actor
from zhengtong.people.identifiers import checked_id_number
from zhengtong.people.models import Enterprise, Person
from zhengtong.registry.acts import look_up
from zhengtong.registry.errors import NoAgreement

READ = ("id_number", "name")
READ_OF_COMPANY = ("uscc", "name", "address")


@dataclass(frozen=True)
class Company:
    """A company, where it is, and who acts for it by law, if they are known here."""

    enterprise: Enterprise
    address: str
    representative: Person | None


@transaction.atomic
def identified(
    *, charter: Charter, id_number: str, by: Actor, now: datetime, case: str = "", case_open: bool = False
) -> Person:
    """The person with this ID number, as the population register names them; the look is recorded."""
    number = checked_id_number(id_number)
    found = look_up(
        charter=charter,
        register=_register(charter, "person").id,
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


@transaction.atomic
def identified_company(
    *, charter: Charter, uscc: str, by: Actor, now: datetime, case: str = "", case_open: bool = False
) -> Company:
    """The company with this code, as its register names it; who represents it sees the look."""
    register = _register(charter, "enterprise")
    fields = (*READ_OF_COMPANY, register.representative)
    told = look_up(
        charter=charter,
        register=register.id,
        key=uscc,
        fields=fields,
        purpose=agreement(charter, by=by, now=now, subject="enterprise", fields=fields).id,
        by=by,
        now=now,
        on=day_of(now, charter),
        case=case,
        case_open=case_open,
    ).values
    enterprise = Enterprise.objects.get_or_create(uscc=uscc, defaults={"name": told["name"]})[0]
    acting = Person.objects.filter(id_number=told[register.representative]).first()
    return Company(enterprise, str(told["address"]), acting)


def agreement(
    charter: Charter, *, by: Actor, now: datetime, subject: str = "person", fields: tuple[str, ...] = READ
) -> Sharing:
    """By which agreement, for which purpose, the office may look; refused where there is none."""
    register, reader = _register(charter, subject), charter.organisation_of(by.post).function
    for each in register.sharing:
        if each.reader == reader and each.in_force(day_of(now, charter)) and set(fields) <= set(each.fields):
            return each
    raise NoAgreement(reader=charter.organisation_of(by.post).name, register=register.name, fields=", ".join(fields))


def _register(charter: Charter, subject: str) -> Register:
    return next(each for each in charter.registers.values() if each.subject == subject)
