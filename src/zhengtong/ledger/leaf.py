"""What an act comes to in the log: its public leaf, the commitment to what is personal, and the seal.

The leaf is canonical JSON (keys sorted, no spaces, UTF-8): v, kind, version, subject (blinded), position, at and
recorded (UTC), post, power, basis, commitment (hex), and, if the act concerns a person, person (blinded) and number
among the acts that concern them. The commitment is an HMAC under the act's own salt over the canonical JSON of
subject, actor, reason and particulars: without the salt it says nothing, so erasing that leaves every proof whole.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from zhengtong.ledger import keys
from zhengtong.ledger.models import Act
from zhengtong.ledger.suite import suite

FORMAT = 2
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Waiting(NamedTuple):
    """What is read of an act that waits for its place: nothing that is personal."""

    id: int
    subject: str
    position: int
    person: str
    kind: str
    version: int
    at: datetime
    recorded_at: datetime | None
    actor_post: str
    power: str
    legal_basis: list[str]
    commitment: bytes
    seal: bytes


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


def public(act: Act | Waiting, person: str = "", number: int = 0) -> dict[str, Any]:
    """What the log says of an act, which is the person's `number`th."""
    said = {"v": FORMAT if act.recorded_at else 1, "position": act.position, "subject": keys.blind(act.subject)}
    return said | ({"person": person, "number": number} if person else {}) | _facts(act)


def leaf(act: Act | Waiting, person: str = "", number: int = 0) -> bytes:
    """The bytes that are hashed into the log."""
    return canonical(public(act, person, number))


def commitment(act: Act) -> bytes:
    """The commitment to what is personal in the act, by its salt."""
    opened = [act.subject, act.actor, act.reason, act.particulars]
    return suite().mac(bytes(act.salt), canonical(opened))


def seal(act: Act | Waiting) -> bytes:
    """The seal that the act bears if the program recorded it. What is numbered later is left out."""
    told = {"person": act.person} if act.recorded_at else {}
    return keys.seal(canonical(_facts(act) | told | {"subject": act.subject}))


def _facts(act: Act | Waiting) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "version": act.version,
        "at": _moment(act.at),
        "post": act.actor_post,
        "power": act.power,
        "basis": act.legal_basis,
        "commitment": bytes(act.commitment).hex(),
    } | ({"recorded": _moment(act.recorded_at)} if act.recorded_at else {})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
