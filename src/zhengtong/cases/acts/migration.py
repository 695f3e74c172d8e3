"""Running cases move to the process of the charter in force, where their state has a place in it (程序从新)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from zhengtong.cases import clock, kinds
from zhengtong.cases.authority import require
from zhengtong.cases.drive import follow
from zhengtong.cases.law import charter_of, day_of, lead_post, procedure_of
from zhengtong.cases.locks import open_case
from zhengtong.cases.models import PARTY, Case, Handover, Proposal, Task, Timer
from zhengtong.cases.moving import Plan, plan
from zhengtong.cases.work import asked_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Migration
from zhengtong.engines import process
from zhengtong.engines.process import MoveTimer, MoveWork
from zhengtong.engines.process.extensions import Task as Declared
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

_OWN = {Task: ["key", "node"], Timer: ["key", "node", "limit"], Case: ["called_by"]}  # what moves with a key


@transaction.atomic
def migrate_case(*, case: Case, by: Actor, now: datetime, declared: Migration | None = None) -> Plan:
    """Let a case run by the charter in force from now on, or say why it stays; then nothing changes.

    Work goes on where it is, with whoever took it up; clocks keep their beginning and their stops. Refused for a case
    that is closed; an officer needs the power to supervise.
    """
    case = open_case(case.pk)
    power = require(case, by=by, act="supervise", now=now) if by != PROGRAM else ""
    planned = plan(case, declared=declared, now=now)
    if not planned.moves or planned.migration is None:
        return planned
    assigned, before = _assigned(case), case.enactment
    case.enactment = planned.to.enactment
    steps = _move_work(case, planned.migration.effects)
    _seat(case, assigned, now=now)
    record(
        kind=kinds.MIGRATED,
        subject=case.number,
        by=by,
        power=power,
        basis=_basis(case, declared),
        particulars={"from": before.number, "to": case.enactment.number, "steps": steps},
        now=now,
    )
    others = [each for each in planned.migration.effects if not isinstance(each, MoveWork | MoveTimer)]
    follow(case, planned.migration.state, others, now=now)
    _keep(case, now=now)
    return planned


def _basis(case: Case, declared: Migration | None) -> list[str]:
    declared = declared or charter_of(case).migrations.get(case.procedure)
    return list(declared.legal_basis if declared else procedure_of(case).legal_basis)


def _assigned(case: Case) -> set[int]:
    """The open steps that lie with another post than the charter says: they were handed over, or assigned."""
    charter = charter_of(case)
    model = charter.process(case.procedure)
    return {
        task.pk
        for task in case.tasks.filter(status=Task.Status.OPEN)
        if (declared := model.nodes[task.node].task)
        and task.post != _seat_for(case, declared, on=day_of(task.opened_at, charter))
    }


def _seat_for(case: Case, declared: Declared, *, on: date) -> str:
    """The post that a step belongs to by the charter of the case, or by what the case was opened with."""
    named, _limit = asked_of(case, declared)
    return PARTY if named == PARTY else charter_of(case).competent(named, case.region, on)


def _move_work(case: Case, effects: Iterable[process.Effect]) -> dict[str, str]:
    """Give tasks, timers and called cases their new keys, first aside and then in place, since two may change places;
    returns the steps that have another name now."""
    tasks = {task.key: task for task in case.tasks.filter(status=Task.Status.OPEN)}
    timers = {timer.key: timer for timer in case.timers.filter(ended_at__isnull=True)}
    parts = {part.called_by: part for part in case.parts.all()}
    rows: list[Task | Timer | Case] = []
    steps: dict[str, str] = {}
    for effect in effects:
        if isinstance(effect, MoveTimer) and (timer := timers.get(effect.key)):
            timer.key, timer.node, timer.limit = effect.to, effect.node, effect.definition
            rows.append(timer)
        elif isinstance(effect, MoveWork) and (task := tasks.get(effect.key)):
            steps |= {task.node: effect.node} if task.node != effect.node else {}
            task.key, task.node = effect.to, effect.node
            rows.append(task)
        elif isinstance(effect, MoveWork) and (part := parts.get(effect.key)):
            part.called_by = effect.to
            rows.append(part)
    for row in rows:
        if not isinstance(row, Case):
            type(row).objects.filter(pk=row.pk).update(key=f"~{row.pk}")
    for row in rows:
        row.save(update_fields=_OWN[type(row)])
    return steps


def _seat(case: Case, assigned: set[int], *, now: datetime) -> None:
    """Every open step is done as the new charter says, by its post, act and limit; who was assigned it keeps it."""
    charter = charter_of(case)
    model, on = charter.process(case.procedure), day_of(now, charter)
    for task in case.tasks.filter(status=Task.Status.OPEN):
        declared = model.nodes[task.node].task if task.node in model.nodes else None
        if declared is None:
            continue  # its step is gone: it will be called off
        post, limit = _seat_for(case, declared, on=on), asked_of(case, declared)[1]
        if task.post != post and not (task.pk in assigned and _is_there(charter, task.post)):
            offered = task.handovers.filter(status=Handover.Status.OFFERED)
            offered.update(status=Handover.Status.DECLINED, answered_at=now)
            task.post, task.officer = post, None
        if task.act != declared.act:
            task.proposals.filter(status=Proposal.Status.OPEN).update(status=Proposal.Status.LAPSED, answered_at=now)
        task.act, task.limit = declared.act, limit
        task.save(update_fields=["post", "officer", "act", "limit"])


def _is_there(charter: Charter, post: str) -> bool:
    organisation, _, name = post.partition("/")
    found = charter.organisations.get(organisation)
    return found is not None and found.post(name) is not None


def _keep(case: Case, *, now: datetime) -> None:
    charter = charter_of(case)
    if case.is_open:
        clock.refresh(case, now=now)
        if not _is_there(charter, case.post):
            case.post = lead_post(charter, procedure_of(case), case.region, day_of(now, charter))
    case.save(update_fields=["enactment", "post", "due_on", "statutory_on", "stopped"])
