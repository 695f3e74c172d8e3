"""What an act comes to in the log: its public leaf, and the commitment to what is personal.

The leaf is canonical JSON (keys sorted, no spaces, UTF-8): v, kind, version, subject (blinded), position, at and
recorded (UTC), post, power, basis, commitment (hex), and, if the act concerns a person, person (blinded) and number
among the acts that concern them. Until an act has its place, all of that but what is counted (`facts`) waits. The
commitment is an HMAC under the act's own salt over the canonical JSON of subject, actor, reason and particulars:
without the salt it says nothing, so erasing that leaves every proof whole.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhengtong.ledger import keys
from zhengtong.ledger.models import Act
from zhengtong.ledger.suite import suite

FORMAT = 2
_FOLLOWING = b',"post":'  # the key after those that are counted; in a text, its quotes would be escaped
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:
    """`value` as JSON keeps it, the same on each database; TypeError for a float, which is not, and for objects."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case datetime() | date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} cannot be recorded: {value!r}")


def canonical(value: Any) -> bytes:
    """The one way in which `value`, made `plain`, is written."""
    return _WRITER.encode(value).encode()


def facts(act: Act) -> bytes:
    """What the log says of an act, but for what the database and the sequencer count: position, person, number."""
    said = {
        "v": FORMAT if act.recorded_at else 1,
        "kind": act.kind,
        "version": act.version,
        "subject": keys.blind(act.subject),
        "at": _moment(act.at),
        "post": act.actor_post,
        "power": act.power,
        "basis": act.legal_basis,
        "commitment": bytes(act.commitment).hex(),
    }
    return canonical(said | ({"recorded": _moment(act.recorded_at)} if act.recorded_at else {}))


def completed(facts: bytes, position: int, person: str = "", number: int = 0) -> bytes:
    """The bytes that are hashed into the log: the facts with what was counted, where its keys stand in order."""
    before, following, after = facts.partition(_FOLLOWING)
    if person:
        counted = f',"number":{number},"person":"{person}","position":{position}'
    else:
        counted = f',"position":{position}'
    return before + counted.encode() + following + after


def leaf(act: Act, person: str = "", number: int = 0) -> bytes:
    """The leaf of an act, which is the person's `number`th."""
    return completed(facts(act), act.position, person, number)


def commitment(act: Act) -> bytes:
    """The commitment to what is personal in the act, by its salt."""
    opened = [act.subject, act.actor, act.reason, act.particulars]
    return suite().mac(bytes(act.salt), canonical(opened))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
