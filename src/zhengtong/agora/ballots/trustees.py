"""Who acts as a trustee: the officer in that post, or another node by a word of its ledger."""

from datetime import datetime

from zhengtong.agora.abroad.heard import place_of
from zhengtong.agora.ballots.errors import NotAKeeper
from zhengtong.agora.ballots.queries import Vote
from zhengtong.cases.authority import require
from zhengtong.ledger.words import Speaker
from zhengtong.people.actor import Actor

Trustee = Actor | Speaker


def seat_of(vote: Vote, by: Trustee, *, now: datetime) -> tuple[int, str]:
    """Which trustee this is, from 1, and on which power it acts: another node on none. NotAKeeper, SaidBefore."""
    place = place_of(vote.round, vote.phase.id, vote.declared.trustees, by)
    if place is None:
        raise NotAKeeper
    return place, "" if isinstance(by, Speaker) else require(vote.round.case, by=by, act="keep-key", now=now)
