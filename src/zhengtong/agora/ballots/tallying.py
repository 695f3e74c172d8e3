"""The box is filled in shuffled batches, each told to the ledger; it is closed, opened by the trustees, and counted."""

import json
import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.abroad.heard import source
from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.agreement import require_last, require_sums, require_whole
from zhengtong.agora.ballots.archived import keep_file
from zhengtong.agora.ballots.ballotbox.sealing import destroy
from zhengtong.agora.ballots.errors import BallotIsClosed, BoxDisagrees, OtherSums, ShareChanged
from zhengtong.agora.ballots.preparing import fresh, tell_case
from zhengtong.agora.ballots.queries import COUNTING, Vote, vote_of
from zhengtong.agora.ballots.trustees import Trustee, seat_of
from zhengtong.agora.models import Keeper, Poll
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import WITH_LAW
from zhengtong.engines.ballots import TrusteeFault, compact, read_trustees, verify
from zhengtong.engines.ballots.group import Element
from zhengtong.engines.ballots.proofs import bare_proof
from zhengtong.engines.ballots.tally import Sums, check_partly, counted, made_for, read_sums
from zhengtong.engines.ballots.trustees import keys_in_order
from zhengtong.ledger.acts import record
from zhengtong.ledger.queries import of
from zhengtong.people.actor import PROGRAM

log = logging.getLogger(__name__)


def box_due(*, now: datetime) -> int:
    """Fill every open box, and close those whose time is over; how many ballots went in. The worker's."""
    polls = Poll.objects.filter(opened_at__isnull=False, tally="")
    related = [f"case__{each}" for each in WITH_LAW]
    votes = [vote_of(Round(each.case), each.phase) for each in polls.select_related(*related)]
    added = sum(_filled(each, now=now) for each in votes)
    for poll in Poll.objects.filter(opened_at__isnull=False).exclude(filed_at="counted").select_related(*related):
        if poll.filed_at != poll.state:
            _filed(vote_of(Round(poll.case), poll.phase))
    return added


def _filed(vote: Vote) -> None:
    """Bring the archive's file up to date."""
    try:
        with transaction.atomic():
            keep_file(fresh(vote.round, vote.phase.id))
    except BoxDisagrees:
        log.exception("the archive of %s of %s is not lengthened", vote.phase.id, vote.round.case.number)


def _filled(vote: Vote, *, now: datetime) -> int:
    """How many ballots went in; a box to which there is nothing to add is looked at all the same."""
    try:
        if vote.stage != COUNTING and not box.waiting(vote.uuid):
            require_last(vote)
            return 0
        return fill(round_=vote.round, phase=vote.phase.id, now=now)
    except BoxDisagrees:  # it stays as it is; other boxes are filled
        log.exception("the ballot box %s of %s is not filled", vote.phase.id, vote.round.case.number)
        _alarm(vote, now=now)
        return 0


@transaction.atomic
def _alarm(vote: Vote, *, now: datetime) -> None:
    """Record once that a ballot is gone: whoever watches the ledger hears of it, pages say it, and no row undoes it."""
    case = fresh(vote.round, vote.phase.id).round.case
    if not of(case.number).filter(kind=kinds.BOX_DISAGREES).exists():
        told = {"phase": vote.phase.id, "ballots": vote.poll.recorded if vote.poll else 0}
        record(
            kind=kinds.BOX_DISAGREES, subject=case.number, by=PROGRAM, now=now, basis=vote.round.basis, particulars=told
        )


@transaction.atomic
def fill(*, round_: Round, phase: str, now: datetime) -> int:
    """Put a batch into the box if there is one, all that is left once voting is over, and then close it.

    BoxDisagrees: the last ballot that the ledger knows of is not in it.
    """
    vote = fresh(round_, phase)
    require_last(vote)
    over = vote.stage == COUNTING
    if over:
        box.let_writers_end(vote.uuid)
    setup = vote.setup().events[0].hash
    added = box.shuffle_in(vote.uuid, setup=setup, least=1 if over else vote.declared.batch)
    _tell(vote, now=now)
    if over:
        close(vote, now=now)
    return added


def _tell(vote: Vote, *, now: datetime) -> None:
    """Tell the ledger what it does not know yet, even if the last round broke off between the two databases."""
    poll = vote.poll
    number, event = box.last_event(vote.uuid)
    if poll is None or poll.recorded == number:
        return
    poll.recorded = number
    poll.save(update_fields=["recorded"])
    record(
        kind=kinds.BOXED,
        subject=vote.round.case.number,
        by=PROGRAM,
        now=now,
        basis=vote.round.basis,
        particulars={"phase": vote.phase.id, "ballots": number, "head": event},
    )


def close(vote: Vote, *, now: datetime) -> None:
    """End the vote: the encrypted sums are worked out from the ballots, whose every proof is verified once more.

    BoxDisagrees: ballots that the ledger knows of are gone. What opens sealed ballots is destroyed.
    """
    poll = vote.poll
    if poll is None or poll.tally:
        return
    require_whole(vote)
    whole = verify(vote.archive().bytes())
    whole.close()
    sizes = whole.archive.payload(whole.archive.events[-1])
    poll.tally = whole.archive.found(json.loads(sizes)["encrypted_tally"]) + "\n" + sizes
    poll.save(update_fields=["tally"])
    record(
        kind=kinds.BOX_CLOSED,
        subject=vote.round.case.number,
        by=PROGRAM,
        now=now,
        basis=vote.round.basis,
        particulars={"phase": vote.phase.id, "ballots": len(whole.ballots), "head": whole.archive.events[-1].hash},
    )
    transaction.on_commit(lambda: destroy(vote.uuid))


@transaction.atomic
def give_share(*, round_: Round, phase: str, share: Any, by: Trustee, now: datetime) -> Keeper:
    """A trustee opens their part of the sum; with the last one that it takes the result is there.

    TrusteeFault: it does not hold. OtherSums: it is made for others than here. BoxDisagrees, ShareChanged: what it
    is checked against, or put together with, is not what was recorded or handed in.
    """
    vote = fresh(round_, phase)
    place, power = seat_of(vote, by, now=now)
    keeper, poll = vote.keepers.get(place), vote.poll
    if poll is None or not poll.tally or poll.result or keeper is None or keeper.share:
        raise BallotIsClosed
    require_sums(vote)
    held = share["share"] if isinstance(share, dict) and "share" in share else share
    public = keys_in_order(read_trustees(poll.trustees, group=vote.group))[place - 1]
    made = made_for(vote.election, poll.sums, vote.group.write(public))
    if isinstance(share, dict) and share.get("of", made) != made:
        raise OtherSums
    _checked(vote, poll, place, held)
    proofs = [[bare_proof(one) for one in row] for row in held["decryption_proofs"]]
    keeper.share = compact({"decryption_factors": held["decryption_factors"], "decryption_proofs": proofs})
    keeper.save(update_fields=["share"])
    particulars = {"phase": phase, "trustee": place, **source(by)}
    record(kind=kinds.SHARED, subject=vote.round.case.number, by=by, power=power, now=now, particulars=particulars)
    if not vote.missing:
        _publish(vote, poll, now=now)
    return keeper


def _checked(vote: Vote, poll: Poll, place: int, held: Any) -> list[list[Element]]:
    """A trustee's factors, where every proof holds for the key that they gave; TrusteeFault."""
    public = keys_in_order(read_trustees(poll.trustees, group=vote.group))[place - 1]
    return check_partly(election=vote.election, public=public, encrypted=_sums(vote, poll), held=held)


def _still(vote: Vote, poll: Poll, place: int, held: Any) -> list[list[Element]]:
    """The factors of a share that was checked when it came; ShareChanged."""
    try:
        return _checked(vote, poll, place, held)
    except TrusteeFault:
        log.exception("the share %s of %s is not what was handed in", place, vote.round.case.number)
        raise ShareChanged(place=place) from None


def _sums(vote: Vote, poll: Poll) -> Sums:
    return read_sums(vote.group, json.loads(poll.sums))


def _publish(vote: Vote, poll: Poll, *, now: datetime) -> None:
    given = {place: json.loads(each.share) for place, each in vote.keepers.items() if each.share}
    factors = {place: _still(vote, poll, place, held) for place, held in given.items()}
    size = json.loads(poll.sizes)["num_tallied"]
    circles = read_trustees(poll.trustees, group=vote.group)
    found = counted(group=vote.group, circles=circles, encrypted=_sums(vote, poll), factors=factors, ballots=size)
    poll.result = compact({"result": found})
    poll.save(update_fields=["result"])
    case = vote.round.case
    tell_case(case)
    record(
        kind=kinds.BALLOT_COUNTED,
        subject=case.number,
        by=PROGRAM,
        now=now,
        basis=vote.round.basis,
        particulars={"phase": vote.phase.id, "result": found},
    )
