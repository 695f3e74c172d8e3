"""What the program did in public, opened: what it says, and the proof that the log holds just that.

Each act is committed to under a salt of its own, so that what opens one says nothing of any other.
"""

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from zhengtong.engines import merkle
from zhengtong.ledger import places, published
from zhengtong.ledger.cosigning import with_cosignatures
from zhengtong.ledger.kinds import KINDS
from zhengtong.ledger.models import Act
from zhengtong.ledger.suite import suite
from zhengtong.ledger.tree import reader_beside


class NotPublic(ValueError):
    """An act of somebody, or of a kind whose content is not everybody's."""


def public_kinds() -> set[str]:
    """The kinds of act that may be opened to everybody."""
    return {name for name, kind in KINDS.items() if kind.public}


def opened_to_all(acts: Iterable[Act]) -> dict[str, Any]:
    """Acts as `zhengtong-verify acts` reads them: one checkpoint, and for each act its opening and its proof there.

    `waiting` of them are not under that checkpoint yet; what was erased is left out. NotPublic. As many queries
    however many there are.
    """
    held = [each for each in acts if not each.is_erased and _is_public(each)]
    head = published.head()
    size = head.size if head else 0
    entries = {act: each for act, each in places.of_all(held).items() if each.index < size}
    read = reader_beside([each.index for each in entries.values()], size)
    return {
        **published.keys(),
        "checkpoint": with_cosignatures(head) if head else "",
        "acts": [_opened(each, entries[each.pk], size, read) for each in held if each.pk in entries],
        "waiting": len(held) - len(entries),
    }


def state_of(acts: QuerySet[Act]) -> str:
    """Changes whenever `opened_to_all` of these acts does: with each act, checkpoint, cosignature and key. The acts are
    not read.
    """
    head = published.head()
    last = acts.order_by("-pk").values_list("pk", flat=True).first()
    told = [last, acts.count(), with_cosignatures(head) if head else "", published.keys()]
    return sha256(json.dumps(told).encode()).hexdigest()


def _is_public(act: Act) -> bool:
    if not KINDS[act.kind].public or act.actor_post or act.reason:
        raise NotPublic(f"{act} is not opened to everybody")
    return True


def _opened(act: Act, entry: places.Entry, size: int, read: merkle.Reader) -> dict[str, Any]:
    proof = merkle.inclusion_proof(index=entry.index, size=size, read=read, hashing=suite().hashing)
    return {
        "index": entry.index,
        "leaf": entry.leaf.decode(),
        "salt": bytes(act.salt).hex(),
        "opened": [act.subject, act.actor, act.reason, act.particulars],
        "proof": [b64encode(each).decode() for each in proof],
    }
