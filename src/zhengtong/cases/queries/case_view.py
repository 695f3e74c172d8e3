"""One case, as the party sees it, or an officer whose post reaches it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from zhengtong.cases import clock, hearings, kinds, solved
from zhengtong.cases.authority import allowed, is_party, sees
from zhengtong.cases.closing import appeal_of
from zhengtong.cases.contesting import contests
from zhengtong.cases.errors import CaseErased, NoSuchCase
from zhengtong.cases.law import WITH_LAW, charter_of, charters_of, day_of, procedure_of
from zhengtong.cases.looking import noted, reaching_power
from zhengtong.cases.models import (
    Case,
    Certificate,
    Decision,
    Document,
    Handover,
    Hearing,
    Inspection,
    Letter,
    Rating,
    Reliance,
    Representative,
    Stop,
    Task,
    Word,
)
from zhengtong.cases.models.case import OFFICE
from zhengtong.cases.queries.lists import CaseRow, row
from zhengtong.cases.queries.representing import representatives_told
from zhengtong.cases.rated import is_secret_from
from zhengtong.cases.representing import declared, names_only
from zhengtong.cases.wording import outcome_told, rule_sentences, value_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.charter.queries import one_law
from zhengtong.common.text import Text
from zhengtong.engines.deadlines import Deadline
from zhengtong.engines.process import State
from zhengtong.engines.process.state import split
from zhengtong.ledger.kinds import KINDS
from zhengtong.ledger.queries import together
from zhengtong.people.actor import Actor
from zhengtong.people.wording import post_told


@dataclass(frozen=True)
class HistoryRow:
    """One act, as people read it. `number` is the case (or part) that it belongs to."""

    at: datetime
    kind: str
    title: Text
    by: Text
    reason: str
    basis: list[Text]
    number: str
    name: Text
    position: int


@dataclass(frozen=True)
class FactRow:
    """One fact of the case; `source` is the register that it came from, if nobody was asked."""

    name: str
    title: Text
    value: Text
    source: Text | None


@dataclass(frozen=True)
class DecisionView:
    """A decision with what it rests on, in words."""

    decision: Decision
    outcome: Text
    basis: list[tuple[str, Text]]
    sentences: dict[str, list[str]]  # by language: the rules that took part
    appeal: Procedure | None
    set_aside: bool
    contest: Case | None  # in which its party contests it, or did


@dataclass(frozen=True)
class CaseView:
    """Everything that a case page shows. Parts are views of their own, without parts."""

    case: Case
    row: CaseRow
    charter: Charter
    procedure: Procedure | LifeEvent
    tasks: list[Task]
    stop: Stop | None
    promised: Deadline | None
    statutory: Deadline | None
    decisions: list[DecisionView]
    certificates: list[Certificate]
    inspections: list[Inspection]
    hearing: Hearing | None
    may_be_heard: bool  # its party, or an office, can still ask for a hearing
    handovers: list[Handover]
    rating: Rating | None
    word: Word | None  # whether it is solved, as the party said last
    contested: list[Decision]  # those of the case that this one is about
    fallen: list[Reliance]  # what the case rests on and was overturned
    history: list[HistoryRow]
    facts: list[FactRow] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    parts: list["CaseView"] = field(default_factory=list)
    can: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()  # what the reader may do as party, or for it, as soon as there is reason to
    representatives: list[Representative] = field(default_factory=list)


@one_law()
def case_for(viewer: Actor, number: str, *, now: datetime) -> CaseView:
    """The case, if the viewer is its party (or acts for it) or holds a post that reaches it; else `NoSuchCase`.

    An officer's look is kept.
    """
    case = _find(number)
    if is_secret_from(case, viewer) or not (sees(case, viewer, now=now) or post_reaches(viewer, case, now=now)):
        raise NoSuchCase
    if case.erased_at is not None:
        raise CaseErased(on=day_of(case.erased_at, charter_of(case)))
    noted(case, viewer, now=now)
    return view(case, viewer, now=now)


def _find(number: str) -> Case:
    case = (
        Case.objects.filter(number=number[:40].replace("\x00", ""))
        .select_related(*WITH_LAW, "parent", "about__enactment")
        .first()
    )
    if case is None:
        raise NoSuchCase
    return case


def post_reaches(viewer: Actor, case: Case, *, now: datetime) -> bool:
    """Whether the post has the case before it, or supervises, or holds any power over its matter in its region."""
    if not viewer.post:
        return False
    if viewer.post == case.post or case.tasks.filter(post=viewer.post).exists():
        return True
    if Handover.objects.filter(task__case=case, to_post=viewer.post).exists():
        return True
    return bool(reaching_power(viewer, case, now=now))


def view(case: Case, viewer: Actor, *, now: datetime) -> CaseView:
    """Put the page together: the same number of queries for any case. A rating is shown to the party alone."""
    parts = list(case.parts.select_related(*WITH_LAW).order_by("pk"))
    own = is_party(case, viewer, now=now)
    history = [each for each in _history([case, *parts]) if own or each.kind != kinds.RATED]
    against = list(contests(case, *parts).order_by("pk"))
    whole = _single(case, history=history, against=against, now=now)
    return replace(
        whole,
        rating=whole.rating if own else None,
        word=whole.word if own or viewer.post else None,
        parts=[_single(part, history=[], against=against, now=now) for part in parts],
        facts=facts_told(case, whole=own or bool(viewer.post)),
        documents=list((case.parent or case).documents.order_by("pk")),
        letters=list(_letters([case, *parts], viewer).order_by("-written_at", "-pk")),
        can=_can(case, parts, viewer, now=now),
        allowed=allowed(case, viewer, now=now),
        representatives=representatives_told(case),
    )


def _letters(cases: list[Case], viewer: Actor) -> QuerySet[Letter]:
    """Those to the party; an office that has the case reads what went to others, too, but for those whom a round of
    its own drew by lot: it learns only of who accepts.
    """
    found = Letter.objects.filter(case__in=cases)
    return found.exclude(case__channel=OFFICE) if viewer.post else found.filter(recipient=F("case__applicant"))


def _single(case: Case, *, history: list[HistoryRow], against: list[Case], now: datetime) -> CaseView:
    return CaseView(
        case=case,
        row=row(case, now=now),
        charter=charter_of(case),
        procedure=procedure_of(case),
        tasks=list(case.tasks.filter(status=Task.Status.OPEN).order_by("pk")),
        stop=case.stops.filter(to_at__isnull=True).select_related("task").first(),
        promised=clock.promised(case, now=now),
        statutory=clock.statutory(case, now=now),
        decisions=[
            decision_view(decision, against)
            for decision in case.decisions.select_related("case__enactment").order_by("pk")
        ],
        certificates=list(case.certificates.order_by("pk")),
        inspections=list(Inspection.objects.filter(task__case=case).order_by("at")),
        hearing=Hearing.objects.filter(case=case).first(),
        may_be_heard=hearings.can_be_asked(case),
        handovers=list(Handover.objects.filter(task__case=case).order_by("pk")),
        rating=case.ratings.first(),
        word=case.words.select_related("follow_up__enactment").order_by("round").last(),
        contested=list(case.about.decisions.order_by("pk")) if case.about else [],
        fallen=list(case.rests_on.filter(overturned_at__isnull=False).select_related("on").order_by("pk")),
        history=history,
    )


def decision_view(decision: Decision, against: Sequence[Case] = ()) -> DecisionView:
    """A decision in words, with where to contest it; `against`: the cases in which it may have been contested."""
    charter = charter_of(decision.case)
    appeal = appeal_of(decision.case) if decision.adverse else None
    found = (each for each in against if each.about_id == decision.case_id and each.filed_at >= decision.decided_at)
    return DecisionView(
        decision=decision,
        outcome=outcome_told(procedure_of(decision.case), decision.outcome),
        basis=[(each, charter.cite(each)) for each in decision.legal_basis],
        sentences={
            tag: rule_sentences(decision.case, decision.trace, tag, otherwise=decision.adverse)
            for tag in charter.head.languages
        },
        appeal=appeal,
        set_aside=decision.set_aside_at is not None,
        contest=next((each for each in found if appeal and each.procedure == appeal.id), None),
    )


def facts_told(case: Case, *, whole: bool = True) -> list[FactRow]:
    """The facts in the order of the form, with their sources, in words; not `whole`: of representatives the names."""
    charter, rule = charter_of(case), None if whole else declared(case)
    facts = case.facts | ({rule.question: names_only(case.facts.get(rule.question) or [])} if rule else {})
    return [
        FactRow(
            name=question.name,
            title=question.title,
            value=value_told(charter, question, facts[question.name]),
            source=charter.registers[case.sources[question.name]].name if question.name in case.sources else None,
        )
        for question in charter.form(case.procedure).questions
        if question.name in case.facts
    ]


def standing(case: Case, *, now: datetime) -> dict[str, str]:
    """How the nodes of the case's process stand, as `engines.process.draw` marks them: `done`, `now` or `late`.

    A node that waits again is no longer done. A part stands for the node that called it.
    """
    today = day_of(now, charter_of(case))
    marks: dict[str, str] = {}
    for node, status, due_on in case.tasks.order_by("pk").values_list("node", "status", "due_on"):
        if status != Task.Status.CANCELLED:
            marks[node] = _stands(is_done=status == Task.Status.DONE, due_on=due_on, today=today)
    for part in case.parts.order_by("pk"):
        marks[split(part.called_by)[0]] = _stands(is_done=not part.is_open, due_on=part.due_on, today=today)
    state = State.from_json(case.state) if case.state else State()
    waiting = {node: "now" for _key, node in state.waiting if marks.get(node, "done") == "done"}
    return marks | waiting


def _stands(*, is_done: bool, due_on: date | None, today: date) -> str:
    return "done" if is_done else "late" if due_on and today > due_on else "now"


def _history(cases: list[Case]) -> list[HistoryRow]:
    by_number = {case.number: case for case in cases}
    return [_history_row(act, by_number[act.subject]) for act in together(list(by_number))]


def _history_row(act: Any, case: Case) -> HistoryRow:
    charter = charter_of(case)
    return HistoryRow(
        at=act.at,
        kind=act.kind,
        title=KINDS[act.kind].title,
        by=_who(case, act.actor_post),
        reason=act.reason,
        basis=[charter.cite(each) for each in act.legal_basis],
        number=case.number,
        name=procedure_of(case).name,
        position=act.position,
    )


def _who(case: Case, post: str) -> Text:
    """In words of the charter that has the post: an earlier one, perhaps, in a case that has moved."""
    having = (charter for charter in (charters_of(case) if post else ()) if post in charter.posts)
    return next((post_told(charter, post) for charter in having), Text())


def _can(case: Case, parts: list[Case], viewer: Actor, *, now: datetime) -> frozenset[str]:
    """What the party may do now."""
    may = allowed(case, viewer, now=now)
    can = set()
    if case.is_open:
        can.add("withdraw")
        if charter_of(case).head.recusal:
            can.add("ask-recusal")
        if Stop.objects.filter(case__in=[case, *parts], kind="correction", to_at__isnull=True).exists():
            can.add("answer-correction")
    elif case.parent_id is None and procedure_of(case).on_request and not case.ratings.exists():
        can.add("rate")
    if solved.asked(case):
        can.add("say-solved")
    if any(each.decisions.filter(adverse=True, set_aside_at__isnull=True).exists() for each in [case, *parts]):
        can.add("appeal")
    return frozenset(can) & (may | ({"appeal"} if is_party(case, viewer, now=now) else set()))
