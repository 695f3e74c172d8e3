"""Who stands at the counter: looked up by ID number for the purpose that a sharing agreement names, and no more."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases.law import day_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Procedure, Register, Sharing
from zhengtong.people.actor import Actor
from zhengtong.people.identifiers import checked_id_number
from zhengtong.people.models import Person
from zhengtong.people.permissions import ask
from zhengtong.registry.acts import look_up
from zhengtong.registry.errors import NoAgreement

Listing = Procedure | LifeEvent
READ = ("id_number", "name")


@transaction.atomic
def identified(*, charter: Charter, id_number: str, by: Actor, now: datetime) -> Person:
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
    )
    return Person.objects.get_or_create(id_number=number, defaults={"name": found.values["name"]})[0]


def agreement(charter: Charter, *, by: Actor, now: datetime) -> Sharing:
    """By which agreement, for which purpose, the counter may look; refused where there is none."""
    register, reader = _register(charter), charter.organisation_of(by.post).function
    for each in register.sharing:
        if each.reader == reader and each.in_force(day_of(now, charter)) and set(READ) <= set(each.fields):
            return each
    raise NoAgreement(reader=charter.organisation_of(by.post).name, register=register.name, fields=", ".join(READ))


def _register(charter: Charter) -> Register:
    return next(each for each in charter.registers.values() if each.subject == "person")


def filed_here(charter: Charter, *, by: Actor, now: datetime) -> list[Listing]:
    """What this counter may take in: open at counters, within the post's power to file, not about another case."""
    return [each for each in charter.all_listed() if may_file(charter, each, by=by, now=now)]


def may_file(charter: Charter, listed: Listing, *, by: Actor, now: datetime) -> bool:
    """Whether this counter may take in an application for it."""
    if not listed.on_request or "counter" not in listed.channels or getattr(listed, "about", None):
        return False
    region = charter.organisation_of(by.post).region
    return ask(charter, by=by, act="file", procedure=listed.id, region=region, on=day_of(now, charter)).allowed
