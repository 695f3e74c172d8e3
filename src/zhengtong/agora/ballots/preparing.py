"""A secret ballot is set up: trustees give their keys, the credential authority closes the roll, the host opens it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.abroad.heard import require_newer, source
from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.circle import trustees_of
from zhengtong.agora.ballots.errors import BallotIsClosed, NotAKeeper, RollDisagrees, TooFewVoters
from zhengtong.agora.ballots.queries import COUNTED, PREPARING, Vote, vote_of, votes_of
from zhengtong.agora.ballots.roll import PLACE, require_closed, require_same
from zhengtong.agora.ballots.trustees import Trustee, seat_of
from zhengtong.agora.errors import PhaseIsClosed
from zhengtong.agora.models import Keeper, Poll
from zhengtong.agora.rounds import Round, of_case
from zhengtong.agora.seats import holds
from zhengtong.cases.authority import require, require_task
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Task
from zhengtong.engines.ballots import check_published, compact, compose, joint_key, read_trustees, set_up
from zhengtong.engines.ballots.proofs import bare_proof
from zhengtong.ledger.acts import record
from zhengtong.ledger.words import Speaker
from zhengtong.people.actor import Actor


@transaction.atomic
def give_key(*, round_: Round, phase: str, key: Any, by: Trustee, now: datetime) -> Keeper:
    """A trustee's public key, before the box is open; a new one takes the place of an older one. TrusteeFault."""
    vote = fresh(round_, phase)
    place, power = seat_of(vote, by, now=now)
    if vote.is_open or vote.threshold:
        raise BallotIsClosed
    written = {"pok": key["pok"], "public_key": key["public_key"]} if _is_key(key) else {}
    public = check_published(written, group=vote.group)
    written["pok"] = bare_proof(written["pok"])
    keeper, _ = Keeper.objects.update_or_create(poll=written_of(vote), place=place, defaults={"key": compact(written)})
    particulars = {"phase": phase, "trustee": place, "key": vote.group.write(public), **source(by)}
    record(kind=kinds.KEY_GIVEN, subject=vote.round.case.number, by=by, power=power, now=now, particulars=particulars)
    return keeper


@transaction.atomic
def close_roll(*, round_: Round, phase: str, by: Trustee, now: datetime, roll: Any = None) -> Poll:
    """The credential authority closes the roll once enrolment is over: as many voters at most as were admitted.

    Another node says which it closes; RollChanged where that is another one than is here.
    """
    vote = fresh(round_, phase)
    case, power = vote.round.case, _roll_keeper(vote, by, now=now)
    if vote.stage != PREPARING or (vote.poll and vote.poll.credentials):
        raise BallotIsClosed
    box.let_writers_end(vote.uuid)
    keys, admitted = box.keys_held(vote.uuid), case.admissions.count()
    if isinstance(by, Speaker):
        require_same(keys, roll)
    if len(keys) > admitted:
        raise RollDisagrees(voters=len(keys), admitted=admitted)
    if len(keys) < vote.declared.smallest_electorate:
        raise TooFewVoters(voters=len(keys), least=vote.declared.smallest_electorate)
    poll = written_of(vote)
    poll.credentials = compact(keys)
    poll.save(update_fields=["credentials"])
    box.close_roll(vote.uuid, keys)
    particulars = {"phase": phase, "voters": len(keys), "admitted": admitted, **source(by)}
    record(kind=kinds.ROLL_CLOSED, subject=case.number, by=by, power=power, now=now, particulars=particulars)
    return poll


def _roll_keeper(vote: Vote, by: Trustee, *, now: datetime) -> str:
    """The power on which the roll is closed: another node closes it on none. NotAKeeper, SaidBefore."""
    if isinstance(by, Speaker):
        if by.handle != vote.declared.roll:
            raise NotAKeeper
        require_newer(vote.round, vote.phase.id, PLACE, by)
        return ""
    if not holds(vote.round.charter, vote.declared.roll, by):
        raise NotAKeeper
    return require(vote.round.case, by=by, act="keep-roll", now=now)


@transaction.atomic
def open_poll(*, round_: Round, phase: str, by: Actor, now: datetime) -> Poll:
    """The host opens the box, once it has the roll and the keys of all trustees."""
    vote = fresh(round_, phase)
    case, poll = vote.round.case, vote.poll
    power = require_task(step_of(vote, vote.declared.preparing), by=by, now=now)
    if vote.is_open or poll is None or not poll.credentials or vote.missing:
        raise BallotIsClosed
    require_closed(vote)
    poll.trustees = trustees_of(vote)
    election = compose(
        name=str(vote.round.name), description=str(vote.round.summary), uuid=vote.uuid,
        key=joint_key(read_trustees(poll.trustees, group=vote.group), group=vote.group), questions=vote.questions,
        group=vote.group,
    )  # fmt: skip
    poll.election, poll.opened_at = election.written, now.replace(microsecond=0)
    poll.save(update_fields=["trustees", "election", "opened_at"])
    set_up(vote_of(vote.round, phase).setup())  # every key on the roll is verified to be a member of the group
    box.forget_keys(vote.uuid)  # not when the roll was closed: only now is it sure that it was written
    tell_case(case)
    particulars = {"phase": phase, "election": election.fingerprint}
    record(kind=kinds.BOX_OPENED, subject=case.number, by=by, power=power, now=now, particulars=particulars)
    return poll


def fresh(round_: Round, phase: str) -> Vote:
    """The ballot with its case locked."""
    return vote_of(of_case(locked(round_.case.pk)), phase)


def written_of(vote: Vote) -> Poll:
    """Its row, made where there is none yet."""
    return Poll.objects.get_or_create(case=vote.round.case, phase=vote.phase.id, defaults={"uuid": vote.uuid})[0]


def step_of(vote: Vote, node: str) -> Task:
    """The open step of the host; PhaseIsClosed."""
    task = vote.round.case.tasks.filter(node=node, status=Task.Status.OPEN).first()
    if task is None:
        raise PhaseIsClosed(phase=vote.phase.name)
    task.case = vote.round.case
    return task


def tell_case(case: Case) -> None:
    """Keep with the case how far its ballots are: its process asks for it."""
    votes = votes_of(of_case(case))
    opened, counted = (all(done) for done in zip(*map(_done, votes), strict=True))
    case.facts["ballot"] = "counted" if counted else "ready" if opened else ""
    case.save(update_fields=["facts"])


def _done(vote: Vote) -> tuple[bool, bool]:
    return bool(vote.poll and vote.poll.opened_at), vote.stage == COUNTED


def _is_key(key: Any) -> bool:
    return isinstance(key, dict) and {"pok", "public_key"} <= set(key)
