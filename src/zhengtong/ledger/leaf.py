"""What an act comes to in the log: its public leaf, the commitment to what is personal, and the seal.

The leaf is canonical JSON (keys sorted, no spaces, UTF-8): v, kind, version, subject (blinded), position, at (UTC),
post, power, basis, commitment (hex). The commitment is HMAC-SHA256 under the act's own salt over the canonical JSON
of subject, actor, reason and particulars: without the salt it says nothing, so erasing that leaves every proof whole.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from hmac import digest
from typing import Any
from uuid import UUID

from zhengtong.ledger import keys
from zhengtong.ledger.models import Act

FORMAT = 1


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
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def public(act: Act) -> dict[str, Any]:
    """What the log says of an act."""
    return {"v": FORMAT, "position": act.position, "subject": keys.blind(act.subject)} | _facts(act)


def leaf(act: Act) -> bytes:
    """The bytes that are hashed into the log."""
    return canonical(public(act))


def commitment(act: Act) -> bytes:
    """The commitment to what is personal in the act, by its salt."""
    opened = [act.subject, act.actor, act.reason, act.particulars]
    return digest(bytes(act.salt), canonical(opened), sha256)


def seal(act: Act) -> bytes:
    """The seal that the act bears if the program recorded it. The database numbers it later, so that is left out."""
    return keys.seal(canonical(_facts(act) | {"subject": act.subject}))


def _facts(act: Act) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "version": act.version,
        "at": act.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "post": act.actor_post,
        "power": act.power,
        "basis": act.legal_basis,
        "commitment": bytes(act.commitment).hex(),
    }
