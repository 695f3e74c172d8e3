"""What is known of the words of another node that keeps something in a round: its place, and that none counts twice."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max

from zhengtong.agora.errors import SaidBefore
from zhengtong.agora.models import Word
from zhengtong.agora.rounds import Round
from zhengtong.agora.seats import place_among, place_of_node
from zhengtong.charter.model import NODES
from zhengtong.charter.nodes import node_of
from zhengtong.ledger.words import Speaker
from zhengtong.ledger.words import Word as Spoken
from zhengtong.people.actor import Actor

SHOWN = {"commitment", "roll"}  # what is held against what comes later: with the word, the file itself is kept


def place_speaking(round_: Round, phase: str, keepers: Sequence[str], by: Speaker) -> int | None:
    """Which of the keepers of a phase another node is, from 1; None if it is none of them.

    SaidBefore where this entry of its ledger, or a later one, was taken already.
    """
    place = place_of_node(keepers, by.handle)
    if place is None:
        return None
    require_newer(round_, phase, place, by)
    return place


def require_newer(round_: Round, phase: str, place: int, by: Speaker) -> None:
    """No word of this keeper was taken that is as new; SaidBefore."""
    last = _said(round_, phase, place).aggregate(last=Max("entry"))["last"]
    if last is not None and by.index <= last:
        raise SaidBefore


def place_of(round_: Round, phase: str, keepers: Sequence[str], by: Actor | Speaker) -> int | None:
    """Which of the keepers of a phase this is, from 1: an officer in that post, or another node; None if neither.
    SaidBefore.
    """
    if isinstance(by, Speaker):
        return place_speaking(round_, phase, keepers, by)
    return place_among(round_.charter, keepers, by)


def source(by: Actor | Speaker) -> dict[str, Any]:
    """For the record of an act: on which entry of which other ledger it rests, if on one."""
    return {"node": by.handle, "entry": by.index} if isinstance(by, Speaker) else {}


def keep_word(round_: Round, phase: str, place: int, word: Spoken) -> None:
    """Keep what proves a word, so that everybody can, and its entry does not count again."""
    told = {"role": word.role, **word.proof}
    told |= {"said": word.said} if word.role in SHOWN else {}
    Word.objects.create(case=round_.case, phase=phase, place=place, entry=word.index, told=told)


def words_of(round_: Round, phase: str, place: int) -> list[dict[str, Any]]:
    """All that a keeper said, in its order."""
    return list(_said(round_, phase, place).order_by("entry").values_list("told", flat=True))


def told_by_nodes(round_: Round, phase: str, keepers: Sequence[str]) -> dict[str, Any]:
    """Of those keepers that are other nodes, by their ids: the key that is believed here, and all that they said."""
    found = [(place, post, node_of(round_.charter.nodes, post)) for place, post in enumerate(keepers, 1)]
    return {
        post.removeprefix(NODES): {"key": node.ledger, "words": words_of(round_, phase, place)}
        for place, post, node in found
        if node
    }


def _said(round_: Round, phase: str, place: int) -> Any:
    return Word.objects.filter(case=round_.case, phase=phase, place=place)
