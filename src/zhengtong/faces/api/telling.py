"""From the kernel's views to what the interface answers."""

from typing import Any

from zhengtong.cases.queries import CaseView, TaskView
from zhengtong.cases.queries.case_view import DecisionView
from zhengtong.charter.charter import Charter
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.charter.model import LifeEvent, Procedure, Question
from zhengtong.engines.deadlines import Deadline

Told = dict[str, Any]


def cited(charter: Charter, ref: str) -> Told:
    return {"ref": ref, "cited": charter.cite(ref)}


def listed_row(listed: Procedure | LifeEvent) -> Told:
    return {
        "id": listed.id,
        "kind": "life-event" if isinstance(listed, LifeEvent) else "service",
        "name": listed.name,
        "summary": listed.summary,
        "audience": listed.audience,
        "themes": listed.themes,
        "statutory_limit": listed.statutory_limit,
        "promised_limit": listed.promised_limit,
    }


def listed_whole(charter: Charter, listed: Procedure | LifeEvent) -> Told:
    return listed_row(listed) | {
        "legal_basis": [cited(charter, ref) for ref in listed.legal_basis],
        "materials": [_material(charter, each) for each in charter.materials(listed.id)],
        "appeal": listed.appeal or charter.head.appeal,
        "implementation": listed.model_dump(mode="json", by_alias=True),
    }


def _material(charter: Charter, compiled: CompiledMaterial) -> Told:
    material = compiled.material
    return {
        "id": material.id,
        "name": material.name,
        "necessity": material.necessity,
        "medium": material.medium,
        "file_types": material.file_types,
        "services": compiled.services,
        "legal_basis": [cited(charter, ref) for ref in compiled.basis],
        "supplied_by": compiled.supplied_by,
    }


def form_schema(charter: Charter, procedure: str) -> Told:
    """The form as JSON Schema 2020-12. Questions that a register answers are marked, and are not to be sent."""
    questions = charter.form(procedure).questions
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {question.name: _question(question) for question in questions},
        "required": [each.name for each in questions if each.asked and each.required and not each.show_if],
        "additionalProperties": False,
    }


def _question(question: Question) -> Told:
    told = question.schema | {"x-title": question.title, "x-hint": question.hint, "x-basis": list(question.basis)}
    if question.source:
        told |= {"readOnly": True, "x-source": {"register": question.source.register, "field": question.source.field}}
    if question.show_if:
        told |= {"x-show-if": question.show_if}
    if question.choices:
        told |= {"x-enum": [{"value": value, "title": title} for value, title in question.choices]}
    if question.columns:
        told |= {"x-columns": {each.name: {"title": each.title, "hint": each.hint} for each in question.columns}}
    if question.services:
        told |= {"x-services": list(question.services)}
    return told


def case(view: CaseView) -> Told:
    charter = view.charter
    return vars(view.row) | {
        "can": sorted(view.can),
        "stop": _stop(view),
        "hearing": view.hearing,
        "steps": [{"node": task.node, "post": task.post, "due_on": task.due_on} for task in view.tasks],
        "facts": view.facts,
        "documents": view.documents,
        "decisions": [_decision(charter, each) for each in view.decisions],
        "certificates": view.certificates,
        "parts": [part.row for part in view.parts],
    }


def _stop(view: CaseView) -> Told | None:
    stop = view.stop
    if stop is None:
        return None
    return {
        "kind": stop.kind,
        "ground": cited(view.charter, stop.ground),
        "since": stop.from_at,
        "items": stop.items,
    }


def _decision(charter: Charter, view: DecisionView) -> Told:
    decision = view.decision
    return {
        "outcome": decision.outcome,
        "outcome_told": view.outcome,
        "adverse": decision.adverse,
        "contents": decision.contents,
        "reasons": decision.reasons,
        "way": decision.way,
        "legal_basis": [cited(charter, ref) for ref in decision.legal_basis],
        "rules": view.sentences,
        "decided_at": decision.decided_at,
        "appeal": view.appeal.id if view.appeal else None,
        "appeal_until": decision.appeal_until,
        "set_aside": view.set_aside,
    }


def history(view: CaseView) -> Told:
    return {"items": [vars(act) | {"legal_basis": act.basis} for act in view.history]}


def deadlines(view: CaseView) -> Told:
    return {"promised": _deadline(view.promised), "statutory": _deadline(view.statutory)}


def _deadline(deadline: Deadline | None) -> Told | None:
    if deadline is None:
        return None
    return {
        "on": deadline.on,
        "provisional": deadline.provisional,
        "remaining": deadline.remaining,
        "days": deadline.days,
    }


def task(view: TaskView) -> Told:
    charter = view.case.charter
    return {
        "id": view.task.pk,
        "step": view.step,
        "act": view.task.act,
        "post": view.task.post,
        "status": view.task.status,
        "due_on": view.task.due_on,
        "outputs": [
            {"value": value, "title": title, "adverse": adverse, "contents": view.contents.get(value, [])}
            for value, title, adverse in view.outputs
        ],
        "may": sorted(view.may),
        "posts": [{"post": post, "title": title} for post, title in view.posts],
        "articles": [cited(charter, ref) for ref, _told in view.articles],
        "case": case(view.case),
    }
