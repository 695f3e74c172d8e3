"""What an officer does with a step: take it up, inspect, prolong, complete it; and revoke a certificate."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.cases import clock, closing, demands, four_eyes, hearings, kinds, letters, reliance
from zhengtong.cases.acts.corrections import require_unanswered
from zhengtong.cases.acts.ending import ENDING, record_end
from zhengtong.cases.acts.filing import materials_asked
from zhengtong.cases.authority import allowed, checked_reasons, require, require_task
from zhengtong.cases.contents import Content, checked_contents, wording
from zhengtong.cases.drive import step
from zhengtong.cases.errors import (
    AlreadyExtended,
    ClockIsStopped,
    MaterialStillDue,
    NotAnInspection,
    NotAnOutput,
    NotYourTask,
)
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.locks import locked, open_case, open_task
from zhengtong.cases.models import PARTY, Case, Certificate, Extension, Inspection, Task
from zhengtong.cases.work import end_stops, end_task, special_procedure, stop_for
from zhengtong.charter.model import Procedure
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.rows import update
from zhengtong.common.session import PROGRAM, session_of
from zhengtong.common.text import Text
from zhengtong.engines import process
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor

ARRANGED = Compiled(lambda: Inspection.objects.filter(task=Given("task"), held_at__isnull=True))


@transaction.atomic
def claim(*, task: Task, by: Actor, now: datetime) -> Task:
    """An officer takes a step up, so that colleagues of the post leave it."""
    task = open_task(task.pk)
    power = require_task(task, by=by, now=now)
    task.officer, task.chosen_by = by.person, None
    update(task, "officer", "chosen_by")
    record(
        kind=kinds.TASK_CLAIMED,
        subject=task.case.number,
        by=by,
        power=power,
        now=now,
        particulars={"step": task.node},
    )
    return task


@transaction.atomic
def complete(
    *,
    task: Task,
    output: str,
    by: Actor,
    now: datetime,
    reasons: str = "",
    basis: Sequence[str] = (),
    findings: str = "",
    contents: Mapping[str, str] | None = None,
) -> Case:
    """End a step in one of its outputs: accepted, granted, passed … Adverse outputs need reasons and legal basis.

    `contents` is what the charter has this outcome say, by name.
    """
    task = open_task(task.pk)
    case = task.case
    power = _require_hand(task, by=by, now=now)
    node = charter_of(case).process(case.procedure).nodes[task.node]
    _name, allowed = outputs_of(node)
    if output not in allowed:
        raise NotAnOutput(output=output, outputs=", ".join(allowed))
    if task.act in ENDING and task.post != PARTY:
        hearings.require_heard(case, now=now)
    if case.stopped and _waits_for_the_party_or_others(task, now=now):
        raise ClockIsStopped(kind=_what_stops(case))
    require_unanswered(case, output, now=now)
    said = checked_contents(case, output, contents or {})
    told = wording(said, reasons, case.language)
    basis = list(dict.fromkeys([*_grounds(case, output), *basis]))
    if closing.is_adverse(procedure_of(case), output):
        checked_reasons(case, reasons=told, basis=basis, now=now)
    if task.act in ENDING and task.post != PARTY:
        _require_materials(case, output, now=now)
    if task.act == "hear":
        hearings.require_held(task, findings, now=now)
    if task.post != PARTY:
        demands.hold(task, output, told, now=now)
    content: dict[str, Any] = {"output": output, "reasons": reasons, "basis": basis, "findings": findings}
    content["contents"] = said
    rule = four_eyes.demanded(case, task.act, now=now) if task.post != PARTY else None
    if rule is not None:
        four_eyes.propose(case, rule, of=task, act=task.act, content=content, power=power, by=by, now=now)
        return case
    return end_in(task, power=power, by=by, now=now, **content)


def _grounds(case: Case, output: str) -> list[str]:
    """The articles that the charter itself gives for an outcome."""
    listed = procedure_of(case)
    return listed.grounds_of(output) if isinstance(listed, Procedure) else []


def end_in(
    task: Task,
    *,
    output: str,
    reasons: str,
    basis: Sequence[str],
    findings: str,
    power: str,
    by: Actor,
    now: datetime,
    contents: Sequence[Content] = (),
) -> Case:
    """End a step that may end so, and let the process go on."""
    case = task.case
    name, _allowed = outputs_of(charter_of(case).process(case.procedure).nodes[task.node])
    for inspection in ARRANGED.all(task=task.pk) if task.act == "inspect" else ():
        inspection.task, inspection.held_at, inspection.findings = task, now, findings
        inspection.save(update_fields=["held_at", "findings"])
    if task.act == "hear":
        hearings.keep_minutes(task, findings, now=now)
    if task.post != PARTY and by.person is not None:
        task.officer = by.person
    end_stops(task, now=now)
    end_task(task, status=Task.Status.DONE, output=output, now=now)
    record_end(task, output, power=power, reasons=reasons, contents=contents, basis=basis, by=by, now=now)
    step(case, process.TaskDone(task.key, {name: output} if name else {}), now=now)
    return case


def outputs_of(node: process.Node) -> tuple[str, tuple[str, ...]]:
    """The fact that a step sets, and the values it may take; a step that sets none ends in `done`."""
    if node.task is None or not node.task.outputs:
        return "", ("done",)
    return node.task.fact, node.task.values


def _require_hand(task: Task, *, by: Actor, now: datetime) -> str:
    if task.post == PARTY:
        if "own-step" not in allowed(task.case, by, now=now):
            raise NotYourTask
        return ""
    return require_task(task, by=by, now=now)


@session_of(PROGRAM)
def _require_materials(case: Case, output: str, *, now: datetime) -> None:
    """A grant waits for what was allowed to come later, and for what another step of the joint case supplies."""
    if output != "granted":
        return
    missing = [*_later_missing(case, now=now), *_steps_missing(case)]
    if missing:
        tags = charter_of(case).head.languages
        raise MaterialStillDue(materials=Text({tag: ", ".join(name.in_(tag) for name in missing) for tag in tags}))


def _later_missing(case: Case, *, now: datetime) -> list[Text]:
    charter, root = charter_of(case), case.parent or case
    handed = set(root.documents.values_list("material", flat=True))
    asked = materials_asked(
        charter, case.procedure, case.facts, case.applicant, case.enterprise, on=day_of(now, charter)
    )
    return [each.name for each in asked if each.necessity == "later" and each.id not in handed]


def _steps_missing(case: Case) -> list[Text]:
    listed = procedure_of(case)
    if case.parent is None or not isinstance(listed, Procedure):
        return []
    granted = set(case.parent.parts.filter(outcome="granted").values_list("procedure", flat=True))
    called = set(case.parent.parts.values_list("procedure", flat=True))
    return [
        each.name
        for each in listed.materials
        if each.exemption and each.exemption.step in called and each.exemption.step not in granted
    ]


@transaction.atomic
def schedule_inspection(
    *, task: Task, at: datetime, place: str, by: Actor, now: datetime, note: str = ""
) -> Inspection:
    """Arrange an inspection on site; where its time does not count, the clock stops until it has been held."""
    task = open_task(task.pk)
    power, case = require_task(task, by=by, now=now), task.case
    if task.act != "inspect":
        raise NotAnInspection
    special = stop_for(task, "inspection", now=now)
    inspection = Inspection.objects.create(task=task, at=at, place=place, note=note, scheduled_at=now)
    record(
        kind=kinds.INSPECTION_SCHEDULED,
        subject=case.number,
        by=by,
        power=power,
        basis=special.legal_basis,
        particulars={"at": at.isoformat(), "place": place},
        now=now,
    )
    local = at.astimezone(now.tzinfo).strftime("%Y-%m-%d %H:%M")
    letters.write(case, "inspection", inspection_at=local, inspection_place=place, now=now)
    return inspection


def _waits_for_the_party_or_others(task: Task, *, now: datetime) -> bool:
    """Whether something stands still that this very step does not end: a correction that the party has still time for,
    or another step's inspection.
    """
    case, waits = task.case, task.case.stops.filter(to_at__isnull=True)
    asked = waits.filter(kind="correction").first()
    limit = special_procedure(case, "correction").limit if asked else ""
    return bool(asked and not clock.is_over(asked, limit, now=now)) or waits.exclude(task=task).exists()


def _what_stops(case: Case) -> Text:
    stop = case.stops.filter(to_at__isnull=True).first()
    return special_procedure(case, stop.kind).name if stop else Text()


@transaction.atomic
def extend(*, case: Case, reason: str, by: Actor, now: datetime) -> Extension:
    """The head of the office prolongs the limit once, with reasons that are told to the party (art. 42)."""
    case = open_case(case.pk)
    power = require(case, by=by, act="supervise", now=now)
    special = special_procedure(case, "extension")
    if case.extensions.exists():
        raise AlreadyExtended
    checked_reasons(case, reasons=reason, basis=special.legal_basis, now=now)
    extension = Extension.objects.create(
        case=case, limit=special.limit, ground=special.legal_basis[0], reason=reason, at=now
    )
    clock.refresh(case, now=now)
    case.save()
    record(
        kind=kinds.EXTENDED,
        subject=case.number,
        by=by,
        power=power,
        basis=special.legal_basis,
        reason=reason,
        now=now,
    )
    letters.write(case, "extended", decision_reasons=reason, now=now)
    return extension


@transaction.atomic
def revoke(*, certificate: Certificate, reasons: str, basis: Sequence[str], by: Actor, now: datetime) -> Certificate:
    """Revoke a certificate, with reasons and legal basis; the public page says so at once."""
    case = locked(certificate.case_id)
    power = require(case, by=by, act="revoke", now=now)
    checked_reasons(case, reasons=reasons, basis=basis, now=now)
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.status == Certificate.Status.REVOKED:
        return certificate
    content: dict[str, Any] = {"reasons": reasons, "basis": list(basis)}
    rule = four_eyes.demanded(case, "revoke", now=now)
    if rule is not None:
        four_eyes.propose(case, rule, of=certificate, act="revoke", content=content, power=power, by=by, now=now)
        return certificate
    return take_away(certificate, case, power=power, by=by, now=now, **content)


def take_away(
    certificate: Certificate,
    case: Case,
    *,
    reasons: str,
    basis: Sequence[str],
    power: str,
    by: Actor,
    now: datetime,
) -> Certificate:
    """Revoke a certificate that may be revoked."""
    certificate.status, certificate.revoked_at = Certificate.Status.REVOKED, now
    certificate.save(update_fields=["status", "revoked_at"])
    record(
        kind=kinds.CERTIFICATE_REVOKED,
        subject=case.number,
        by=by,
        power=power,
        basis=basis,
        reason=reasons,
        particulars={"certificate": certificate.number},
        now=now,
    )
    reliance.mark(case, now=now)
    letters.write(case, "revoked", certificate_number=certificate.number, decision_reasons=reasons, now=now)
    return certificate
