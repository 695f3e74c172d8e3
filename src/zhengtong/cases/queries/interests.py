"""The cases that touch somebody's interests, as far as they may see them: what it is, when they are heard."""

from dataclasses import dataclass
from datetime import date, datetime

from zhengtong.cases.hearing_errors import NoSuchInterest
from zhengtong.cases.hearings import can_be_asked
from zhengtong.cases.interests import hearing_for_others, takes_views
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.looking import reaching_power
from zhengtong.cases.models import Case, Hearing, Interest, Letter
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import one_law
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.registry.acts import note_look
from zhengtong.registry.subjects import index_of_person


@dataclass(frozen=True)
class InterestTold:
    """One case for one of those whose interests it touches; nothing of what its party said."""

    interest: Interest
    name: Text
    charter: Charter
    basis: list[str]
    hearing: Hearing | None
    letters: list[Letter]
    may_ask: bool
    may_speak: bool
    until: date


@one_law()
def interests_of(person: Person) -> list[tuple[Interest, Text]]:
    """The cases that a person was told of, the latest first."""
    found = Interest.objects.filter(person=person, case__erased_at=None).select_related("case__enactment")
    return [(each, procedure_of(each.case).name) for each in found.order_by("-pk")[:100]]


@one_law()
def interest_for(person: Person, pk: int, *, now: datetime) -> InterestTold:
    """One of them; NoSuchInterest for any other."""
    found = Interest.objects.filter(pk=pk, person=person, case__erased_at=None)
    interest = found.select_related("case__enactment", "case__applicant", "case__parent", "person").first()
    if interest is None:
        raise NoSuchInterest
    case = interest.case
    special = hearing_for_others(case)
    return InterestTold(
        interest=interest,
        name=procedure_of(case).name,
        charter=charter_of(case),
        basis=list(special.legal_basis) if special else [],
        hearing=Hearing.objects.filter(case=case).first(),
        letters=list(Letter.objects.filter(case=case, recipient=person).order_by("-pk")),
        may_ask=can_be_asked(case) and day_of(now, charter_of(case)) <= interest.ask_until,
        may_speak=takes_views(case),
        until=interest.ask_until,
    )


def told_in(case: Case, viewer: Actor, *, now: datetime) -> list[Interest]:
    """Who was told of a case, for those who handle it; each of them sees the look."""
    found = list(Interest.objects.filter(case=case).select_related("person", "case").order_by("pk"))
    for each in found:
        note_look(
            charter=charter_of(case),
            about=index_of_person(each.person),
            fields=[],
            power=reaching_power(viewer, case, now=now),
            by=viewer,
            case=case.number,
            case_open=case.is_open,
            now=now,
        )
    return found
