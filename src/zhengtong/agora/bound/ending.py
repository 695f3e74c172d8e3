"""A duty ends: who answers, or keeps a promise, ends its step, or the minutes of a meeting do; its round hears it."""

from datetime import datetime

from zhengtong.agora import kinds as agora
from zhengtong.agora.bound import kinds
from zhengtong.agora.bound.errors import AnsweredThere, NothingToldOfIt
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.rounds import Round
from zhengtong.cases.acts.handling import end_in
from zhengtong.cases.law import charter_of
from zhengtong.cases.locks import open_task
from zhengtong.cases.models import Case, Task
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

DONE = "done"  # the output of the step in which it is done


def step_of(duty: Duty) -> Task | None:
    """The open step of its case, on somebody's desk."""
    return Task.objects.filter(case=duty.case_id, status=Task.Status.OPEN).order_by("pk").first()


def discharge(duty: Duty, *, reasons: str, now: datetime, by: Actor = PROGRAM, power: str = "") -> None:
    """It is done, by an answer or by what a meeting has on record; its step ends with that, whoever has it."""
    found = step_of(duty)
    if found is not None:
        task = open_task(found.pk)
        end_in(task, output=DONE, reasons=reasons, basis=(), findings="", power=power, by=by, now=now)


def require_words(task: Task, _output: str, reasons: str, _now: datetime) -> None:
    """A promise is kept with a word on what was done; what is answered or voted on ends there, and not on the desk."""
    duty = duty_of(task.case)
    if duty is None:
        return
    if duty.kind != Duty.Kind.PROMISE:
        raise AnsweredThere
    if not reasons.strip():
        raise NothingToldOfIt


def note_end(case: Case, now: datetime) -> None:
    """The case of a duty has closed: from this day it is done, and the record of its round says so."""
    if not _is_duty(case):
        return
    duty = Duty.objects.filter(case=case.pk).select_related("round__enactment", "answer").first()
    if duty is None:
        return
    round_ = Round(duty.round)
    duty.done_on = round_.day(now)
    duty.save(update_fields=["done_on"])
    told = {"case": case.number, "kind": duty.kind}
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
        return Duty.objects.filter(case=case.pk).select_related("round").first()


def _is_duty(case: Case) -> bool:
    """Whether the procedure is one of those that duties are run by: known without asking the database."""
    declared = charter_of(case).participation.values()
    promised = {each.promise.procedure for each in declared if each.promise}
    return case.procedure in promised | {each.bound_by for each in declared}
