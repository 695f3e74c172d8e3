"""Before a vote on projects the office checks what each costs, or says why it is not put to the vote."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from zhengtong.agora import kinds
from zhengtong.agora.acts.answering import said_already, write_down
from zhengtong.agora.errors import NoSuchContribution, NothingToAnswer, ProjectsUnchecked
from zhengtong.agora.models import OWED, Answer, Contribution
from zhengtong.agora.rounds import VOTED, Round, of_case
from zhengtong.cases.authority import require
from zhengtong.cases.law import charter_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor

CHECKS = "examine"  # what an office does in the step in which costs are checked
NAMED = 20  # of those that are still to be checked


@transaction.atomic
def cost(*, round_: Round, number: int, amount: Decimal, by: Actor, now: datetime) -> Contribution:
    """Write down what a project would cost, as the office has checked it; only then can it be voted on. Once a vote has
    begun it stands for good: the result was counted with it.
    """
    case = locked(round_.case.pk)
    power = require(case, by=by, act=CHECKS, now=now)
    found = _project(case, number)
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise NothingToAnswer
    found.cost = amount
    found.save(update_fields=["cost"])
    particulars = {"number": number, "cost": amount}
    record(kind=kinds.COSTED, subject=case.number, by=by, power=power, now=now, particulars=particulars)
    return found


@transaction.atomic
def leave_out(*, round_: Round, number: int, why: str, by: Actor, now: datetime) -> Answer:
    """Say why a project is not put to the vote: its answer, which everybody reads in its place. Until the vote begins
    it can be costed all the same.
    """
    case = locked(round_.case.pk)
    power = require(case, by=by, act=CHECKS, now=now)
    found = _project(case, number)
    if not why.strip():
        raise NothingToAnswer
    said = {"verdict": Answer.Verdict.DECLINED, "text": why.strip(), "post": by.post}
    known = said_already(of_case(case), [found], **said)
    if known is not None and found.cost is None:
        return known
    found.cost = None
    found.save(update_fields=["cost"])
    given, _along = write_down(case, [found], now=now, **said)
    told = {"number": number}
    record(kind=kinds.LEFT_OUT, subject=case.number, by=by, power=power, reason=why, now=now, particulars=told)
    return given


def unchecked(case: Case) -> QuerySet[Contribution]:
    """The projects of which the office has said neither what they cost nor why they are not put to the vote."""
    return case.contributions.filter(OWED, state=Contribution.State.SHOWN, cost=None, answers=None)


def require_checked(task: Task, _output: str, _reasons: str, now: datetime) -> None:
    """The step in which costs are checked ends once all are. ProjectsUnchecked."""
    if task.act != CHECKS or task.case.procedure not in charter_of(task.case).participation:
        return
    round_ = of_case(task.case)
    left = unchecked(task.case).order_by("number").values_list("number", flat=True)
    if round_.featuring(*VOTED) and not round_.has_voted and (numbers := list(left[:NAMED])):
        raise ProjectsUnchecked(numbers=", ".join(f"#{each}" for each in numbers))


def _project(case: Case, number: int) -> Contribution:
    """One that was brought forward, before the vote has begun."""
    found = Contribution.objects.select_for_update().filter(OWED, case=case, number=number).first()
    if found is None or of_case(case).has_voted:
        raise NoSuchContribution
    return found
