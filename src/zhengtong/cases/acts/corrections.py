"""What is missing is told once, of everything (licensing law art. 32); until it comes the clock stands still."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.cases import clock, facts, kinds, letters, representing
from zhengtong.cases.acts.filing import Upload, require_clerk
from zhengtong.cases.acts.representing import name_representatives
from zhengtong.cases.authority import allowed, is_party, require_task
from zhengtong.cases.content_errors import StillToBeAnswered
from zhengtong.cases.documents import take_in
from zhengtong.cases.errors import AskedAlready, NoSuchMaterial, NothingAsked, NotWaitingForYou, TooLateToAsk
from zhengtong.cases.law import calendar_on, charter_of, day_of, procedure_of
from zhengtong.cases.locks import locked, open_task
from zhengtong.cases.models import Case, Stop, Task
from zhengtong.cases.work import special_procedure
from zhengtong.charter.model import LifeEvent, SpecialProcedure
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

ACCEPTANCE_GROUND = "licensing-law/32"


@transaction.atomic
def request_correction(*, task: Task, items: Sequence[Mapping[str, str]], by: Actor, now: datetime) -> Stop:
    """Ask the party for all that is missing, each item with its reason: `[{"what": …, "why": …}]`."""
    task = open_task(task.pk)
    power = require_task(task, by=by, now=now)
    wanted = [dict(item) for item in items if item.get("what", "").strip()]
    if not wanted:
        raise NothingAsked
    if task.act == "accept" and task.stops.exists():
        raise AskedAlready
    if task.stops.filter(to_at__isnull=True).exists():
        raise AskedAlready
    _require_in_time(task.case, now=now)
    ground = _ground(task)
    stop = Stop.objects.create(case=task.case, task=task, kind="correction", ground=ground, items=wanted, from_at=now)
    clock.refresh(task.case, now=now)
    task.case.save()
    record(
        kind=kinds.CORRECTION_REQUESTED,
        subject=task.case.number,
        by=by,
        power=power,
        basis=[ground],
        particulars={"items": wanted},
        now=now,
    )
    told = [f"{item['what']}（{item['why']}）" if item.get("why") else item["what"] for item in wanted]
    letters.write(task.case, "correction", correction_items=told, now=now)
    return stop


def _require_in_time(case: Case, *, now: datetime) -> None:
    """Where the law says so, a correction is asked for once, and only so long after receipt (条例 art. 30)."""
    declared = _declared(case)
    if declared is None or declared.ask_within is None:
        return
    if case.stops.filter(kind="correction").exists():
        raise AskedAlready
    charter, limit = charter_of(case), Limit.parse(declared.ask_within)
    last = due_on(start=day_of(case.filed_at, charter), limit=limit, calendar=calendar_on(now))
    if last is not None and day_of(now, charter) > last:
        raise TooLateToAsk(until=last.isoformat(), ground=charter.cite(declared.legal_basis[0]))


def require_unanswered(case: Case, outcome: str, *, now: datetime) -> None:
    """What the charter takes as given up for want of an answer: it was asked for, and the time for it is over.
    StillToBeAnswered.
    """
    found = _declared(case)
    if found is None or found.unanswered != outcome:
        return
    asked = [each for each in case.stops.filter(kind="correction") if not each.answer]
    if not any(clock.is_over(each, found.limit, now=now) for each in asked):
        raise StillToBeAnswered(ground=charter_of(case).cite(found.legal_basis[0]))


def _ground(task: Task) -> str:
    if task.act == "accept" or isinstance(procedure_of(task.case), LifeEvent):
        node = charter_of(task.case).process(task.case.procedure).nodes[task.node]
        return (node.task and node.task.legal_basis) or ACCEPTANCE_GROUND
    return special_procedure(task.case, "correction").legal_basis[0]


@transaction.atomic
def answer_correction(
    *,
    stop: Stop,
    by: Actor,
    now: datetime,
    note: str = "",
    answers: Mapping[str, Any] | None = None,
    documents: Mapping[str, Upload] | None = None,
) -> Case:
    """The party answers; the clock goes on. Before acceptance the five days begin anew with the
    completed papers, after it the whole limit where the law says so (政府信息公开条例 art. 30)."""
    case = locked(stop.case_id)
    stop = Stop.objects.select_related("task").get(pk=stop.pk)
    if stop.to_at is not None or stop.kind != "correction":
        raise NotWaitingForYou
    power = _require_party(case, by, now=now)
    changed = _take_answers(case, _by_themselves(case, answers or {}, by, now=now))
    papers = hand_in(case, documents or {}, by=by.person or case.applicant, now=now)
    stop.to_at, stop.answer = now, {"note": note, "answers": changed, "documents": papers}
    stop.save(update_fields=["to_at", "answer"])
    if stop.task.act == "accept":
        _begin_anew(case, stop.task, now=now)
    elif _counts_anew(case):
        case.accepted_at = now
    clock.refresh(case, now=now)
    case.save()
    name_representatives(case, now=now)
    record(
        kind=kinds.CORRECTION_ANSWERED,
        subject=case.number,
        by=by,
        power=power,
        basis=[stop.ground],
        particulars=stop.answer,
        now=now,
    )
    letters.write(case, "receipt-of-correction", now=now)
    return case


@transaction.atomic
def hand_in_later(*, case: Case, documents: Mapping[str, Upload], by: Actor, now: datetime) -> Case:
    """Hand in what was allowed to come later (容缺后补)."""
    case = locked(case.pk)
    if not case.is_open:
        raise NotWaitingForYou
    power = _require_party(case, by, now=now)
    papers = hand_in(case, documents, by=by.person or case.applicant, now=now)
    told = {"documents": papers}
    record(kind=kinds.DOCUMENT_ADDED, subject=case.number, by=by, power=power, particulars=told, now=now)
    return case


def hand_in(case: Case, documents: Mapping[str, Upload], *, by: Person, now: datetime) -> list[str]:
    """Put files to the whole of a (joint) case; returns their hashes."""
    root = case.parent or case
    wanted = {each.material.id: each.material for each in charter_of(case).materials(root.procedure)}
    papers = []
    for material, (name, content) in documents.items():
        if material not in wanted:
            raise NoSuchMaterial(material=material)
        paper = take_in(name=name, content=content, material=wanted[material]).keep(case=root, by=by, now=now)
        papers.append(str(paper.sha256))
    return papers


def _require_party(case: Case, by: Actor, *, now: datetime) -> str:
    """The party, or a clerk whose post takes papers in at a counter; the clerk's power."""
    if by.post:
        return require_clerk(charter_of(case), case.procedure, by, now=now)
    if "answer-correction" not in allowed(case, by, now=now):
        raise NotWaitingForYou
    return ""


def _by_themselves(case: Case, answers: Mapping[str, Any], by: Actor, *, now: datetime) -> Mapping[str, Any]:
    """Who represents many does not say who else does: only the party, or the clerk for it."""
    rule = representing.declared(case)
    if rule is None or by.post or is_party(case, by, now=now):
        return answers
    return {name: value for name, value in answers.items() if name != rule.question}


def _take_answers(case: Case, answers: Mapping[str, Any]) -> facts.Facts:
    """Change facts that were asked (never those of a register); a joint case and its parts share them."""
    form = charter_of(case).form(case.procedure)
    questions = [question for question in form.questions if question.name in answers]
    changed = facts.answered(questions, answers, known=case.facts)
    case.facts = case.facts | changed
    return changed


def _counts_anew(case: Case) -> bool:
    found = _declared(case)
    return found is not None and found.anew


def _declared(case: Case) -> SpecialProcedure | None:
    """What the charter says of corrections in this procedure, if it says anything."""
    declared = getattr(procedure_of(case), "special_procedures", ())
    return next((each for each in declared if each.kind == "correction"), None)


def _begin_anew(case: Case, task: Task, *, now: datetime) -> None:
    on = day_of(now, charter_of(case))
    case.tasks.filter(pk=task.pk).update(counts_from=on)
    case.timers.filter(ended_at__isnull=True).update(counts_from=on)
