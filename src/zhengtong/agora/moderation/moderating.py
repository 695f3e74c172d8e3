"""Moderation is an act: by which published rule, on what facts, until when, by which post, and how to contest it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhengtong.agora import kinds
from zhengtong.agora.acts.contributing import count_unanswered
from zhengtong.agora.apart import each_apart
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import Contribution
from zhengtong.agora.moderation.errors import NotContestable
from zhengtong.agora.moderation.judging import keep_apart
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.moderation.measures import lift, take
from zhengtong.agora.moderation.models import APPEAL_GRANTED, TIME_OVER, Measure
from zhengtong.agora.moderation.moderated import moderated
from zhengtong.agora.reports.withholding import show_again
from zhengtong.agora.rounds import Round, of_case
from zhengtong.cases.acts import file_application
from zhengtong.cases.authority import require
from zhengtong.cases.law import today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor


@transaction.atomic
def hide(
    *,
    round_: Round,
    number: int,
    rule: str,
    facts: str,
    by: Actor,
    now: datetime,
    until: date | None = None,
    was: str = "",
    found: str = Measure.Found.OWN,
) -> Measure:
    """Hide a contribution, and with it those that say the same word for word, which stand in its place. The place
    stays, with the rule, the facts and `was`, which tells what stood there; the text is kept for the appeal. `found`
    says how it came to the moderator. Once a vote has begun its projects stay in it, without their words.
    ModeratesItself, NotTheModerator.
    """
    case = locked(round_.case.pk)
    power = require(case, by=by, act="moderate", now=now)
    fresh = of_case(case)
    hidden = _locked(case, number)
    if hidden.state == Contribution.State.HIDDEN:
        raise NoSuchContribution
    said: dict[str, Any] = {"rule": rule, "facts": facts, "was": was, "found": found, "until": until}
    measure, declared = take(fresh, hidden, by=by, now=now, contribution=hidden, **said)
    hidden.on_ballot = hidden.cost is not None and fresh.has_voted
    _move(case, hidden, Contribution.State.HIDDEN, on=fresh.day(now))
    record(
        kind=kinds.HIDDEN,
        subject=case.number,
        by=by,
        power=power,
        basis=list(declared.legal_basis),
        reason=facts,
        particulars={"number": hidden.number, "along": hidden.repeated, "rule": rule, "until": until, "found": found},
        now=now,
    )
    return measure


@transaction.atomic
def restore(*, measure: Measure, why: str, by: Actor, now: datetime) -> Measure:
    """Show again what was hidden: the moderator was wrong, an appeal says so, or the time is over (the program).

    What waited for its turn or its sponsors when it was hidden goes on to wait.
    """
    found = measure.contribution
    if found is None:
        return show_again(measure=measure, why=why, by=by, now=now)
    case = locked(found.case_id)
    power = "" if by == PROGRAM else require(case, by=by, act="moderate", now=now)
    measure = lift(measure, why=why, now=now)
    hidden = _locked(case, found.number)
    of = of_case(case)
    _move(case, hidden, _state_again(of, hidden, now=now), on=of.day(now))
    record(
        kind=kinds.RESTORED,
        subject=case.number,
        by=by,
        power=power,
        reason=why,
        particulars={"number": found.number},
        now=now,
    )
    return measure


@transaction.atomic
def contest(*, measure: Measure, grounds: str, by: Actor, language: str, now: datetime) -> Case:
    """Contest a measure: a case at another post. Whoever wrote it need not say so; anybody may contest a hiding, once,
    whatever others did before. Who asks again gets the case that they have.
    """
    related = ("contribution__case", "petition")
    measure = Measure.objects.select_for_update(of=("self",)).select_related(*related).get(pk=measure.pk)
    known = measure.appeals.filter(applicant=by.person).first()
    if known is not None:
        return known
    if measure.lifted_at is not None or by.person is None:
        raise NotContestable
    of = moderated(measure.case)
    answers: dict[str, Any] = {"round": of.case.number, "grounds": grounds}
    if measure.number is not None:
        answers["contribution"] = measure.number
    appeal = file_application(
        procedure=of.declared.appeal,
        person=by.person,
        answers=answers,
        by=by,
        channel="web",
        language=language,
        request_key=f"measure:{measure.pk}",
        now=now,
    )
    measure.appeals.add(appeal)
    keep_apart(appeal, measure, now=now)
    record(
        kind=kinds.CONTESTED,
        subject=of.case.number,
        by=by,
        now=now,
        particulars={"number": measure.number, "appeal": appeal.number},
    )
    return appeal


def lift_what_ended(*, now: datetime) -> int:
    """Show again what was hidden for a time that is over, or whose appeal has won; how many. The worker's."""
    day = today(now)
    over_or_won = Q(until__lt=day) | Q(appeals__outcome="granted")
    ended = Measure.objects.filter(over_or_won, lifted_at__isnull=True).distinct()

    def show(measure: Measure) -> int:
        over = measure.until is not None and measure.until < day
        restore(measure=measure, why=TIME_OVER if over else APPEAL_GRANTED, by=PROGRAM, now=now)
        return 1

    return each_apart(show, ended.select_related("contribution", "petition"))


def _state_again(round_: Round, found: Contribution, *, now: datetime) -> str:
    day = round_.day(now)
    ready = found.sponsored and found.show_on <= day and limit_on(round_.case, day) is None
    return Contribution.State.SHOWN if ready else Contribution.State.WAITING


def _locked(case: Case, number: int) -> Contribution:
    """The contribution with this number, or the one in whose place it stands."""
    found = Contribution.objects.select_for_update().filter(case=case, number=number).first()
    if found is None:
        raise NoSuchContribution
    return found if found.same_as_id is None else Contribution.objects.select_for_update().get(pk=found.same_as_id)


def _move(case: Case, found: Contribution, state: str, *, on: date) -> None:
    """Into a state, with all that stands in its place; what waits for its day goes on to wait."""
    found.state = state
    found.save(update_fields=["state", "on_ballot"])
    if found.repeated:
        found.repeats.update(state=state)
    if found.repeated and state == Contribution.State.SHOWN:
        found.repeats.filter(show_on__gt=on).update(state=Contribution.State.WAITING)
    count_unanswered(case)
