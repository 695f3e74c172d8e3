"""The worker looks at open rounds and puts what it saw into the queue, once; a moderator settles it, with a reason."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from zhengtong.agora.apart import each_apart
from zhengtong.agora.rounds import WRITTEN, Round, running
from zhengtong.agora.watching import kinds, seen
from zhengtong.agora.watching.errors import NoSuchSignal
from zhengtong.agora.watching.models import Signal, Watched
from zhengtong.cases.authority import require
from zhengtong.cases.locks import locked
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

PAUSE = timedelta(minutes=10)  # between two looks at a round
AGAIN = 2  # what was settled is told again when it is so many times as much


def watch_due(*, now: datetime) -> int:
    """Look at each round in which something was said since the last look; how many signals. The worker's."""
    cases = running().exclude(watched__at__gt=now - PAUSE).select_related("watched")
    return each_apart(lambda case: _watch(Round(case), now=now), cases)


@transaction.atomic
def _watch(round_: Round, *, now: datetime) -> int:
    case, day = round_.case, round_.day(now)
    last = Watched.objects.filter(case=case).first()
    said = case.contributions.count()
    found = 0
    for phase in [each for each in round_.open_phases if each.feature in WRITTEN]:
        if last is None or said != last.said:
            found += _raise(round_, phase.id, [*seen.texts(round_, phase), *seen.hours(round_, phase)], now=now)
        if phase.feature == "statements" and (last is None or last.votes_on != day):
            found += _raise(round_, phase.id, seen.votes(round_, phase), now=now)
    Watched.objects.update_or_create(case=case, defaults={"at": now, "said": said, "votes_on": day})
    return found


def _raise(round_: Round, phase: str, found: Iterable[seen.Seen], *, now: datetime) -> int:
    """Tell each once: what is in the queue grows there, and what was settled comes again only if it has grown."""
    raised = 0
    for each in found:
        of = Signal.objects.filter(case=round_.case, phase=phase, kind=each.kind, key=each.key)
        if of.filter(settled_at__isnull=True).update(many=each.many, told=each.told):
            continue
        settled = of.order_by("-many").first()
        if settled is not None and each.many < AGAIN * settled.many:
            continue
        Signal.objects.create(
            case=round_.case,
            phase=phase,
            kind=each.kind,
            key=each.key,
            many=each.many,
            told=each.told,
            raised_at=now,
        )
        told = {"phase": phase, "signal": each.kind, "key": each.key, "many": each.many}
        record(kind=kinds.RAISED, subject=round_.case.number, by=PROGRAM, now=now, particulars=told)
        raised += 1
    return raised


@transaction.atomic
def settle(*, round_: Round, signal: int, why: str, by: Actor, now: datetime) -> Signal:
    """Say what one found and what comes of it. What is hidden for it is hidden by itself, by a published rule."""
    case = locked(round_.case.pk)
    power = require(case, by=by, act="moderate", now=now)
    found = Signal.objects.select_for_update().filter(case=case, pk=signal, settled_at__isnull=True).first()
    if found is None or not why.strip():
        raise NoSuchSignal
    found.settled_at, found.settled_in, found.settled_why = now, by.post, why.strip()
    found.save(update_fields=["settled_at", "settled_in", "settled_why"])
    told = {"phase": found.phase, "signal": found.kind, "key": found.key, "many": found.many}
    record(kind=kinds.SETTLED, subject=case.number, by=by, power=power, reason=why, now=now, particulars=told)
    return found
