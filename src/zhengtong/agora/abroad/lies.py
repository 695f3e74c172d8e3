"""What shows by its own words that another node said, as a keeper, what does not hold. Anybody can check it again.

It rests on nothing that this node says: each word is proven by the ledger of the other, and names to whom and of what
it is; a share names the sums, the election and the key that it is made for. So nobody here can make a lie of what an
honest node said.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.ballots import TrusteeFault, check_published
from zhengtong.engines.ballots.ceremony import check_certificate
from zhengtong.engines.ballots.election import Election
from zhengtong.engines.ballots.errors import BallotFault, ElectionArchiveFault
from zhengtong.engines.ballots.groups import GROUPS
from zhengtong.engines.ballots.tally import check_partly, made_for, read_sums
from zhengtong.engines.sortition import in_digits, opens
from zhengtong.ledger.errors import NotItsWord
from zhengtong.ledger.words import MALFORMED, Says, hash_of, said_by

FORK, KEY, CERTIFICATE, SECRET, SHARE = "fork", "key", "certificate", "secret", "share"
COMMITMENT = "commitment"
WHY = {
    FORK: text(
        "它的台账在同一处给不同的人看不同的内容", "its ledger says one thing in a place, and another there to others"
    ),
    KEY: text("它的公钥没有成立的持有证明", "the proof of its key does not hold"),
    CERTIFICATE: text("它的证书不成立", "its certificate does not hold"),
    SECRET: text("它公开的秘密与它封存的不符", "the secret that it told is not the one that it committed to"),
    SHARE: text("它的解密份额不成立", "its part of the sum is not what its key opens"),
}


def shows(told: Any, *, key: str, answers: Sequence[Any] = ()) -> bool:
    """Whether evidence shows that the node whose ledger has this key said what does not hold.

    `answers`: other words of that node, with which it may show that it committed to something else in between.
    """
    try:
        words = [(each, said_by(each, key=key)) for each in told["words"]]
        if told["why"] == FORK:
            return is_fork(*told["words"])
        if any(says.sha256 != hash_of(each["said"]) for each, says in words):
            return False
        return _SHOWN[told["why"]](told, words) and not _answered(told, words, answers, key)
    except (NotItsWord, BallotFault, ElectionArchiveFault, *MALFORMED):
        return False


def is_fork(one: Any, other: Any) -> bool:
    """Whether two words, each proven by the same ledger, have another entry in one place, or another root at one size.
    Whoever carries them changes neither.
    """
    (first,), (second,) = one["acts"], other["acts"]
    if first["index"] == second["index"] and first["leaf"] != second["leaf"]:
        return True
    (size, root), (as_large, over) = (each["checkpoint"].split("\n")[1:3] for each in (one, other))
    return bool(size == as_large and root != over)


def fits(committed: Any, secret: Any) -> bool:
    """Whether a secret, as it was sent, is the one that was committed to."""
    given = in_digits(secret)
    return bool(given) and opens(committed, bytes.fromhex(given))


Spoken = Sequence[tuple[Any, Says]]


def _no_key(_: Any, words: Spoken) -> bool:
    ((word, says),) = words
    said = word["said"]
    held = {name: said[name] for name in ("pok", "public_key") if isinstance(said, dict) and name in said}
    return says.role == KEY and all(_fails(lambda: check_published(held, group=each)) for each in GROUPS.values())  # noqa: B023


def _no_certificate(_: Any, words: Spoken) -> bool:
    ((word, says),) = words
    groups = GROUPS.values()
    return says.role == CERTIFICATE and all(
        _fails(lambda: check_certificate(each, word["said"], trustee=1))  # noqa: B023
        for each in groups
    )


def _no_secret(_: Any, words: Spoken) -> bool:
    (first, committed), (last, told) = words
    one_matter = (committed.to, committed.about) == (told.to, told.about) and committed.index < told.index
    roles = (committed.role, told.role) == (COMMITMENT, SECRET)
    is_one = bool(first["said"]) and in_digits(first["said"]) == first["said"]
    return one_matter and roles and is_one and not fits(first["said"], last["said"])


def _no_share(told: Any, words: Spoken) -> bool:
    """The files beside it are those that the word itself names by their hashes."""
    ((word, says),) = words
    of, election = word["said"]["of"], Election.read(told["election"])
    if says.role != SHARE or made_for(election, told["sums"], of["key"]) != of:
        return False
    encrypted, public = read_sums(election.group, json.loads(told["sums"])), election.group.read(of["key"])
    held = word["said"]["share"]
    return _fails(lambda: check_partly(election=election, public=public, encrypted=encrypted, held=held))


def _answered(told: Any, words: Spoken, answers: Sequence[Any], key: str) -> bool:
    """Whether the node shows that it had committed, in between, to the secret that it told."""
    if told["why"] != SECRET:
        return False
    (_, committed), (last, secret) = words
    for each in answers:
        says = said_by(each, key=key)
        same = (says.to, says.about, says.role) == (committed.to, committed.about, COMMITMENT)
        between = committed.index < says.index < secret.index and says.sha256 == hash_of(each["said"])
        if same and between and fits(each["said"], last["said"]):
            return True
    return False


def _fails(check: Callable[[], object]) -> bool:
    try:
        check()
    except TrusteeFault:
        return True
    return False


_SHOWN: Mapping[str, Callable[[Any, Spoken], bool]] = {
    KEY: _no_key,
    CERTIFICATE: _no_certificate,
    SECRET: _no_secret,
    SHARE: _no_share,
}
