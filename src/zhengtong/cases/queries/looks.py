"""Who looked at a person's data, in words: when, which office and post, which fields, for which case, by which law."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Sharing
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.common.text import Text, text
from zhengtong.people.models import Person
from zhengtong.people.wording import post_told
from zhengtong.registry.models import Delay, Look
from zhengtong.registry.queries import delays_over, look_of, looks_at

OF_A_CASE = text("办件的申请信息", "the facts of an application")
OF_A_PERSON = text("您的账户信息", "your account")
REACHED_BY = {"name": text("姓名", "name"), "email": text("电子邮箱", "e-mail")}
HANDLING = text("办理您的办件", "to handle your case")


@dataclass(frozen=True)
class LookTold:
    """One look, in words. `who` is empty for what the person looked up by filling in a form of their own."""

    id: int
    at: datetime
    who: Text
    what: Text  # the register, or a case's facts
    fields: list[Text]
    purpose: Text
    basis: list[str]
    case: str
    case_name: Text
    late: "Late | None" = None  # why the person was not told at once


@dataclass(frozen=True)
class Late:
    """The notice of a look was delayed, lawfully: until when, why, by which law."""

    until: date
    reason: str
    basis: list[str]


@one_law()
def looks_told(person: Person, *, now: datetime, before: int | None = None, limit: int = 50) -> list[LookTold]:
    """The looks at a person's data that may be told by now, the latest first; a constant number of queries."""
    charter = in_force_at(now).charter
    on = day_of(now, charter)
    looks = looks_at(person, on=on, before=before, limit=limit)
    late = delays_over({each.case for each in looks if each.case}, on=on)
    return [_late(each, late.get(each.case), charter) for each in _told(charter, looks)]


@one_law()
def look_told(person: Person, pk: int, *, now: datetime) -> LookTold:
    """One of them."""
    charter = in_force_at(now).charter
    return _told(charter, [look_of(person, pk, on=day_of(now, charter))])[0]


def look_in_a_line(told: LookTold, language: str) -> str:
    """A look in one line, as a question about it quotes it."""
    fields = ", ".join(each.in_(language) for each in told.fields)
    who, what = told.who.in_(language), told.what.in_(language)
    line = f"{told.at:%Y-%m-%d %H:%M} {who}: {what} ({fields}) {told.case} #{told.id}"
    return line if len(line) <= 500 else f"{line[:480]}… #{told.id}"


def flagged_told(charter: Charter, looks: list[Look]) -> dict[int, LookTold]:
    """Looks in words, by their id, for those who supervise them."""
    return {each.id: each for each in _told(charter, looks)}


def _told(charter: Charter, looks: list[Look]) -> list[LookTold]:
    numbers = {each.case for each in looks if each.case}
    cases = {each.number: each for each in Case.objects.filter(number__in=numbers).select_related("enactment")}
    return [_one(charter, each, cases) for each in looks]


def _late(told: LookTold, delay: Delay | None, charter: Charter) -> LookTold:
    """The look with why its notice came late, if it did."""
    if delay is None or day_of(told.at, charter) > delay.until:
        return told
    return replace(told, late=Late(delay.until, str(delay.reason), list(delay.legal_basis)))


def _one(charter: Charter, look: Look, cases: Mapping[str, Case]) -> LookTold:
    case = cases.get(look.case)
    register = charter.registers.get(look.register)
    agreement = next((each for each in register.sharing if each.id == look.agreement), None) if register else None
    power = charter.powers.get(look.power.partition(" ")[0])
    basis = agreement.legal_basis if agreement else power.legal_basis if power else []
    if not basis and charter.privacy:
        basis = charter.privacy.legal_basis
    if look.though_restricted:
        basis = [*basis, *_law_though_restricted(charter, agreement)]
    return LookTold(
        id=look.pk,
        at=look.at,
        who=_post(charter, look.post) if look.post else Text(),
        what=register.name if register else OF_A_PERSON if case and case.is_of_office else OF_A_CASE,
        fields=_fields(charter, look, case),
        purpose=agreement.purpose if agreement else power.name if power else HANDLING,
        basis=list(basis),
        case=look.case,
        case_name=procedure_of(case).name if case else Text(),
    )


def _law_though_restricted(charter: Charter, agreement: Sharing | None) -> list[str]:
    """By what law it was read although it was stored only."""
    if agreement is not None:
        return list(agreement.though_restricted)
    opened = charter.privacy.though_restricted if charter.privacy else []
    return [ref for each in opened for ref in each.legal_basis]


def _fields(charter: Charter, look: Look, case: Case | None) -> list[Text]:
    """What was seen: fields of a register by their elements, facts of a case by their questions; where an office
    opened the case, how somebody who takes part is reached.
    """
    register = charter.registers.get(look.register)
    if register is not None:
        fields = [register.field(name) for name in look.fields]
        return [charter.elements[each.element].name for each in fields if each is not None]
    if case is None:
        return []
    if case.is_of_office:
        return [REACHED_BY[name] for name in look.fields if name in REACHED_BY]
    form, papers = charter_of(case).form(case.procedure), getattr(procedure_of(case), "materials", [])
    titles = {each.id: each.name for each in papers} | {each.name: each.title for each in form.questions}
    return [titles[name] for name in look.fields if name in titles]


def _post(charter: Charter, post: str) -> Text:
    """A post in words; one that is no longer in the charter by its id."""
    try:
        return post_told(charter, post)
    except KeyError:
        return text(post, post)
