"""Those who speak for many, as they see it themselves, and as those who handle the case do."""

from dataclasses import dataclass

from django.db.models import QuerySet

from zhengtong.cases.errors import NoSuchRepresentation
from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Letter, Representative
from zhengtong.cases.queries.held import NUMBER, Item, Row, Section, moment
from zhengtong.cases.representing import declared, may_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import one_law
from zhengtong.common.text import Text, text
from zhengtong.people.models import Person

Status = Representative.Status
ANSWERS = {
    Status.NAMED: text("尚未答复", "not answered yet"),
    Status.ACCEPTED: text("同意担任", "accepted"),
    Status.DECLINED: text("不担任", "declined"),
}


@dataclass(frozen=True)
class NamedTold:
    """One case in which somebody was named; before they accept, nothing of what it says but what it is."""

    made: Representative
    name: Text
    charter: Charter
    basis: list[str]
    by: str  # who named them
    may: Text
    letters: list[Letter]

    @property
    def may_accept(self) -> bool:
        """Whether they can still say yes: while the case is open."""
        return self.made.status != Status.ACCEPTED and self.made.case.is_open

    @property
    def may_decline(self) -> bool:
        """Whether they can say no, or lay it down."""
        return self.made.status != Status.DECLINED


@one_law()
def named_in(person: Person) -> list[tuple[Representative, Text]]:
    """The cases in which a person was named, the latest first."""
    found = _theirs(person).select_related("case__enactment").order_by("-pk")[:100]
    return [(each, procedure_of(each.case).name) for each in found]


@one_law()
def named_for(person: Person, pk: int) -> NamedTold:
    """One of them; NoSuchRepresentation for any other."""
    made = _theirs(person).filter(pk=pk).select_related("case__enactment", "case__applicant", "person").first()
    if made is None:
        raise NoSuchRepresentation
    rule = declared(made.case)
    return NamedTold(
        made=made,
        name=procedure_of(made.case).name,
        charter=charter_of(made.case),
        basis=list(rule.legal_basis) if rule else [],
        by=str(made.case.applicant.name),
        may=may_told(made.case),
        letters=list(Letter.objects.filter(case=made.case, recipient=person).order_by("-pk")),
    )


def held_as_representative(person: Person) -> Section:
    """What is held of somebody as one who was named: where, and what they said."""
    items = [
        Item(
            name,
            [
                Row("case", NUMBER, each.case.number),
                Row("status", text("答复", "Answer"), each.status, ANSWERS[Status(each.status)]),
                moment("named_at", each.named_at),
            ],
        )
        for each, name in named_in(person)
    ]
    return Section("representative", text("被推选为代表", "Named as a representative"), items)


def representatives_told(case: Case) -> list[Representative]:
    """Whoever of a case was named and is known here, and what they said; no query where the charter has none."""
    if declared(case) is None:
        return []
    return list(case.representatives.exclude(status=Status.REMOVED).select_related("person").order_by("pk"))


def _theirs(person: Person) -> QuerySet[Representative]:
    return Representative.objects.filter(person=person, case__erased_at=None).exclude(status=Status.REMOVED)
