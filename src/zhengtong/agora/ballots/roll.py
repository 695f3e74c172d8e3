"""The roll of a ballot that another node keeps: what it is given to check, what it says, and that it did."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from zhengtong.agora import kinds
from zhengtong.agora.abroad.heard import words_of
from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.circle import DONE, WAIT
from zhengtong.agora.ballots.errors import RollChanged, RollDisagrees
from zhengtong.agora.ballots.queries import PREPARING, Vote
from zhengtong.charter.nodes import node_of
from zhengtong.engines.ballots import compact
from zhengtong.engines.ballots.groups import group_called
from zhengtong.ledger.errors import NotItsWord
from zhengtong.ledger.opening import opened_to_all
from zhengtong.ledger.queries import of
from zhengtong.ledger.words import hash_of, said_by

ROLL, PLACE = "roll", 0  # the place of its keeper: trustees have theirs from 1


def step_of(vote: Vote) -> str:
    """What its keeper has to send now."""
    if vote.poll and vote.poll.credentials:
        return DONE
    return ROLL if vote.stage == PREPARING else WAIT


def file_of(vote: Vote) -> dict[str, Any] | None:
    """The list that is to be closed, with the acts by which the ledger tells how many were admitted, opened, with their
    proofs; None before enrolment is over, and once it is closed.
    """
    if step_of(vote) != ROLL:
        return None
    number = vote.round.case.number
    acts = opened_to_all(of(number).filter(kind=kinds.ADMITTED))
    listed = {"group": vote.group.name, "credentials": box.keys_held(vote.uuid)}
    return {"round": number, "phase": vote.phase.id, **acts, **listed}


def checked(told: Mapping[str, Any], acts: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """What its keeper says of the list in the file, by the acts that were proven: each key is one, none is there twice,
    and there are no more than people were admitted. RollDisagrees, BallotFault.
    """
    group, keys = group_called(told["group"]), list(told["credentials"])
    for each in keys:
        group.read(each)
    admitted = sum({says["on"]: says["admitted"] for kind, says in acts if kind == kinds.ADMITTED}.values())
    if len(set(keys)) != len(keys) or len(keys) > admitted:
        raise RollDisagrees(voters=len(keys), admitted=admitted)
    return {**said_of(keys), "admitted": admitted}


def said_of(keys: Sequence[str]) -> dict[str, Any]:
    """The hash of the roll as the archive has it, and how many are on it."""
    return {"credentials": sha256(compact(list(keys)).encode()).hexdigest(), "voters": len(keys)}


def require_same(keys: Sequence[str], said: Any) -> None:
    """The keeper spoke of this very list; RollChanged."""
    held = said_of(keys)
    if not isinstance(said, dict) or {name: said.get(name) for name in held} != held:
        raise RollChanged


def require_closed(vote: Vote) -> None:
    """Where another node keeps the roll, its ledger says that it closed the one that is here; RollChanged."""
    node = node_of(vote.round.charter.nodes, vote.declared.roll)
    keys = json.loads(vote.poll.credentials) if vote.poll and vote.poll.credentials else []
    if node and not any(_closes(each, node.ledger, vote, keys) for each in words_of(vote.round, vote.phase.id, PLACE)):
        raise RollChanged


def _closes(told: Any, key: str, vote: Vote, keys: Sequence[str]) -> bool:
    try:
        says = said_by(told, key=key)
        require_same(keys, told["said"])
    except (NotItsWord, RollChanged, KeyError):
        return False
    of_this = (says.about, says.role) == (f"{vote.round.case.number}/{vote.phase.id}", ROLL)
    return bool(of_this and says.sha256 == hash_of(told["said"]))
