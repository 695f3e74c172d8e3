"""How trustees of whom some are enough make their key: what has come, and what goes to whom. Reading only."""

import json
from typing import Any

from zhengtong.agora.ballots.queries import Vote
from zhengtong.engines.ballots import compact
from zhengtong.engines.ballots.ceremony import threshold_parameters, vinputs

CERTIFICATE, POLYNOMIAL, PART, WAIT, DONE = "certificate", "polynomial", "part", "wait", "done"
KEY, SHARE = "key", "share"


def step_of(vote: Vote, place: int) -> str:
    """What a trustee has to send next: each step begins when all have made the one before."""
    for step, sent in ((CERTIFICATE, "certificate"), (POLYNOMIAL, "polynomial"), (PART, "key")):
        given = _given(vote, sent)
        if place not in given:
            return step
        if len(given) < len(vote.declared.trustees):
            return WAIT
    return DONE


def owed_by(vote: Vote, place: int) -> str:
    """What a trustee has to send now, in any ballot: a step of the circle, its key, its share, or nothing yet."""
    keeper, poll = vote.keepers.get(place), vote.poll
    if not vote.is_open:
        return step_of(vote, place) if vote.threshold else DONE if keeper and keeper.key else KEY
    if poll is None or not poll.tally:
        return WAIT
    return DONE if poll.result or (keeper and keeper.share) else SHARE


def certificates(vote: Vote) -> list[Any]:
    """Of all trustees, in their order; those of them that have come."""
    return list(_given(vote, "certificate").values())


def polynomials(vote: Vote) -> list[Any]:
    """Of all trustees, in their order; those of them that have come."""
    return list(_given(vote, "polynomial").values())


def sent_to(vote: Vote, place: int) -> Any:
    """What goes to a trustee once all polynomials are there; None before."""
    found = polynomials(vote)
    return vinputs(found)[place - 1] if len(found) == len(vote.declared.trustees) else None


def trustees_of(vote: Vote) -> str:
    """What the archive says of the trustees; each of them has given a key."""
    keys = list(_given(vote, "key").values())
    if not vote.threshold:
        return compact([["Single", each] for each in keys])
    given = {"certificates": certificates(vote), "polynomials": polynomials(vote), "keys": keys}
    return compact([["Pedersen", threshold_parameters(needed=vote.threshold, **given)]])


def _given(vote: Vote, name: str) -> dict[int, Any]:
    held = {place: getattr(each, name) for place, each in sorted(vote.keepers.items())}
    return {place: json.loads(said) for place, said in held.items() if said}
