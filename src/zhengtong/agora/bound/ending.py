"""A duty ends: who answers, or keeps a promise, ends its step, or the minutes of a meeting do; its round hears it.

Or its text is hidden, and whoever has the step says so.
"""

from datetime import date, datetime

from django.db import transaction

from zhengtong.agora import kinds as agora
from zhengtong.agora.bound import kinds
from zhengtong.agora.bound.errors import AnsweredThere, NotHidden, NothingToldOfIt
from zhengtong.agora.bound.law import is_orphan
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.bound.opening import OPENED_BY
from zhengtong.agora.models import Contribution
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.rounds import Round
from zhengtong.cases.acts.handling import end_in
from zhengtong.cases.authority import require_task
from zhengtong.cases.drive import end_part
from zhengtong.cases.locks import locked, open_task
from zhengtong.cases.models import Case, Task
from zhengtong.charter.queries import in_force_at
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

DONE = "done"  # the output of the step in which it is done
HIDDEN = text("文本已被决定 {decision} 隐藏。", "The text was hidden by decision {decision}.")


def step_of(duty: Duty) -> Task | None:
    """The open step of its case, on somebody's desk."""
    return Task.objects.filter(case=duty.case_id, status=Task.Status.OPEN).order_by("pk").first()


def discharge(
    duty: Duty, *, reasons: str, now: datetime, on: date | None = None, by: Actor = PROGRAM, power: str = ""
) -> None:
    """It is done, by an answer or by what a meeting has on record; its step ends with that, whoever has it. `on` is the
    day on which it was done, if that is not today.
    """
    found = step_of(duty)
    if found is None:
        return
    if on is not None:
        Duty.objects.filter(pk=duty.pk).update(done_on=on)  # `note_end` keeps it
    task = open_task(found.pk)
    end_in(task, output=DONE, reasons=reasons, basis=(), findings="", power=power, by=by, now=now)


def hiding(duty: Duty) -> Measure | None:
    """The measure by which its text is hidden now."""
    if duty.contribution_id is None:
        return None
    hidden = Measure.objects.filter(contribution__state=Contribution.State.HIDDEN, lifted_at=None)
    return hidden.filter(contribution=duty.contribution_id).first()


@transaction.atomic
def end_hidden(*, duty: Duty, by: Actor, now: datetime) -> Duty:
    """End what is owed of a text that nobody reads any more, as the post that has its step. NotHidden.

    Shown again before, it is owed as ever; shown again after, it begins anew (agora.acts.obliging).
    """
    with session_of(PROGRAM_SESSION):  # the round is public, and held, so that its text is not shown again meanwhile
        round_ = Round(locked(duty.round_id))
        found, measure = Duty.objects.get(pk=duty.pk), hiding(duty)
    step = step_of(found)
    if step is None or measure is None:
        raise NotHidden
    task = open_task(step.pk)
    power = require_task(task, by=by, now=now)
    found.done_on, found.hidden_by = round_.day(now), measure
    found.save(update_fields=["done_on", "hidden_by"])
    decision = f"{round_.case.number}-{measure.pk}"
    told = {"case": task.case.number, "kind": found.kind, "measure": decision}
    said = HIDDEN.format(decision=decision).in_(task.case.language)
    where = round_.case.number
    record(kind=kinds.ENDED_HIDDEN, subject=where, by=by, power=power, reason=said, particulars=told, now=now)
    end_part(task.case, reason="withdrawn", now=now)
    return found


def ends_on_desk(duty: Duty, *, now: datetime) -> bool:
    """Whether its step ends with a word on what was done: of a promise, and where the assembly that owes it is no more;
    what is answered or voted on ends there.
    """
    return duty.kind == Duty.Kind.PROMISE or is_orphan(duty, in_force_at(now).charter)


def require_words(task: Task, _output: str, reasons: str, now: datetime) -> None:
    """What ends on the desk ends with a word on what was done."""
    duty = duty_of(task.case)
    if duty is None:
        return
    if not ends_on_desk(duty, now=now):
        raise AnsweredThere
    if not reasons.strip():
        raise NothingToldOfIt


def note_end(case: Case, now: datetime) -> None:
    """The case of a duty has closed: from this day it is done, and the record of its round says so."""
    if not _is_duty(case):
        return
    duty = Duty.objects.filter(case=case.pk).select_related("round__enactment", "answer").first()
    if duty is None or duty.hidden_by_id is not None:
        return
    duty.done_on = duty.done_on or Round(duty.round).day(now)
    duty.save(update_fields=["done_on"])
    told = {"case": case.number, "kind": duty.kind, "on": duty.done_on}
    if duty.answer is not None:
        duty.answer.done_on = duty.done_on
        duty.answer.save(update_fields=["done_on"])
        record(kind=agora.FOLLOWED_UP, subject=duty.round.number, by=PROGRAM, particulars=told, now=now)
    else:
        record(kind=kinds.DISCHARGED, subject=duty.round.number, by=PROGRAM, particulars=told, now=now)


def duty_of(case: Case) -> Duty | None:
    """What a case is run for, if it is for a duty; its round is public, whosever it is."""
    if not _is_duty(case):
        return None
    with session_of(PROGRAM_SESSION):
        return Duty.objects.filter(case=case.pk).select_related("round", "contribution").first()


def _is_duty(case: Case) -> bool:
    """Whether it was opened for a duty: known without asking the database, or a charter that may be another by now."""
    return case.is_of_office and case.request_key.startswith(OPENED_BY)
