"""Giving acts their place in the log. Acts commit in any order; one sequencer at a time takes those that are there."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from zhengtong.engines import merkle
from zhengtong.ledger import keys, outside
from zhengtong.ledger.errors import Forked, WrongKey
from zhengtong.ledger.models import LONGEST, Checkpoint, Tile
from zhengtong.ledger.placing import Ready, genuine, place
from zhengtong.ledger.succession import verifier_at
from zhengtong.ledger.suite import suite
from zhengtong.ledger.tree import read_tile, root_at

LOCK = 0x7A74_6C65_6467_6572  # "ztledger": PostgreSQL's advisory locks are numbers
BATCH = 40_000  # what every batch costs is little then; SQLite's other writers wait for some tenths of a second

log = logging.getLogger(__name__)


def sequence(now: datetime, limit: int = BATCH) -> int:
    """Append up to `limit` acts to the log and sign the new head; how many there were.

    Safe to call from anywhere at any time: calls wait for each other. WrongKey if the node has lost its key, Forked
    if this database is not what the last published checkpoint was signed from.
    """
    with transaction.atomic():
        one_at_a_time()
        size, name = _head()
        acts = genuine(limit)
        if acts:
            _append(size, acts)
            _sign(name, size + len(acts), now)
    return len(acts)


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else appends or signs. SQLite's are one at a time anyway (BEGIN IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _head() -> tuple[int, str]:
    """How many entries there are and what the log is called, having seen that it is ours and whole."""
    last = Checkpoint.objects.order_by("-size").first()
    size, name = (last.size, last.origin) if last else (0, keys.origin())
    for note in (last.note if last else None, outside.read()):
        if note is not None:
            _require_whole(note, size, name)
    return size, name


def _require_whole(note: str, size: int, name: str) -> None:
    """Nothing is added to a log that this node did not sign, or that lacks what it signed."""
    try:
        claimed = merkle.Checkpoint.parse(merkle.split_note(note)[0])
        head = merkle.Checkpoint.opened(note, verifier_at(name, claimed.size))
    except merkle.NoteFault as why:
        raise WrongKey(f"the last checkpoint was not signed with this node's key, see keys/: {why}") from why
    if head.size > size or root_at(head.size) != head.root:
        raise Forked(
            f"the last published checkpoint, of {head.size} entries, is not in this database, which has {size}: "
            "an old backup was restored, or rows were removed; run `zhengtong ledger verify`"
        )


def _append(size: int, acts: Sequence[Ready]) -> None:
    leaves = place(size, acts)
    grown = merkle.grow(size=size, leaves=leaves, read_tile=read_tile, hashing=suite().hashing)
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=hashes) for (level, index), hashes in grown.items()],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
    )


def _sign(name: str, size: int, now: datetime) -> None:
    head = merkle.Checkpoint(name, size, root_at(size))
    note = head.signed(keys.signer(name))
    last = Checkpoint.objects.order_by("-size").values_list("at", flat=True).first()
    if last and now < last - LONGEST:
        log.error("the clock was turned back: the last checkpoint is of %s, and now it is %s", last, now)
    Checkpoint.objects.create(size=size, root=head.root, note=note, at=now)
    transaction.on_commit(lambda: outside.write(note))
