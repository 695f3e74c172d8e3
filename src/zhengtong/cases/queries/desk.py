"""The officer's desk, the offers that wait there, and the supervisor's lights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from zhengtong.cases.acts.handling import outputs_of
from zhengtong.cases.authority import competent_posts, may
from zhengtong.cases.clock import WARN_WORKING_DAYS, light
from zhengtong.cases.closing import is_adverse
from zhengtong.cases.contents import contents_of, wording
from zhengtong.cases.errors import NoSuchCase
from zhengtong.cases.hearings import can_be_asked
from zhengtong.cases.interests import hearing_for_others
from zhengtong.cases.law import WITH_LAW, calendar_on, charter_of, day_of, procedure_of, routing
from zhengtong.cases.looking import noted
from zhengtong.cases.models import Case, Handover, Proposal, Task, urgency
from zhengtong.cases.queries.case_view import CaseView, view
from zhengtong.cases.queries.lists import CaseRow, row, rows
from zhengtong.cases.queries.reminded import Reminded, reminded
from zhengtong.cases.rated import follows_rating, is_secret_from, secret_from
from zhengtong.cases.wording import chosen_told, outcome_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.charter.model import OutcomeContent, Procedure
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.common.text import Text, text
from zhengtong.people.actor import Actor
from zhengtong.people.decide import Question, may_act
from zhengtong.people.permissions import grants_of
from zhengtong.people.wording import VERBS, post_told


@dataclass(frozen=True)
class TaskRow:
    """One step on a desk."""

    id: int
    number: str
    procedure: str
    name: Text
    step: Text
    party: str
    opened_at: datetime
    due_on: date | None
    light: str
    claimed_by: str
    chosen: Text | None  # why it was given to them
    reminded: Sequence[Reminded] = ()


@dataclass(frozen=True)
class OfferRow:
    """A step that another post offers."""

    id: int
    task: TaskRow
    from_post: Text
    reason: str
    offered_at: datetime
    until: date | None  # the last day to contest it, of a case that was sent on


@dataclass(frozen=True)
class ProposalRow:
    """What one officer has proposed and another has to confirm; `person` proposed it."""

    id: int
    number: str
    name: Text
    party: str
    act: Text
    outcome: Text
    reasons: str
    basis: list[Text]
    by_post: Text
    by_name: str
    person: int
    at: datetime


@dataclass(frozen=True)
class SupervisedRow:
    """A case that is late or about to be, or whose hand-over was raised; `tasks` are its open steps."""

    row: CaseRow
    contested: bool
    tasks: list[Task]


@dataclass(frozen=True)
class TaskView:
    """A step with its case, and what may be done with it."""

    task: Task
    step: Text
    case: CaseView
    outputs: list[tuple[str, Text, bool]]  # value, in words, adverse
    contents: dict[str, Sequence[OutcomeContent]]  # what each of them has to say
    may: frozenset[str]
    posts: list[tuple[str, Text]]  # to hand over to
    articles: list[tuple[str, Text]]  # to base a decision on
    chosen: Text | None  # why it was given to whoever has it


Place = tuple[date | None, int]  # of a step on a desk: when it is due, and its id


@one_law()
def desk(actor: Actor, *, now: datetime, after: Place | None = None, limit: int = 100) -> list[TaskRow]:
    """The open steps of the actor's post, the most urgent first, those without a date last; `after` pages on."""
    tasks = Task.objects.filter(post=actor.post, status=Task.Status.OPEN).alias(urgency=urgency())
    if after is not None:
        day, pk = after
        tasks = tasks.filter(urgency__gte=day or date.max).exclude(urgency=day or date.max, pk__lte=pk)
    found = tasks.select_related(*_WITH).order_by("urgency", "pk")[:limit]
    told = reminded({each.pk: charter_of(each.case) for each in found})
    return [_task_row(task, now=now, told=told.get(task.pk, ())) for task in found]


_WITH = ("case__enactment", "case__applicant", "case__enterprise", "officer")


@one_law()
def offers(actor: Actor, *, now: datetime) -> list[OfferRow]:
    """What other posts offer to the actor's."""
    found = Handover.objects.filter(to_post=actor.post, status=Handover.Status.OFFERED).select_related(
        *(f"task__{each}" for each in _WITH)
    )
    return [
        OfferRow(
            id=each.pk,
            task=_task_row(each.task, now=now),
            from_post=post_told(charter_of(each.task.case), each.from_post),
            reason=each.reason,
            offered_at=each.offered_at,
            until=each.answer_until,
        )
        for each in found.order_by("offered_at")[:100]
    ]


@one_law()
def proposals(actor: Actor, *, now: datetime, limit: int = 100) -> list[ProposalRow]:
    """What waits for a second officer, and the actor's post has the power for; their own proposals among them."""
    charter = in_force_at(now).charter
    grants = grants_of(charter, actor.post, on=day_of(now, charter))
    waiting = Proposal.objects.filter(status=Proposal.Status.OPEN).select_related(
        "proposed_by", "certificate", *(f"case__{each}" for each in (*WITH_LAW, "about"))
    )
    found = list(waiting.order_by("pk"))
    secret = secret_from((each.case for each in found), actor)
    open_to = [each for each in found if each.case_id not in secret]
    return [_proposal_row(each) for each in open_to if _has_power(each, actor, grants, now=now)][:limit]


def _has_power(proposal: Proposal, actor: Actor, grants: Sequence[Grant], *, now: datetime) -> bool:
    case = proposal.case
    on = day_of(now, charter_of(case))
    asked = Question(post=actor.post, act=proposal.act, matter=case.procedure, region=case.region, on=on)
    return may_act(asked, grants).allowed


def _proposal_row(proposal: Proposal) -> ProposalRow:
    case, content = proposal.case, proposal.content
    charter, listed = charter_of(case), procedure_of(case)
    revoked = text("撤销证照", "Revoke the certificate")
    return ProposalRow(
        id=proposal.pk,
        number=case.number,
        name=listed.name,
        party=case.party.name,
        act=VERBS[proposal.act],
        outcome=outcome_told(listed, content["output"]) if "output" in content else revoked,
        reasons=wording(content.get("contents", ()), str(content.get("reasons", "")), case.language),
        basis=[charter.cite(each) for each in content.get("basis", [])],
        by_post=post_told(charter, proposal.proposed_in),
        by_name=proposal.proposed_by.name,
        person=proposal.proposed_by_id,
        at=proposal.proposed_at,
    )


@one_law()
def task_for(actor: Actor, task_id: int, *, now: datetime) -> TaskView:
    """A step that lies on the actor's desk or is offered to it; else `NoSuchCase`. The look at its case is kept."""
    task = Task.objects.filter(pk=task_id).select_related(*_WITH, "case__parent", "case__about").first()
    if task is None or is_secret_from(task.case, actor) or not _reaches(actor, task, now=now):
        raise NoSuchCase
    noted(task.case, actor, now=now)
    charter, listed = charter_of(task.case), procedure_of(task.case)
    node = charter.process(task.case.procedure).nodes[task.node]
    values = outputs_of(node)[1]
    return TaskView(
        task=task,
        step=node.name,
        case=view(task.case, actor, now=now),
        outputs=[(value, outcome_told(listed, value), is_adverse(listed, value)) for value in values],
        contents={value: found for value in values if (found := contents_of(task.case, value))},
        may=_may(actor, task, charter, now=now),
        posts=_other_posts(charter, task, now=now),
        articles=[(ref, charter.cite(ref)) for ref in _articles(charter, listed, day_of(now, charter))],
        chosen=chosen_told(charter, task),
    )


@one_law()
def supervised(actor: Actor, *, now: datetime, only: str = "", limit: int = 100) -> list[SupervisedRow]:
    """The open cases in the supervisor's region that are red or yellow, and those whose hand-over was raised."""
    charter = in_force_at(now).charter
    today, calendar = day_of(now, charter), calendar_on(now)
    soon = today if only == "red" else calendar.after(today, WARN_WORKING_DAYS)
    late = Q(due_on__lt=today) if only == "red" else Q(due_on__lte=soon)
    raised = Q(tasks__handovers__status=Handover.Status.TO_SUPERVISOR, tasks__status=Task.Status.OPEN)
    region = charter.organisation_of(actor.post).region
    within = [code for code in charter.regions if charter.region_within(code, region)]
    open_cases = Case.objects.exclude(status=Case.Status.CLOSED).filter(region__in=within)
    picked = open_cases.filter(late if only else late | raised).distinct().order_by("due_on", "pk")
    picked = picked.prefetch_related("tasks__handovers")[:limit]
    cases = list(picked.select_related(*WITH_LAW, "about__enactment"))
    secret = secret_from(cases, actor)
    return [
        SupervisedRow(
            row=row(case, now=now),
            contested=_contested(case),
            tasks=[t for t in case.tasks.all() if t.status == "open"],
        )
        for case in cases
        if case.pk not in secret
    ]


def cases_at(actor: Actor, *, now: datetime, limit: int = 100) -> list[CaseRow]:
    """The open cases that the actor's post is responsible for."""
    return rows(Case.objects.filter(post=actor.post).order_by("due_on", "pk")[:limit], now=now)


def _contested(case: Case) -> bool:
    return any(
        handover.status == Handover.Status.TO_SUPERVISOR
        for task in case.tasks.all()
        if task.status == Task.Status.OPEN
        for handover in task.handovers.all()
    )


def _task_row(task: Task, *, now: datetime, told: Sequence[Reminded] = ()) -> TaskRow:
    charter = charter_of(task.case)
    return TaskRow(
        id=task.pk,
        number=task.case.number,
        procedure=task.case.procedure,
        name=procedure_of(task.case).name,
        step=charter.process(task.case.procedure).nodes[task.node].name,
        party="" if follows_rating(task.case) else task.case.party.name,
        opened_at=task.opened_at,
        due_on=task.due_on,
        light=light(
            task.due_on,
            stopped=task.case.stopped,
            closed=False,
            today=day_of(now, charter),
            calendar=calendar_on(now),
        ),
        claimed_by=task.officer.name if task.officer else "",
        chosen=chosen_told(charter, task),
        reminded=told,
    )


def _reaches(actor: Actor, task: Task, *, now: datetime) -> bool:
    if not actor.post:
        return False
    if task.post == actor.post or task.handovers.filter(to_post=actor.post, status=Handover.Status.OFFERED).exists():
        return True
    return _supervises(actor, task, now=now)


def _supervises(actor: Actor, task: Task, *, now: datetime) -> bool:
    return may(task.case, by=actor, act="supervise", now=now).allowed


def _may(actor: Actor, task: Task, charter: Charter, *, now: datetime) -> frozenset[str]:
    """Further acts, beside ending the step in one of its outputs."""
    listed = charter.listed(task.case.procedure)
    special: set[str] = {each.kind for each in listed.special_procedures} if isinstance(listed, Procedure) else set()
    if task.status != Task.Status.OPEN:
        return frozenset()
    able = _may_in(task, special) if task.post == actor.post else {"assign"}
    if can_be_asked(task.case) and may(task.case, by=actor, act="hear", now=now).allowed:
        able.add("order-hearing")
    if "extension" in special and _supervises(actor, task, now=now):
        able.add("extend")
    return frozenset(able)


def _may_in(task: Task, special: set[str]) -> set[str]:
    """What the step's own post may do with it."""
    able = {"claim", "complete", "hand-over", "stand-aside"}
    if task.act == "accept" or "correction" in special:
        able.add("request-correction")
    if "inspection" in special and task.act == "inspect":
        able.add("schedule-inspection")
    if task.act == "hear":
        able.add("arrange-hearing")
    if task.case.accepted_at and hearing_for_others(task.case):
        able.add("tell-interested")
    return able


def _other_posts(charter: Charter, task: Task, *, now: datetime) -> list[tuple[str, Text]]:
    """Every other post; of a case that is sent on, those that have the power."""
    if routing(task.case):
        able: Iterable[str] = competent_posts(task, now=now)
    else:
        offices = (each for each in charter.organisations.values() if each.in_force(day_of(now, charter)))
        able = (f"{office.id}/{post.id}" for office in offices for post in office.posts)
    return [(ref, post_told(charter, ref)) for ref in able if ref != task.post]


def _articles(charter: Charter, listed: object, on: date) -> list[str]:
    """The procedure's own articles first, then the rest of the laws that they belong to."""
    own = list(getattr(listed, "legal_basis", []))
    laws = list(dict.fromkeys(ref.partition("/")[0] for ref in own))
    others = [
        f"{law}/{article.article}" for law in laws for article in charter.laws[law].articles if article.in_force(on)
    ]
    return list(dict.fromkeys([*own, *others]))
