"""Who may act for whom, as the registers say; and who looked at whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhengtong.charter.charter import Charter
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.text import Text, text
from zhengtong.people.errors import NoMandate
from zhengtong.people.models import Enterprise, Mandate, Person
from zhengtong.registry.errors import NotTheirs
from zhengtong.registry.flags import OPEN
from zhengtong.registry.models import Delay, Flag, Look, Record
from zhengtong.registry.subjects import index_of_person

BY_REGISTER = text("企业登记簿：法定代表人", "enterprise register: legal representative")
MANDATES = Compiled(
    lambda: Mandate.objects.on(Given("on")).filter(holder=Given("person"), enterprise=Given("enterprise"))
)
BY_MANDATE = text("授权", "mandate")


def enterprises_of(charter: Charter, person: Person, *, on: date) -> list[tuple[Enterprise, Text]]:
    """The enterprises that `person` may act for on that day, each with the reason why."""
    codes = Record.objects.filter(
        register__in=_enterprise_registers(charter), representative=index_of_person(person)
    ).values_list("key", flat=True)
    found = dict.fromkeys(Enterprise.objects.filter(uscc__in=list(codes)), BY_REGISTER)
    for mandate in Mandate.objects.on(on).filter(holder=person, enterprise__isnull=False).select_related("enterprise"):
        found.setdefault(mandate.enterprise, BY_MANDATE)
    return list(found.items())


def require_representation(
    charter: Charter, person: Person, enterprise: Enterprise, *, procedure: str, on: date
) -> None:
    """Refuse unless the register or a mandate lets `person` act for `enterprise` in `procedure`."""
    if not represents(charter, person, enterprise, procedure=procedure, on=on):
        raise NoMandate(party=enterprise.name)


def represents(charter: Charter, person: Person, enterprise: Enterprise, *, procedure: str, on: date) -> bool:
    """Whether the register or a mandate lets `person` act for `enterprise` in `procedure` on that day."""
    by_register = Record.objects.filter(
        register__in=_enterprise_registers(charter), key=enterprise.uscc, representative=index_of_person(person)
    ).exists()
    return by_register or _has_mandate(person, enterprise, procedure, on)


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What binds a person to the parties of a case."""

    own_company: bool  # the person acts for the enterprise, by the register or by a mandate
    kin: bool  # a register says the same of the person and of a party, or of who acts for it, in what makes kin


def ties(
    charter: Charter,
    person: Person,
    *,
    to: Person | None,
    enterprise: Enterprise | None,
    procedure: str,
    on: date,
    mandated: bool = True,
) -> Ties:
    """What binds `person` to the party `to`, and to the enterprise whose case it is.

    `mandated` is false where it is known that the enterprise has given the person no mandate (`MANDATES`).
    What is compared does not leave the registers: only whether an officer has to stand aside.
    """
    own, party = index_of_person(person), index_of_person(to) if to else ""
    asked = _kept_of(tuple(_kin_fields(charter)), tuple(_enterprise_registers(charter)))
    kept = asked.all(own=own, party=party, enterprise=enterprise.uscc if enterprise else "")
    acting = {each.representative for each in kept if enterprise and each.key == enterprise.uscc} - {""}
    owns = enterprise is not None and (own in acting or (mandated and _has_mandate(person, enterprise, procedure, on)))
    return Ties(own_company=owns, kin=_kin(charter, kept, own, {party, *acting} - {own, ""}))


def kin(charter: Charter, person: Person, others: Collection[str]) -> bool:
    """Whether a register says the same of `person` and of one of the others (blinded numbers), in what makes kin."""
    own = index_of_person(person)
    kept = list(Record.objects.filter(register__in=_kin_fields(charter), key__in=[own, *others]))
    return _kin(charter, kept, own, set(others) - {own, ""})


@lru_cache(maxsize=32)
def _kept_of(persons: tuple[str, ...], enterprises: tuple[str, ...]) -> Compiled[Record]:
    """The records in these registers of two persons, of an enterprise, and of who acts for it by law."""
    known = Q(register__in=persons) & (Q(key=Given("own")) | Q(key=Given("party")))
    its = Q(register__in=enterprises, key=Given("enterprise"))
    acting = Record.objects.filter(its).exclude(representative="").values("representative")
    theirs = Record.objects.filter(register__in=persons, key__in=acting)
    return Compiled(lambda: Record.objects.filter(known | its).union(theirs, all=True))


def _kin(charter: Charter, kept: Collection[Record], own: str, others: Collection[str]) -> bool:
    """Whether a record says the same of both, in a field that makes kin."""
    return any(
        mine.fields.get(name) and mine.fields.get(name) == theirs.fields.get(name)
        for register, names in _kin_fields(charter).items()
        for mine in kept
        for theirs in kept
        if (mine.register, mine.key, theirs.register) == (register, own, register) and theirs.key in others
        for name in names
    )


def _kin_fields(charter: Charter) -> dict[str, list[str]]:
    """The registers of persons that tell kin, with the fields that do."""
    found = {
        each.id: [field.name for field in each.fields if field.element in charter.head.kin_by]
        for each in charter.registers.values()
        if each.subject == "person"
    }
    return {register: names for register, names in found.items() if names}


def looks_at(person: Person, *, on: date, limit: int = 100, before: int | None = None) -> list[Look]:
    """Who looked at this person's data, the latest first; those whose notice is delayed come when that ends."""
    looks = Look.objects.filter(about=index_of_person(person)).exclude(about="").exclude(case__in=_delayed(on))
    if before is not None:
        looks = looks.filter(pk__lt=before)
    return list(looks.select_related("by").order_by("-at", "-pk")[:limit])


def look_of(person: Person, pk: int, *, on: date) -> Look:
    """One of them; `NotTheirs` for any other."""
    looks = Look.objects.filter(pk=pk, about=index_of_person(person)).exclude(about="").exclude(case__in=_delayed(on))
    found = looks.select_related("by").first()
    if found is None:
        raise NotTheirs
    return found


def records_of(charter: Charter, person: Person) -> list[tuple[str, dict[str, Any]]]:
    """What the registers hold about a person, for that person alone: by register, their fields."""
    personal = [each.id for each in charter.registers.values() if each.subject == "person"]
    key = index_of_person(person)
    own = Record.objects.filter(register__in=personal, key=key) if key else Record.objects.none()
    represented = (
        Record.objects.filter(register__in=_enterprise_registers(charter), representative=key)
        if key
        else Record.objects.none()
    )
    return [(each.register, dict(each.fields)) for each in (*own.order_by("register"), *represented.order_by("key"))]


def flags(*, settled: bool = False, limit: int = 100) -> list[Flag]:
    """The looks that the charter's rules show to the supervisor, the oldest first; or those that were settled."""
    found = Flag.objects.exclude(state__in=OPEN) if settled else Flag.objects.filter(state__in=OPEN)
    return list(found.select_related("look__by").order_by("-settled_at" if settled else "raised_at")[:limit])


def flags_of(person: Person, *, limit: int = 100) -> list[Flag]:
    """An officer's own looks that were flagged and are not settled."""
    mine = Flag.objects.filter(look__by=person, state__in=OPEN)
    return list(mine.select_related("look__by").order_by("raised_at")[:limit])


def _delayed(on: date) -> QuerySet[Delay, str]:
    return Delay.objects.filter(state=Delay.State.CONFIRMED, until__gte=on).values_list("case", flat=True)


def delays_over(cases: Collection[str], *, on: date) -> dict[str, Delay]:
    """The delays of notice that have ended, by the number of their case."""
    ended = Delay.objects.filter(case__in=cases, state=Delay.State.CONFIRMED, until__lt=on)
    return {each.case: each for each in ended}


def delays(*, on: date, limit: int = 100) -> list[Delay]:
    """Those that wait for the second officer, then those in force, the soonest to end first."""
    found = Delay.objects.filter(Q(state=Delay.State.OPEN) | Q(state=Delay.State.CONFIRMED, until__gte=on))
    return list(found.select_related("proposed_by").order_by("-state", "until", "pk")[:limit])


def delay_of(case: str) -> Delay | None:
    """The delay of notice of a case, proposed or confirmed, if it has one."""
    return Delay.objects.exclude(state=Delay.State.REJECTED).filter(case=case).select_related("proposed_by").first()


@dataclass(frozen=True)
class DelaysCounted:
    """How many delays of notice there were: what the public is told of them."""

    in_force: int
    ended: int
    rejected: int


def delays_counted(*, on: date) -> DelaysCounted:
    """All that there ever were, in one query."""
    confirmed, rejected = Q(state=Delay.State.CONFIRMED), Q(state=Delay.State.REJECTED)
    counted = Delay.objects.aggregate(
        in_force=Count("pk", filter=confirmed & Q(until__gte=on)),
        ended=Count("pk", filter=confirmed & Q(until__lt=on)),
        rejected=Count("pk", filter=rejected),
    )
    return DelaysCounted(**counted)


def _enterprise_registers(charter: Charter) -> list[str]:
    return [each.id for each in charter.registers.values() if each.subject == "enterprise"]


def _has_mandate(person: Person, enterprise: Enterprise, procedure: str, on: date) -> bool:
    mandates = MANDATES.all(person=person.pk, enterprise=enterprise.pk, on=on)
    return any(not mandate.procedures or procedure in mandate.procedures for mandate in mandates)
