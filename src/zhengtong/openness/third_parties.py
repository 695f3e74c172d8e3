"""Whoever a disclosure would harm is asked in writing and has fifteen working days (政府信息公开条例 art. 32)."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases import letters
from zhengtong.cases.authority import require_task
from zhengtong.cases.law import calendar_on, charter_of, today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Task
from zhengtong.cases.work import special_procedure
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.openness import kinds
from zhengtong.openness.errors import NoOneToAsk, ThirdPartySaysOtherwise
from zhengtong.openness.models import ThirdParty
from zhengtong.people.actor import Actor

CONSULTATION, LETTER, LONGEST = "consultation", "third-party", 2000


def consulting(case: Case) -> Task | None:
    """The open step in which third parties are consulted."""
    open_ones = case.tasks.filter(status=Task.Status.OPEN).order_by("pk")
    return next((task for task in open_ones if _consults(case, task)), None)


def _consults(case: Case, task: Task) -> bool:
    declared = charter_of(case).process(case.procedure).nodes[task.node].task
    return declared is not None and declared.special == CONSULTATION


@transaction.atomic
def ask_third_party(*, case: Case, name: str, address: str, about: str, by: Actor, now: datetime) -> ThirdParty:
    """Write the letter to a third party: what is asked for that concerns it, and until when it may answer."""
    case, power = _consulted(case, by=by, now=now)
    name, address, about = name.strip(), address.strip(), about.strip()
    if not all(0 < len(each) <= LONGEST for each in (name, address, about)):
        raise NoOneToAsk
    special = special_procedure(case, CONSULTATION)
    until = due_on(start=today(now), limit=Limit.parse(special.limit), calendar=calendar_on(now))
    if until is None:  # only a clock that stands still has none
        raise NoOneToAsk
    subject, body = letters.worded(case, LETTER, case.language, party_name=name, answer_text=about, due_on=until)
    asked = ThirdParty.objects.create(
        case=case, name=name, address=address, letter=f"{subject}\n\n{body}", asked_at=now, answer_until=until
    )
    told = {"third_party": asked.pk, "until": until}
    record(
        kind=kinds.THIRD_PARTY_ASKED,
        subject=case.number,
        by=by,
        power=power,
        basis=special.legal_basis,
        particulars=told,
        now=now,
    )
    return asked


@transaction.atomic
def note_answer(*, third_party: ThirdParty, agrees: bool, words: str, by: Actor, now: datetime) -> ThirdParty:
    """Write down what a third party answered, once."""
    case, power = _consulted(third_party.case, by=by, now=now)
    found = ThirdParty.objects.select_for_update().get(pk=third_party.pk)
    if found.answered_at is not None or len(words) > LONGEST:
        raise NoOneToAsk
    found.agrees, found.words, found.answered_at = agrees, words.strip(), now
    found.save()
    told = {"third_party": found.pk, "agrees": agrees}
    record(kind=kinds.THIRD_PARTY_ANSWERED, subject=case.number, by=by, power=power, particulars=told, now=now)
    return found


def _consulted(case: Case, *, by: Actor, now: datetime) -> tuple[Case, str]:
    case = locked(case.pk)
    task = consulting(case)
    if task is None:
        raise NoOneToAsk
    task.case = case
    return case, require_task(task, by=by, now=now)


def require_said(task: Task, output: str, _reasons: str, now: datetime) -> None:
    """The step ends in what those who were asked said, and not before they have answered or their days are over."""
    if not _consults(task.case, task):
        return
    asked = list(task.case.third_parties.order_by("answer_until"))
    if not asked:
        return
    views = {each.agrees for each in asked}
    said = "objects" if False in views else "silent" if None in views else "agrees"
    until = asked[-1].answer_until
    waits = any(each.agrees is None and today(now) <= each.answer_until for each in asked)
    if output != said or (waits and said == "silent"):
        raise ThirdPartySaysOtherwise(until=until)
