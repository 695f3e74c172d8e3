"""What the office owes: every contribution answered, adopted or not and why; what was promised followed up."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from zhengtong.agora import kinds
from zhengtong.agora.acts.contributing import AT_ONCE, count_unanswered
from zhengtong.agora.decide import binds
from zhengtong.agora.errors import AnsweredAlone, NoSuchContribution, NothingToAnswer, PhaseIsClosed
from zhengtong.agora.models import OWED, Answer, Contribution
from zhengtong.agora.queries import answering
from zhengtong.agora.rounds import Round, of_case
from zhengtong.cases.authority import require, require_task
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor


@transaction.atomic
def answer(*, round_: Round, numbers: Sequence[int], verdict: str, text: str, by: Actor, now: datetime) -> Answer:
    """Answer contributions that are alike, together, and with each what says the same word for word and what joined it.
    A later answer to the same ones stands beside the earlier one. PhaseIsClosed before the time to answer has come.
    """
    case = locked(round_.case.pk)
    power = _mandate(of_case(case), by=by, now=now)
    found = list(Contribution.objects.filter(OWED, case=case, number__in=numbers))
    if not text.strip() or verdict not in Answer.Verdict.values or not found:
        raise NothingToAnswer
    if len(found) != len(set(numbers)):
        raise NoSuchContribution
    _require_alone(of_case(case), found)
    given = Answer.objects.create(case=case, verdict=verdict, text=text.strip(), post=by.post, given_at=now)
    along = _along(given, found)
    count_unanswered(case)
    record(
        kind=kinds.ANSWERED,
        subject=case.number,
        by=by,
        power=power,
        reason=text,
        particulars={"numbers": sorted(set(numbers)), "along": along, "verdict": verdict},
        now=now,
    )
    return given


def _along(given: Answer, found: Sequence[Contribution]) -> int:
    """Let it be the answer to these, and to what goes along with them; how many the latter are."""
    goes = Q(same_as__in=found) | Q(joined__in=found)
    kept = Contribution.objects.filter(goes, case=given.case).exclude(pk__in=[each.pk for each in found])
    along = list(kept.values_list("pk", flat=True))
    through = Answer.contributions.through
    rows = (through(answer_id=given.pk, contribution_id=each) for each in (*(one.pk for one in found), *along))
    through.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(along)


def _require_alone(round_: Round, found: Sequence[Contribution]) -> None:
    """What enough people have signed is not answered along with others."""
    for each in found:
        phase = round_.declared.phase(each.phase)
        if len(found) > 1 and phase is not None and binds(phase, each.signed):
            raise AnsweredAlone(number=each.number)


def _mandate(round_: Round, *, by: Actor, now: datetime) -> str:
    """By the open step of answering. Once that is over, by the power alone: what is shown again then, since it was
    wrongly hidden, is owed an answer all the same.
    """
    step = answering(round_)
    if step is None:
        raise PhaseIsClosed(phase=round_.name)
    if step.status != Task.Status.OPEN:
        return require(round_.case, by=by, act="answer", now=now)
    step.case = round_.case
    return require_task(step, by=by, now=now)


@transaction.atomic
def cost(*, round_: Round, number: int, amount: Decimal, by: Actor, now: datetime) -> Contribution:
    """Write down what a project would cost, as the office has checked it; only then can it be voted on. Once a vote has
    begun it stands for good: the result was counted with it.
    """
    case = locked(round_.case.pk)
    power = require(case, by=by, act="examine", now=now)
    found = Contribution.objects.select_for_update().filter(OWED, case=case, number=number).first()
    if found is None or of_case(case).has_voted:
        raise NoSuchContribution
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise NothingToAnswer
    found.cost = amount
    found.save(update_fields=["cost"])
    particulars = {"number": number, "cost": amount}
    record(kind=kinds.COSTED, subject=case.number, by=by, power=power, now=now, particulars=particulars)
    return found


@transaction.atomic
def follow_up(*, answer_: Answer, by: Actor, now: datetime) -> Answer:
    """What was promised has been done; seen by all."""
    case: Case = locked(answer_.case_id)
    power = require(case, by=by, act="answer", now=now)
    if answer_.done_on is None:
        answer_.done_on = of_case(case).day(now)
        answer_.save(update_fields=["done_on"])
        promised = {"answered": answer_.given_at.isoformat(), "contributions": answer_.contributions.count()}
        record(kind=kinds.FOLLOWED_UP, subject=case.number, by=by, power=power, now=now, particulars=promised)
    return answer_
