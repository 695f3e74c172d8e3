"""The public log of moderation: each measure as a statement of reasons, and how often measures were overturned.

The names of the fields are those of the European Commission's database of statements of reasons (DSA, art. 17 and 24).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.moderation.models import DECIDED, LIFTED, Measure
from zhengtong.agora.moderation.moderated import Moderated, appeals_of, moderated
from zhengtong.cases.law import WITH_LAW, charter_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import HouseRule
from zhengtong.common.paging import on_page
from zhengtong.common.session import PROGRAM, session_of
from zhengtong.common.text import Text, text
from zhengtong.people.wording import listed

if TYPE_CHECKING:
    from zhengtong.agora.reports.models import Kept
GROUNDS = {"law": "DECISION_GROUND_ILLEGAL_CONTENT", "terms": "DECISION_GROUND_INCOMPATIBLE_CONTENT"}
ROUND = "everywhere: the page of the round and its data"
REPORT = "everywhere: the list and the map of reports, their data, and Open311"
SOURCES = {
    Measure.Found.OWN: "SOURCE_VOLUNTARY",
    Measure.Found.NOTICE: "SOURCE_TYPE_OTHER_NOTIFICATION",
    Measure.Found.SIGNAL: "SOURCE_VOLUNTARY",
}


REDRESS = text(
    "任何人都可以申诉一次，不收费：{name}（{law}）。{further}",
    "Anybody may contest it once, free of charge: {name} ({law}).{further}",
)
FURTHER = text("对申诉决定不服的：{name}。", " Against what is decided then: {name}.")


@dataclass(frozen=True)
class Statement:
    """One measure with the rule by which it was taken, as the charter of its round words it."""

    measure: Measure
    round: Moderated

    @property
    def contribution(self) -> Contribution | None:
        return self.measure.contribution

    @property
    def what(self) -> str:
        """Which one it is: the number of the contribution in its round, or of the petition."""
        return f"#{self.measure.number}" if self.contribution else self.round.case.number

    @property
    def text(self) -> str:
        """What was taken away, for its judge; not known here of a report that is public again."""
        return self.contribution.text if self.contribution else self.kept.words if self.kept else ""

    @property
    def kept(self) -> "Kept | None":
        """What is withheld of a report, for its judge."""
        found: Kept | None = getattr(self.measure, "kept", None)
        return found

    @property
    def rule(self) -> HouseRule | None:
        return self.round.declared.rule(self.measure.rule)

    @property
    def still(self) -> str | None:
        """The text where it may be read all the same: nothing in it is unlawful to show, and it was shown before."""
        found = self.contribution
        return found.text if found and found.sponsored and self.rule and self.rule.folded else None

    @property
    def outcome(self) -> str:
        """What became of it, as the measure says."""
        return self.measure.outcome

    @property
    def contestable(self) -> bool:
        """Whether who has not contested it yet still may."""
        return self.measure.lifted_at is None and self.outcome != "overturned"

    def as_data(self) -> dict[str, Any]:
        """With every field that there is; no person is in it, of a voice only its name in the round."""
        measure, found, rule, day = self.measure, self.contribution, self.rule, self.round.day
        law = rule is not None and rule.ground == "law"
        basis = "; ".join(rule.legal_basis) if rule else ""
        wording = rule.wording if rule else ""
        return {
            "puid": f"{self.round.case.number}-{measure.pk}",
            "round": self.round.case.number,
            "contribution": found.number if found else "",
            "voice": found.author if found else "",
            "rule": measure.rule,
            "decision_visibility": (
                "DECISION_VISIBILITY_CONTENT_DEMOTED" if self.still else "DECISION_VISIBILITY_CONTENT_DISABLED"
            ),
            "territorial_scope": ROUND if found else REPORT,
            "application_date": day(measure.taken_at).isoformat(),
            "end_date_visibility_restriction": measure.until.isoformat() if measure.until else "",
            "content_date": day(found.made_at if found else self.round.case.filed_at).isoformat(),
            "content_type": "CONTENT_TYPE_TEXT",
            "decision_ground": GROUNDS[rule.ground] if rule else "",
            "illegal_content_legal_ground": basis if law else "",
            "illegal_content_explanation": wording if law else "",
            "incompatible_content_ground": "" if law else basis,
            "incompatible_content_explanation": "" if law else wording,
            "decision_facts": measure.facts,
            "what_was_there": measure.was,
            "source_type": SOURCES[Measure.Found(measure.found)],
            "automated_detection": "Yes" if measure.found == Measure.Found.SIGNAL else "No",
            "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
            "post": measure.post,
            "redress_possibilities": self._redress(),
            "redress_at": f"{settings.ZHENGTONG_URL}/take-part/{self.round.case.number}/contest/{measure.pk}",
            "contested_by": ";".join(each.number for each in measure.appeals.all()),
            "outcome": self.outcome,
            "lifted_on": day(measure.lifted_at).isoformat() if measure.lifted_at else "",
            "lifted_because": measure.lifted_why,
        }

    def _redress(self) -> Text:
        """How it is contested, by which law, and what follows that (DSA, art. 17, 3 f)."""
        charter = self.round.charter
        appeal = charter.procedures[self.round.declared.appeal]
        further = charter.procedures.get(appeal.appeal or charter.head.appeal)
        return REDRESS.format(
            name=appeal.name,
            law=listed(charter.cite(each) for each in appeal.legal_basis),
            further=FURTHER.format(name=further.name) if further else Text(),
        )


@dataclass(frozen=True)
class Rate:
    """How the measures of one post by one rule fared. `share`: of those that an appeal decided, how many fell."""

    procedure: str
    post: str
    rule: str
    taken: int
    contested: int
    decided: int
    overturned: int
    put_right: int

    @property
    def share(self) -> float | None:
        return self.overturned / self.decided if self.decided else None

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(self.share * 100)


def statements(*, page: int | None = None, round_: Moderated | None = None) -> list[Statement]:
    """The log, the newest first; a page of it, or all. Three queries: the laws of rounds are read once each."""
    found = _measures()
    if round_ is not None:
        found = found.filter(Q(contribution__case=round_.case) | Q(petition=round_.case))
    return _stated(found[on_page(page)])


def statement(pk: int) -> Statement | None:
    """One of them."""
    return next(iter(_stated(_measures().filter(pk=pk))), None)


@session_of(PROGRAM)  # what an appeal is about is another office's case, and is told to everybody but for the text
def contested_in(appeal: Case) -> Statement | None:
    """The measure that an appeal is against, for its judge; none of any other case. Two queries, and none of those."""
    if appeal.procedure not in appeals_of(charter_of(appeal)):
        return None
    return next(iter(_stated(_measures().filter(appeals=appeal))), None)


def told(voice: Voice) -> list[Statement]:
    """Every measure on what a voice has said, for that voice."""
    return _stated(_measures().filter(contribution__voice=voice))


def _measures() -> QuerySet[Measure]:
    law = [f"{of}__{each}" for of in ("contribution__case", "petition") for each in WITH_LAW]
    found = Measure.objects.select_related("contribution__voice", "kept", *law)
    return found.prefetch_related("appeals").order_by("-taken_at", "-pk")


def _stated(found: QuerySet[Measure]) -> list[Statement]:
    places: dict[int, Moderated] = {}
    stated = []
    for measure in found:
        case = measure.case
        if case.pk not in places:
            places[case.pk] = moderated(case)
        stated.append(Statement(measure, places[case.pk]))
    return stated


def rates() -> Sequence[Rate]:
    """Per procedure, post and rule: how many measures, however often each was contested; one query."""
    otherwise = Q(lifted_why__in=LIFTED)
    rows = (
        Measure.objects.values(
            "rule", "post", procedure=Coalesce("contribution__case__procedure", "petition__procedure")
        )
        .annotate(
            taken=Count("pk", distinct=True),
            contested=Count("pk", filter=Q(appeals__isnull=False), distinct=True),
            decided=Count("pk", filter=Q(appeals__outcome__in=DECIDED), distinct=True),
            overturned=Count("pk", filter=Q(appeals__outcome="granted"), distinct=True),
            put_right=Count("pk", filter=Q(lifted_at__isnull=False) & ~otherwise, distinct=True),
        )
        .order_by("procedure", "post", "rule")
    )
    return [Rate(**row) for row in rows]
