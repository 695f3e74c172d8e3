"""Whether a box holds what the ledger recorded while people voted: every head that was recorded is in its chain."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet

from zhengtong.agora import kinds
from zhengtong.agora.ballots.box import event_at, has_gap, last_event
from zhengtong.agora.ballots.errors import BoxDisagrees
from zhengtong.agora.ballots.queries import Vote
from zhengtong.cases.models import Case
from zhengtong.engines.ballots import Archive
from zhengtong.engines.ballots.archive import chained
from zhengtong.ledger.models import Act
from zhengtong.ledger.queries import of


@dataclass(frozen=True)
class Head:
    """After so many ballots the chain ended with this hash; the ledger recorded it in this act of the case."""

    ballots: int
    hash: str
    position: int


def heads(vote: Vote) -> list[Head]:
    """What the ledger recorded of a box, in order."""
    return [_head(each) for each in _recorded(vote) if each.particulars and each.particulars["phase"] == vote.phase.id]


def _head(act: Act) -> Head:
    held = act.particulars or {}
    return Head(int(held["ballots"]), str(held["head"]), act.position)


def missing(archive: Archive, found: Sequence[Head]) -> list[Head]:
    """The heads that are not in an archive's chain where they were: something before them was removed or changed."""
    events = [event.hash for event in archive.events]
    return [each for each in found if events[each.ballots : each.ballots + 1] != [each.hash]]


def require_whole(vote: Vote) -> None:
    """BoxDisagrees where a recorded head is not in the box."""
    if missing(vote.archive(), heads(vote)):
        raise BoxDisagrees


def require_last(vote: Vote) -> None:
    """The same of the last head alone, without reading the box; before it is filled further."""
    if not holds_last(vote):
        raise BoxDisagrees


def holds_last(vote: Vote) -> bool:
    """Whether the last head is in the box, and no ballot before it is gone; as much work however many there are."""
    last = _recorded(vote).order_by("-position").first()
    found = [_head(last)] if last and last.particulars else []
    return not has_gap(vote.uuid) and all(event_at(vote.uuid, each.ballots) == each.hash for each in found)


def require_sums(vote: Vote) -> None:
    """BoxDisagrees where the sums that trustees open are not those of the box as the ledger heard that it was closed.

    A trustee's honest share of what was changed since would not hold, and nobody is to blame them for it.
    """
    poll = vote.poll
    if poll is None or not poll.tally:
        raise BoxDisagrees
    number, last = last_event(vote.uuid)
    _, end = chained("EndBallots", parent=last or vote.setup().events[0].hash, height=number + 1)
    _, tally = chained("EncryptedTally", poll.sizes, parent=end.hash, height=number + 2)
    closed = of(vote.round.case.number).filter(kind=kinds.BOX_CLOSED).first()
    told = (closed.particulars or {}).get("head") if closed else None
    if told != tally.hash or json.loads(poll.sizes)["encrypted_tally"] != sha256(poll.sums.encode()).hexdigest():
        raise BoxDisagrees


def alarmed_in(procedures: Collection[str]) -> set[str]:
    """The open rounds of these procedures, by number, of whose box it is recorded that ballots are gone. One query, and
    none where there are no procedures.
    """
    if not procedures:
        return set()
    numbers = Case.objects.filter(procedure__in=procedures, closed_at=None).values("number")
    return set(Act.objects.filter(kind=kinds.BOX_DISAGREES, subject__in=numbers).values_list("subject", flat=True))


def times_recorded(vote: Vote) -> int:
    """How often the ledger recorded a box."""
    return _recorded(vote).count()


def _recorded(vote: Vote) -> QuerySet[Act]:
    """A round has one ballot at most: the checker sees to it."""
    return of(vote.round.case.number).filter(kind=kinds.BOXED)
