"""A trustee at another node sends what that node says, by its ledger, is its own; who carries it does not matter."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.acts.circling import give_certificate, give_part, give_polynomial
from zhengtong.agora.acts.polling import fresh, give_key
from zhengtong.agora.acts.tallying import give_share
from zhengtong.agora.acts.trusted import seat_of
from zhengtong.agora.errors import NotAKeeper
from zhengtong.agora.heard import keep_word, source
from zhengtong.agora.models import Keeper
from zhengtong.agora.polls import Vote, vote_of
from zhengtong.agora.rounds import Round
from zhengtong.agora.seats import place_of_node
from zhengtong.charter.model import NODES
from zhengtong.engines.ballots import TrusteeFault
from zhengtong.ledger.acts import record
from zhengtong.ledger.errors import SpokenOtherwise
from zhengtong.ledger.words import Speaker, Word, hear
from zhengtong.people.actor import PROGRAM

OWN = {"key", "certificate", "share"}  # the other steps may fail by what somebody else has sent since

log = logging.getLogger(__name__)


def take_word(*, round_: Round, phase: str, node: str, told: Any, now: datetime) -> Keeper:
    """Do what the other node says, in its place among the trustees.

    NotItsWord, SpokenOtherwise, SaidBefore, BallotIsClosed; TrusteeFault where the node did say it and it does not
    hold: that is recorded where it rests on nothing that others sent, since nobody else can have said it.
    """
    vote, named = vote_of(round_, phase), f"{NODES}{node}"
    if place_of_node(vote.declared.trustees, named) is None:
        raise NotAKeeper
    word = hear(told, key=vote.round.charter.nodes[node].ledger, about=about(vote))
    if word.role not in _ACTS:
        raise SpokenOtherwise
    by = Speaker(named, word.index)
    act, given = _ACTS[word.role]
    try:
        with transaction.atomic():
            keeper = act(round_=round_, phase=phase, by=by, now=now, **{given: word.said})
            keep_word(round_, phase, keeper.place, word)
        return keeper
    except TrusteeFault:
        if word.role in OWN:
            _belied(round_, phase, by, word, now=now)
        raise


def about(vote: Vote) -> str:
    """What a word of a trustee is about."""
    return f"{vote.round.case.number}/{vote.phase.id}"


@transaction.atomic
def _belied(round_: Round, phase: str, by: Speaker, word: Word, *, now: datetime) -> None:
    """Record, once, that what another node said as a trustee does not hold."""
    vote = fresh(round_, phase)
    place, _ = seat_of(vote, by, now=now)
    keep_word(round_, phase, place, word)
    told = {"phase": phase, "trustee": place, **source(by)}
    record(kind=kinds.TRUSTEE_BELIED, subject=vote.round.case.number, by=PROGRAM, now=now, particulars=told)
    log.error("what %s sent as a trustee of %s does not hold", by.handle, about(vote))


_ACTS: dict[str, tuple[Callable[..., Keeper], str]] = {
    "key": (give_key, "key"),
    "certificate": (give_certificate, "held"),
    "polynomial": (give_polynomial, "held"),
    "part": (give_part, "held"),
    "share": (give_share, "share"),
}
