"""Who may act for whom, as the registers say; and who looked at whom."""

from collections.abc import Collection
from datetime import date

from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text, text
from zhengtong.people.errors import NoMandate
from zhengtong.people.models import Enterprise, Mandate, Person
from zhengtong.registry.models import Look, Record

BY_REGISTER = text("企业登记簿：法定代表人", "enterprise register: legal representative")
BY_MANDATE = text("授权", "mandate")


def enterprises_of(charter: Charter, person: Person, *, on: date) -> list[tuple[Enterprise, Text]]:
    """The enterprises that `person` may act for on that day, each with the reason why."""
    codes = Record.objects.filter(
        register__in=_enterprise_registers(charter), representative=person.id_number
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
        register__in=_enterprise_registers(charter), key=enterprise.uscc, representative=person.id_number
    ).exists()
    return by_register or _has_mandate(person, enterprise, procedure, on)


def kin(charter: Charter, person: Person, others: Collection[str]) -> bool:
    """Whether a register says the same of `person` and of one of the others (identity numbers), in what makes kin.

    What is compared does not leave the registers: only whether an officer has to stand aside.
    """
    for register in charter.registers.values():
        names = [each.name for each in register.fields if each.element in charter.head.kin_by]
        if register.subject == "person" and names:
            kept = Record.objects.filter(register=register.id, key__in=[person.id_number, *others])
            by_key = dict(kept.values_list("key", "fields"))
            own = by_key.pop(person.id_number, {})
            if any(own.get(name) and own.get(name) == each.get(name) for each in by_key.values() for name in names):
                return True
    return False


def representatives_of(charter: Charter, enterprise: Enterprise) -> list[str]:
    """The identity numbers of those who act for the enterprise by law."""
    found = Record.objects.filter(register__in=_enterprise_registers(charter), key=enterprise.uscc)
    return [each for each in found.values_list("representative", flat=True) if each]


def looks_at(person: Person, *, limit: int = 100) -> list[Look]:
    """Who looked at this person's records, the latest first."""
    return list(Look.objects.filter(key=person.id_number).select_related("by").order_by("-at")[:limit])


def _enterprise_registers(charter: Charter) -> list[str]:
    return [each.id for each in charter.registers.values() if each.subject == "enterprise"]


def _has_mandate(person: Person, enterprise: Enterprise, procedure: str, on: date) -> bool:
    mandates = Mandate.objects.on(on).filter(holder=person, enterprise=enterprise)
    return any(not mandate.procedures or procedure in mandate.procedures for mandate in mandates)
