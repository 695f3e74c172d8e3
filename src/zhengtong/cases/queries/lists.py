"""The lists that people have: their cases and their drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from zhengtong.cases.clock import light
from zhengtong.cases.law import WITH_LAW, calendar_on, charter_of, day_of, procedure_of
from zhengtong.cases.models import Case, Draft, Representative
from zhengtong.cases.models.case import OFFICE
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.queries import one_law
from zhengtong.common.text import Text
from zhengtong.people.models import Enterprise, Person


@dataclass(frozen=True)
class CaseRow:
    """One case in a list. `light` is green, yellow, red, stopped or closed."""

    number: str
    procedure: str
    name: Text
    party: str
    status: str
    outcome: str
    outcome_told: Text
    office: Text
    post_title: Text
    filed_at: datetime
    closed_at: datetime | None
    due_on: date | None
    light: str
    is_part: bool


Place = tuple[datetime, str]  # of a case in the list: when it was filed, and its number


def row(case: Case, *, now: datetime) -> CaseRow:
    """A case as a list shows it; costs no query when its enactment, applicant and enterprise were selected with it."""
    charter, listed = charter_of(case), procedure_of(case)
    return CaseRow(
        number=case.number,
        procedure=case.procedure,
        name=listed.name,
        party=case.party.name,
        status=case.status,
        outcome=case.outcome,
        outcome_told=outcome_told(listed, case.outcome) if case.outcome else Text(),
        office=charter.organisation_of(case.post).name if case.post else Text(),
        post_title=charter.post(case.post).title if case.post else Text(),
        filed_at=case.filed_at,
        closed_at=case.closed_at,
        due_on=case.due_on,
        light=light(
            case.due_on,
            stopped=case.stopped,
            closed=not case.is_open,
            today=day_of(now, charter),
            calendar=calendar_on(now),
        ),
        is_part=case.parent_id is not None,
    )


def rows(cases: QuerySet[Case], *, now: datetime) -> list[CaseRow]:
    """The same for a whole list, in one query and one for the law."""
    with one_law():
        return [row(case, now=now) for case in cases.select_related(*WITH_LAW)]


def cases_of(
    person: Person,
    *,
    now: datetime,
    enterprises: Iterable[Enterprise] = (),
    before: Place | None = None,
    limit: int = 20,
) -> list[CaseRow]:
    """The newest cases of a person, of the enterprises they act for and of those they represent; `before` pages on.

    Without parts. It is the moment and the number of the last case that was seen: several may be filed at one moment.
    """
    own = _page(Case.objects.filter(applicant=person).exclude(channel=OFFICE), before, limit, now=now)
    held = list(enterprises)
    theirs = _page(Case.objects.filter(enterprise__in=held), before, limit, now=now) if held else []
    spoken = Representative.objects.filter(person=person, status=Representative.Status.ACCEPTED).values("case")
    others = _page(Case.objects.filter(pk__in=spoken, erased_at=None), before, limit, now=now)
    newest = {each.number: each for each in [*own, *theirs, *others]}.values()
    return sorted(newest, key=lambda each: (each.filed_at, each.number), reverse=True)[:limit]


def _page(cases: QuerySet[Case], before: Place | None, limit: int, *, now: datetime) -> list[CaseRow]:
    """One party's newest cases: of each party apart, since a database that is asked for both at once reads them all."""
    mine = cases.filter(parent__isnull=True)
    if before is not None:
        moment, number = before
        mine = mine.filter(filed_at__lte=moment).exclude(filed_at=moment, number__gte=number)
    return rows(mine.order_by("-filed_at", "-number")[:limit], now=now)


def drafts_of(person: Person) -> list[Draft]:
    """Applications begun and not filed, the latest first."""
    return list(person.drafts.filter(case__isnull=True).select_related("enterprise").order_by("-updated_at")[:50])
