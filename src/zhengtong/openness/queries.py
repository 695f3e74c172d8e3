"""What is shown of papers and of third parties: to the officer, to those concerned, and to everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case
from zhengtong.cases.queries.held import Item, Row, Section, moment
from zhengtong.cases.wording import NO, YES
from zhengtong.cases.work import special_procedure
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import one_law
from zhengtong.common.paging import PAGE, on_page
from zhengtong.common.text import Text, text
from zhengtong.openness.errors import NoSuchThirdParty
from zhengtong.openness.models import Paper, Published, ThirdParty
from zhengtong.openness.third_parties import CONSULTATION, answers_for, consulting
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person

_SAID = {True: YES, False: NO, None: text("–", "–")}


def papers_of(case: Case) -> list[Paper]:
    """The papers of a request, with their marks."""
    return list(case.papers.prefetch_related("marks").order_by("pk"))


def given_in(case: Case) -> list[Paper]:
    """What the applicant has been given, if the answer discloses; nothing before it."""
    if case.is_open or case.erased_at is not None:
        return []
    return list(case.papers.filter(given_at__isnull=False).order_by("pk"))


def published(page: int) -> list[Published]:
    """A page of what is published, the latest first."""
    return list(Published.objects.order_by("-on", "-pk")[on_page(page)])


def grounds_told(charter: Charter, refs: list[str]) -> list[Text]:
    """Articles in words; those that this charter does not have are left out."""
    return [charter.cite(ref) for ref in refs if ref.partition("/")[0] in charter.laws]


@dataclass(frozen=True)
class AskedOf:
    """What a third party reads: its letters, and nothing of the case or of whoever asked for the information."""

    asked: ThirdParty
    charter: Charter
    basis: list[str]
    letters: list[tuple[str, str]]  # subject and text
    may_answer: bool


@one_law()
def asked_of(by: Actor, pk: int, *, now: datetime) -> AskedOf:
    """One question, for the third party or whoever acts for it; NoSuchThirdParty for anybody else."""
    found = ThirdParty.objects.filter(pk=pk, case__erased_at=None)
    asked = found.select_related("case__enactment", "case__applicant", "case__enterprise", "enterprise").first()
    if asked is None or not answers_for(asked, by, now=now):
        raise NoSuchThirdParty
    case = asked.case
    written = [str(each) for each in (asked.letter, asked.notice) if each]
    return AskedOf(
        asked=asked,
        charter=charter_of(case),
        basis=list(special_procedure(case, CONSULTATION).legal_basis),
        letters=[(subject, body) for subject, _, body in (each.partition("\n\n") for each in written)],
        may_answer=asked.answered_at is None and consulting(case) is not None,
    )


def all_asked_of(person: Person, enterprises: Collection[Enterprise]) -> list[ThirdParty]:
    """What a person was asked, or a company that they act for, the latest first."""
    own = Q(enterprise=None, person=person) | Q(enterprise__in=enterprises)
    found = ThirdParty.objects.filter(own, case__erased_at=None).select_related("case")
    return list(found.order_by("-pk")[:PAGE])


def held_as_third_party(person: Person) -> Section:
    """What a person was asked themselves, for the page of all that is held about them."""
    items = [
        Item(
            text("征求意见", "Asked before a disclosure"),
            [
                Row("about", text("涉及的内容", "What"), str(each.about)),
                Row("address", text("地址", "Address"), str(each.address)),
                Row("agrees", text("是否同意", "Agrees"), each.agrees, _SAID[each.agrees]),
                Row("words", text("意见", "Views"), str(each.words)),
                moment("asked_at", each.asked_at),
            ],
        )
        for each in all_asked_of(person, [])
    ]
    return Section("third-party", text("作为第三方被征求的意见", "Asked as a third party"), items)
