"""What one node says to another: a file, and a public act in the ledger of who says it that names the file's hash.

A word proves itself by the key of that ledger, whoever carries it, and its own people see in their ledger what was said
in their name. It names to whom it speaks, of what and as what, so that it is nothing anywhere else. It has the form of
what `zhengtong-verify acts` reads, with the file in `said`.
"""

import json
from base64 import b64decode
from binascii import Error as BadBase64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.acts import record, sequence
from zhengtong.ledger.errors import NotItsWord, SpokenOtherwise
from zhengtong.ledger.kinds import WORD_GIVEN
from zhengtong.ledger.leaf import canonical
from zhengtong.ledger.models import Act
from zhengtong.ledger.opening import opened_to_all
from zhengtong.ledger.queries import head
from zhengtong.ledger.suite import SUITES, Suite

LONGEST = 10_000  # of a checkpoint with all its cosignatures
MOST = 2**63  # entries of a log that a database can count
DEPTH = 64  # hashes of a proof: no log has more levels
MALFORMED = (ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError, RecursionError, BadBase64)


@dataclass(frozen=True)
class Speaker:
    """The node itself, or another one by what its ledger says: an actor in no post. `index`: where it says so."""

    handle: str = "program"
    index: int = -1
    post: str = ""


@dataclass(frozen=True)
class Says:
    """What the act of a word says, and where in its ledger it is; each may be anything that JSON can hold."""

    index: int
    to: Any
    about: Any
    role: Any
    sha256: Any


@dataclass(frozen=True)
class Word:
    """What another node said: where in its ledger, as what, the file, and what proves it to everybody."""

    index: int
    role: str
    said: Any
    proof: dict[str, Any]


def origin() -> str:
    """The name of this node's ledger, by which others speak to it."""
    last = head()
    return last.origin if last else keys.origin()


def give(said: Any, *, to: str, about: str, role: str, now: datetime) -> dict[str, Any]:
    """This node's word for JSON: recorded, given its place in the log, and with what proves it."""
    told = {"to": to, "about": about, "role": role, "sha256": hash_of(said)}
    with transaction.atomic():
        act = record(kind=WORD_GIVEN, subject=subject_of(told["sha256"]), by=Speaker(), now=now, particulars=told)
    while sequence(now):
        pass
    return {"round": act.subject, **opened_to_all([Act.objects.get(pk=act.pk)]), "said": said}


def hear(told: Any, *, key: str, about: str) -> Word:
    """What the node with this key says to this one about something.

    NotItsWord: it is not proven by its ledger. SpokenOtherwise: it was said to another node, or about something else.
    """
    says = said_by(told, key=key)
    try:
        said, same = told["said"], says.sha256 == hash_of(told["said"])
    except MALFORMED:
        raise NotItsWord from None
    if not same:
        raise NotItsWord
    if (says.to, says.about) != (origin(), about):
        raise SpokenOtherwise
    return Word(says.index, str(says.role), said, trimmed(told, says.sha256))


def said_by(told: Any, *, key: str) -> Says:
    """What the ledger with this key says that its node said, to whomever and of whatever, without the file; NotItsWord
    if it does not.
    """
    try:
        index, says = _proven(told, merkle.Verifier.parse(key))
        return Says(index, says["to"], says["about"], says["role"], says["sha256"])
    except MALFORMED:
        raise NotItsWord from None


def trimmed(told: dict[str, Any], digest: str) -> dict[str, Any]:
    """What proves a word, without what somebody may have put beside it or into it."""
    (act,) = told["acts"]
    proof = {name: act[name] for name in ("index", "leaf", "opened", "proof")}
    acts = [proof | {"salt": bytes.fromhex(act["salt"]).hex()}]
    return {"round": subject_of(digest), "checkpoint": told["checkpoint"], "acts": acts, "waiting": 0}


def hash_of(said: Any) -> str:
    """SHA-256 over the canonical JSON of a file, as hex: spaces and the order of keys make no other file."""
    return sha256(canonical(said)).hexdigest()


def subject_of(digest: str) -> str:
    """What a word is about, in the ledger of who gives it."""
    return f"word:{digest}"


def _proven(told: Any, verifier: merkle.Verifier) -> tuple[int, dict[str, Any]]:
    """The place of the one act that is opened, and what it says; NotItsWord, or what malformed data raises."""
    (act,) = told["acts"]
    if len(told["checkpoint"]) > LONGEST or type(act["index"]) is not int or not 0 <= act["index"] < MOST:
        raise NotItsWord
    suite = {each.kind: each for each in SUITES.values()}[verifier.kind]
    checkpoint = merkle.Checkpoint.opened(told["checkpoint"], verifier)
    subject, _actor, _reason, says = act["opened"]
    entry = _entry(act, suite, checkpoint)
    if entry["commitment"] != suite.mac(bytes.fromhex(act["salt"]), canonical(act["opened"])).hex():
        raise NotItsWord
    if (checkpoint.origin, entry["kind"], subject) != (verifier.name, WORD_GIVEN, subject_of(says["sha256"])):
        raise NotItsWord
    return act["index"], says


def _entry(act: dict[str, Any], suite: Suite, checkpoint: merkle.Checkpoint) -> dict[str, Any]:
    """An entry that is in the log; NotItsWord."""
    leaf = act["leaf"].encode()
    proof = [b64decode(each, validate=True) for each in act["proof"][:DEPTH]]
    held = merkle.verify_inclusion(
        index=act["index"],
        size=checkpoint.size,
        leaf=suite.hashing.leaf(leaf),
        proof=proof,
        root=checkpoint.root,
        hashing=suite.hashing,
    )
    entry = json.loads(leaf)
    if not held or canonical(entry) != leaf:
        raise NotItsWord
    return dict(entry)
