"""Who acts as a trustee: the officer in that post, or another node by a word of its ledger."""

from datetime import datetime
from typing import Any

from zhengtong.agora.errors import NotAKeeper, SaidBefore
from zhengtong.agora.models import Keeper
from zhengtong.agora.polls import Vote
from zhengtong.agora.seats import place_among, place_of_node
from zhengtong.cases.authority import require
from zhengtong.ledger.words import Speaker
from zhengtong.people.actor import Actor

Trustee = Actor | Speaker


def seat_of(vote: Vote, by: Trustee, *, now: datetime) -> tuple[int, str]:
    """Which trustee this is, from 1, and on which power it acts: another node on none. NotAKeeper, SaidBefore."""
    if isinstance(by, Speaker):
        return _place_of_node(vote, by), ""
    place = place_among(vote.round.charter, vote.declared.trustees, by)
    if place is None:
        raise NotAKeeper
    return place, require(vote.round.case, by=by, act="keep-key", now=now)


def taken(keeper: Keeper, by: Trustee) -> dict[str, Any]:
    """For the record, of another node: which entry of its ledger this rests on, and that entry is not taken again."""
    if not isinstance(by, Speaker):
        return {}
    keeper.word = by.index
    keeper.save(update_fields=["word"])
    return {"node": by.handle, "entry": by.index}


def _place_of_node(vote: Vote, by: Speaker) -> int:
    place = place_of_node(vote.declared.trustees, by.handle)
    if place is None:
        raise NotAKeeper
    keeper = vote.keepers.get(place)
    if keeper and keeper.word is not None and by.index <= keeper.word:
        raise SaidBefore
    return place
