"""What another node said as a keeper, and what does not hold, is kept with what shows it, and recorded, once.

Nothing is recorded that does not show itself by that node's words alone (see lies.py): whatever this node has in its
tables, or an officer sends, no honest node is blamed.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.abroad.heard import keep_word, words_of
from zhengtong.agora.abroad.lies import CERTIFICATE, COMMITMENT, FORK, KEY, SECRET, SHARE, is_fork, shows
from zhengtong.agora.abroad.models import Lie
from zhengtong.agora.abroad.models import Word as Kept
from zhengtong.agora.ballots.queries import Vote
from zhengtong.agora.proceedings import kinds as lot_kinds
from zhengtong.agora.rounds import Round
from zhengtong.charter.model import Phase
from zhengtong.ledger.acts import record
from zhengtong.ledger.errors import NotItsWord
from zhengtong.ledger.leaf import canonical
from zhengtong.ledger.words import MALFORMED, Speaker, Word, hash_of, said_by, trimmed
from zhengtong.people.actor import PROGRAM

MOST = 20  # of one node in a round: what is beyond that is refused like the rest, and not kept

log = logging.getLogger(__name__)


def forked_from(round_: Round, told: Any, *, key: str) -> Any:
    """A word that was taken before, and that the same ledger cannot hold together with this one; None if it can."""
    says = said_by(told, key=key)
    there = Kept.objects.filter(entry=says.index) | Kept.objects.filter(case=round_.case)
    for each in there.order_by("pk"):
        if _contradicts(each.told, told, key):
            return each.told
    return None


def _contradicts(earlier: Any, told: Any, key: str) -> bool:
    """Whether that ledger did say so, whatever stands in a table here."""
    try:
        return is_fork(earlier, told) and bool(said_by(earlier, key=key))
    except (NotItsWord, *MALFORMED):
        return False


def record_fork(
    round_: Round, phase: Phase, place: int, by: Speaker, pair: list[Any], *, key: str, now: datetime
) -> None:
    """Keep the two words, without what they say, and without what somebody put beside them."""
    words = [trimmed(each, said_by(each, key=key).sha256) for each in pair]
    _kept(round_, phase, place, by, {"why": FORK, "words": words}, key=key, now=now)


@transaction.atomic
def record_lie(round_: Round, phase: Phase, place: int, by: Speaker, word: Word, *, key: str, now: datetime) -> None:
    """Keep a word that does not hold, as it came, with what shows it; its entry is taken."""
    keep_word(round_, phase.id, place, word)
    committed = _commitments(round_, phase, place, word)
    _kept(round_, phase, place, by, _evidence(round_, phase, word, committed), key=key, now=now, answers=committed)


def _kept(
    round_: Round,
    phase: Phase,
    place: int,
    by: Speaker,
    found: dict[str, Any],
    *,
    key: str,
    now: datetime,
    answers: Any = (),
) -> None:
    told = {"node": by.handle, "key": key, **found}
    if not shows(told, key=key, answers=answers):
        log.error("what %s sent for %s is refused, and nothing shows whose fault it is", by.handle, phase.id)
        return
    number, digest = round_.case.number, hash_of(told)
    if Lie.objects.filter(number=number, node=by.handle).count() >= MOST:
        return
    at = {"number": number, "node": by.handle, "entry": by.index, "why": found["why"]}
    kept = {"phase": phase.id, "told": canonical(told).decode(), "digest": digest, "found_at": now}
    _, is_new = Lie.objects.get_or_create(**at, defaults=kept)
    if not is_new:
        return
    log.error("what %s sent as a keeper for %s of %s does not hold", by.handle, phase.id, number)
    says = {"phase": phase.id, "node": by.handle, "entry": by.index, "why": found["why"], "evidence": digest}
    if phase.ballot:
        record(kind=kinds.TRUSTEE_BELIED, subject=number, by=PROGRAM, now=now, particulars={**says, "trustee": place})
    else:
        record(kind=lot_kinds.BELIED, subject=number, by=PROGRAM, now=now, particulars={**says, "keeper": by.handle})


def _evidence(round_: Round, phase: Phase, word: Word, committed: list[Any]) -> dict[str, Any]:
    """What shows by that node's words that this one does not hold; `committed`: those by which it committed before."""
    own = {"role": word.role, **word.proof, "said": word.said}
    if word.role in (KEY, CERTIFICATE):
        return {"why": word.role, "words": [own]}
    if word.role == SECRET:
        return {"why": SECRET, "words": [*committed[-1:], own]}
    poll = Vote(round_, phase).poll
    files = {"election": poll.election, "sums": poll.sums} if poll and poll.tally else {}
    return {"why": SHARE, "words": [own], **files}


def _commitments(round_: Round, phase: Phase, place: int, word: Word) -> list[Any]:
    """The words by which a node committed to a secret in the attempt of this one, in their order."""
    if word.role != SECRET:
        return []
    about = word.proof["acts"][0]["opened"][3]["about"]
    held = [each for each in words_of(round_, phase.id, place) if each["role"] == COMMITMENT and "said" in each]
    return [each for each in held if each["acts"][0]["opened"][3]["about"] == about]
