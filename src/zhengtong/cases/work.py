"""Tasks and timers of a case: opened, ended, and who is responsible now."""

from collections.abc import Iterable
from datetime import date, datetime

from zhengtong.cases import kinds
from zhengtong.cases.aside import give_to_another
from zhengtong.cases.assignment import give_to_somebody
from zhengtong.cases.clock import refresh, task_due_on, timer_fires_at
from zhengtong.cases.errors import NoGroundToStop
from zhengtong.cases.law import calendar_on, charter_of, charters_of, day_of, procedure_of, routing
from zhengtong.cases.models import PARTY, Case, Handover, Stop, Task, Timer
from zhengtong.cases.rated import follows_rating
from zhengtong.cases.solved import follows_word
from zhengtong.charter.model import Procedure, SpecialProcedure
from zhengtong.common.rows import insert, update
from zhengtong.engines.process import Node
from zhengtong.engines.process.extensions import Task as Declared
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM


def open_task(case: Case, key: str, node: Node, *, now: datetime) -> Task:
    """Put a step on the desk of the competent post."""
    charter = charter_of(case)
    on = day_of(now, charter)
    declared = node.task
    if declared is None:
        raise ValueError(f"{case.procedure}: the step {node.id} declares no task")
    named, limit = asked_of(case, declared)
    post = _post_for(case, named, on=on)
    task = Task(
        case=case,
        key=key,
        node=node.id,
        act=declared.act,
        post=post,
        limit=limit,
        counts_from=on,
        opened_at=now,
    )
    task.due_on = task_due_on(task, calendar_on(now))
    insert(task)
    if declared.special:
        stop_for(task, declared.special, now=now)
    record(
        kind=kinds.TASK_OPENED, subject=case.number, by=PROGRAM, now=now, particulars={"step": node.id, "post": post}
    )
    give_to_somebody(task, now=now)
    if (case.stood_aside or case.kept_from or follows_rating(case)) and post != PARTY:
        give_to_another(task, now=now)
    return task


def asked_of(case: Case, declared: Declared) -> tuple[str, str]:
    """The post (by its name in the charter) and the time limit of a step: those of the case itself, where it was opened
    with some and the charter lets it, else the declared ones.
    """
    post, limit = (case.facts.get(each) if each else None for each in (declared.post_from, declared.clock_from))
    return str(post or declared.post), str(limit or declared.clock)


def _post_for(case: Case, declared: str, *, on: date) -> str:
    """The competent post; of a case that was sent on, or a no to its answer, who took over its steps of that post."""
    charter = charter_of(case)
    if declared == PARTY:
        return PARTY
    competent = charter.competent(declared, case.region, on)
    sent_on = case.about if case.about and follows_word(case) else case
    if not routing(sent_on):
        return competent
    nodes = charter_of(sent_on).process(sent_on.procedure).nodes
    taken = sent_on.handovers.filter(status=Handover.Status.TAKEN).select_related("task").order_by("-number")
    for each in taken:
        node = nodes.get(each.task.node)
        if node and node.task and node.task.post == declared and each.to_post in charter.posts:
            return each.to_post
    return competent


def stop_for(task: Task, kind: str, *, now: datetime) -> SpecialProcedure:
    """Let the clock stand still for a special procedure, where the charter says that its time does not count."""
    special = special_procedure(task.case, kind)
    if not special.counts:
        Stop.objects.get_or_create(
            task=task,
            kind=kind,
            to_at=None,
            defaults={"case": task.case, "ground": special.legal_basis[0], "from_at": now},
        )
        refresh(task.case, now=now)
        task.case.save(update_fields=["due_on", "statutory_on", "stopped"])
    return special


def special_procedure(case: Case, kind: str) -> SpecialProcedure:
    """What the charter says of hearings, corrections … in this procedure; refused where it says nothing."""
    listed = procedure_of(case)
    declared = listed.special_procedures if isinstance(listed, Procedure) else []
    for each in declared:
        if each.kind == kind:
            return each
    raise NoGroundToStop(procedure=listed.name, kind=kind)


def end_stops(task: Task, *, now: datetime) -> None:
    """The wait that a step was is over; the clock goes on."""
    if task.case.stopped and task.stops.filter(to_at__isnull=True).update(to_at=now):
        refresh(task.case, now=now)


def end_task(task: Task, *, status: str, now: datetime, output: str = "") -> None:
    """Take a step off the desk."""
    if _may_be_proposed(task):
        task.proposals.filter(status="open").update(status="lapsed", answered_at=now)
    task.status, task.ended_at, task.output = status, now, output
    update(task, "status", "ended_at", "output", "officer")


def _may_be_proposed(task: Task) -> bool:
    """Whether any charter of the case demands four eyes for what the step does."""
    return any(rule.act == task.act for charter in charters_of(task.case) for rule in charter.head.four_eyes)


def cancel_task(case: Case, key: str, *, now: datetime) -> None:
    """Cancel the open step of this token, and whatever wait it began."""
    for task in case.tasks.filter(key=key, status=Task.Status.OPEN):
        task.stops.filter(to_at__isnull=True).update(to_at=now)
        task.handovers.filter(status="offered").update(status="lapsed", answered_at=now)
        end_task(task, status=Task.Status.CANCELLED, now=now)


def start_timer(case: Case, key: str, node: str, limit: str, *, now: datetime) -> Timer:
    """Let something happen by itself after `limit`."""
    charter = charter_of(case)
    timer = Timer(case=case, key=key, node=node, limit=limit, counts_from=day_of(now, charter))
    timer.fire_at = timer_fires_at(timer, charter, calendar_on(now))
    insert(timer)
    return timer


def cancel_timer(case: Case, key: str, *, now: datetime) -> None:
    """Stop waiting for it."""
    case.timers.filter(key=key, ended_at__isnull=True).update(ended_at=now)


def responsible_post(case: Case, *, steps: Iterable[Task] | None = None) -> str:
    """The post of the first open step that an office has; while none is open, the one that had the last.

    `steps` are the open ones in their order, where they are known without looking them up.
    """
    if steps is None:
        steps = case.tasks.filter(status=Task.Status.OPEN).order_by("pk")
    return next((step.post for step in steps if step.post != PARTY), case.post)
