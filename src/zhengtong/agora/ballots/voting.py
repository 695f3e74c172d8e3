"""What a voter does in a secret ballot. Nothing here knows who it is, and nothing is recorded: not even when.

Enrolling takes the key of a voice, which was signed blind; voting takes the signature of an enrolled code.
"""

from datetime import datetime

from django.db import transaction

from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.ballotbox.router import BALLOTS
from zhengtong.agora.ballots.errors import BallotIsClosed, CastAlready, EnrolledAlready, NotOnTheRoll
from zhengtong.agora.ballots.queries import ENROLMENT, VOTING, Vote, vote_of
from zhengtong.agora.rounds import Round, as_it_is_now
from zhengtong.agora.voices import token_of
from zhengtong.engines.ballots import read_ballot


@transaction.atomic(using=BALLOTS)
def enrol(*, round_: Round, phase: str, key: str, public: str, now: datetime) -> None:
    """Put a public key on the roll, one for each voice; the same again changes nothing.

    NotAVoice, BallotFault where it is no member of the group, EnrolledAlready.
    """
    vote = _now(round_, phase)
    if vote.stage != ENROLMENT:
        raise BallotIsClosed
    token = token_of(round_, key)
    member = vote.group.write(vote.group.read(public.strip()))
    found = box.noted(vote.uuid, ("enrolled", token), member)
    if found == "other" or (found == "new" and box.noted(vote.uuid, ("key", member), token.hex()) == "other"):
        raise EnrolledAlready
    if found == "new":
        box.hold_key(vote.uuid, member)


@transaction.atomic(using=BALLOTS)
def cast_ballot(*, round_: Round, phase: str, written: str, now: datetime) -> str:
    """Take a ballot; its tracking number. It goes into the box later, shuffled with others.

    BallotFault where a proof, a signature or a number is not right; NotOnTheRoll, CastAlready.
    """
    vote = _now(round_, phase)
    if vote.stage != VOTING:
        raise BallotIsClosed
    ballot = read_ballot(election=vote.election, written=written.strip())
    public, tracking = ballot.credential, ballot.tracking_number
    if not box.is_voter(vote.uuid, public):
        raise NotOnTheRoll
    if box.noted(vote.uuid, ("ballot", tracking)) != "new" or box.in_box(vote.uuid, tracking):
        raise CastAlready
    if not vote.declared.revote and box.noted(vote.uuid, ("voted", public)) != "new":
        raise CastAlready
    box.hold_ballot(vote.election, ballot.written)
    return tracking


def _now(round_: Round, phase: str) -> Vote:
    """The ballot as it is now, whose roll and box are not closed before the voter's transaction ends."""
    box.to_write_in(vote_of(round_, phase).uuid)
    return vote_of(as_it_is_now(round_), phase)
