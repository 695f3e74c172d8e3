"""What the office owes: every contribution answered, adopted or not and why, and what is adopted promised by a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhengtong.agora import kinds
from zhengtong.agora.acts.contributing import AT_ONCE, count_unanswered
from zhengtong.agora.bound import kinds as bound_kinds
from zhengtong.agora.bound.ending import discharge, step_of
from zhengtong.agora.bound.errors import NoDayPromised, NoSuchKeeper
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.bound.opening import promise
from zhengtong.agora.bound.promising import checked_carrier, day_proposed, keepers, last_day
from zhengtong.agora.decide import binds
from zhengtong.agora.errors import AnsweredAlone, NoSuchContribution, NothingToAnswer, PhaseIsClosed
from zhengtong.agora.models import OWED, Answer, Contribution
from zhengtong.agora.queries import answering
from zhengtong.agora.rounds import Round, of_case
from zhengtong.cases.authority import require, require_task
from zhengtong.cases.locks import locked, open_task
from zhengtong.cases.models import Case, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor


@dataclass(frozen=True)
class Promised:
    """By when what is adopted is done, the post that sees to it, and what it carries into: (kind, id), or nothing."""

    until: date | None
    post: str = ""
    into: tuple[str, str] = ("", "")


@transaction.atomic
def answer(
    *,
    round_: Round,
    numbers: Sequence[int],
    verdict: str,
    text: str,
    by: Actor,
    now: datetime,
    promised: Promised | None = None,
) -> Answer:
    """Answer contributions that are alike, together, and with each what says the same word for word and what joined it.

    A later answer to the same ones stands beside the earlier one; the same one again is that. PhaseIsClosed before the
    time to answer has come.

    What is adopted is promised: by the day and post of `promised`, else by the charter's and the answering post.
    NoDayPromised, NoSuchKeeper, NoSuchCarrier.
    """
    case = locked(round_.case.pk)
    fresh = of_case(case)
    found = list(Contribution.objects.filter(OWED, case=case, number__in=numbers))
    known = said_already(fresh, found, verdict=verdict, text=text.strip(), post=by.post)
    if known is not None:
        return known
    owed = Duty.objects.filter(contribution__in=found, kind=Duty.Kind.ANSWER, done_on=None).first()
    power = _mandate(fresh, owed, by=by, now=now)
    if not text.strip() or verdict not in Answer.Verdict.values or not found:
        raise NothingToAnswer
    if len(found) != len(set(numbers)):
        raise NoSuchContribution
    _require_alone(fresh, found, owed)
    given, along = write_down(case, found, verdict=verdict, text=text.strip(), post=by.post, now=now)
    told = {"numbers": sorted(set(numbers)), "along": along, "verdict": verdict}
    record(kind=kinds.ANSWERED, subject=case.number, by=by, power=power, reason=text, particulars=told, now=now)
    if verdict != Answer.Verdict.DECLINED:
        _promise(fresh, given, promised, by=by, power=power, now=now)
    for duty in Duty.objects.filter(contribution__in=given.contributions.all(), kind=Duty.Kind.ANSWER, done_on=None):
        discharge(duty, reasons=given.text, by=by, power=power, now=now)
    return given


def said_already(round_: Round, found: Sequence[Contribution], *, verdict: str, text: str, post: str) -> Answer | None:
    """The same answer of the same post to all of these: whoever sends it again promises nothing twice."""
    same = round_.case.answers.filter(verdict=verdict, text=text, post=post).order_by("pk")
    wanted = {each.pk for each in found}
    answered = ((each, set(each.contributions.values_list("pk", flat=True))) for each in same)
    return next((each for each, numbers in answered if wanted and wanted <= numbers), None)


def write_down(
    case: Case, found: Sequence[Contribution], *, verdict: str, text: str, post: str, now: datetime
) -> tuple[Answer, int]:
    """Keep an answer to these, and to what goes along with them; it, and how many the latter are."""
    given = Answer.objects.create(case=case, verdict=verdict, text=text, post=post, given_at=now)
    along = _along(given, found)
    count_unanswered(case)
    return given, along


def _promise(round_: Round, given: Answer, promised: Promised | None, *, by: Actor, power: str, now: datetime) -> None:
    """Follow what is adopted as a case of its own, where the charter says by which procedure."""
    if round_.declared.promise is None:
        return
    asked = promised or Promised(day_proposed(round_, now=now))
    until, latest = asked.until, last_day(round_, now=now)
    if until is None or not round_.day(now) < until <= latest:
        raise NoDayPromised(latest=latest.isoformat())
    keeper = asked.post or by.post
    if keeper not in keepers(round_, now=now):
        raise NoSuchKeeper
    into = checked_carrier(asked.into, now=now)
    told: dict[str, Any] = {"until": until, "post": keeper, "carrier": into}
    promise(round_, given, by=by, power=power, now=now, **told)


def _along(given: Answer, found: Sequence[Contribution]) -> int:
    """Let it be the answer to these, and to what goes along with them; how many the latter are."""
    goes = Q(same_as__in=found) | Q(joined__in=found)
    kept = Contribution.objects.filter(goes, case=given.case).exclude(pk__in=[each.pk for each in found])
    along = list(kept.values_list("pk", flat=True))
    through = Answer.contributions.through
    rows = (through(answer_id=given.pk, contribution_id=each) for each in (*(one.pk for one in found), *along))
    through.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(along)


def _require_alone(round_: Round, found: Sequence[Contribution], owed: Duty | None) -> None:
    """What enough people have signed is not answered along with others."""
    for each in found:
        phase = round_.declared.phase(each.phase)
        bound = (phase is not None and binds(phase, each.signed)) or (owed and owed.contribution_id == each.pk)
        if len(found) > 1 and bound:
            raise AnsweredAlone(number=each.number)


def _mandate(round_: Round, owed: Duty | None, *, by: Actor, now: datetime) -> str:
    """By its own step, where signatures bind to that; else by the open step of answering. Once that is over, by the
    power alone: what is shown again then, since it was wrongly hidden, is owed an answer all the same.
    """
    if owed is not None and (own := step_of(owed)) is not None:
        return require_task(open_task(own.pk), by=by, now=now)
    step = answering(round_)
    if step is None:
        raise PhaseIsClosed(phase=round_.name)
    if step.status != Task.Status.OPEN:
        return require(round_.case, by=by, act="answer", now=now)
    step.case = round_.case
    return require_task(step, by=by, now=now)


@transaction.atomic
def carry_into(*, duty: Duty, into: tuple[str, str], by: Actor, now: datetime) -> Duty:
    """Say what a promise carries into, as the office that made it: service, charter, vote on money. NoSuchCarrier."""
    case = locked(duty.round_id)
    power = require(case, by=by, act="answer", now=now)
    carrier = checked_carrier(into, now=now)
    found = Duty.objects.select_for_update().get(pk=duty.pk)
    if (found.carrier, found.carried) != carrier:
        found.carrier, found.carried = carrier
        found.save(update_fields=["carrier", "carried"])
        told = {"promise": found.pk, "into": ":".join(carrier) if carrier[0] else ""}
        record(kind=bound_kinds.CARRIED, subject=case.number, by=by, power=power, particulars=told, now=now)
    return found
