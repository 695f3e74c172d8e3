"""Giving acts their place in the log. Acts commit in any order; one sequencer at a time takes those that are there."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from hmac import compare_digest
from itertools import islice

from django.db import connection, transaction

from zhengtong.engines import merkle
from zhengtong.ledger import keys, outside
from zhengtong.ledger.errors import Forked, WrongKey
from zhengtong.ledger.leaf import leaf, seal
from zhengtong.ledger.models import Act, Checkpoint, Entry, Tile
from zhengtong.ledger.tree import read_tile, root_at

LOCK = 0x7A74_6C65_6467_6572  # "ztledger": PostgreSQL's advisory locks are numbers
BATCH = 2000

log = logging.getLogger(__name__)


def sequence(now: datetime, limit: int = 10_000) -> int:
    """Append up to `limit` acts to the log and sign the new head; how many there were.

    Safe to call from anywhere at any time: calls wait for each other. WrongKey if the node has lost its key, Forked
    if this database is not what the last published checkpoint was signed from.
    """
    with transaction.atomic():
        _one_at_a_time()
        size, name = _head()
        acts = list(islice(_genuine(), limit))
        if acts:
            _append(size, acts)
            _sign(name, size + len(acts), now)
    return len(acts)


def _one_at_a_time() -> None:
    """SQLite's transactions are one at a time already (BEGIN IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _head() -> tuple[int, str]:
    """How many entries there are and what the log is called, having seen that it is ours and whole."""
    last = Checkpoint.objects.order_by("-size").first()
    size, name = (last.size, last.origin) if last else (0, keys.origin())
    for note in (last.note if last else None, outside.read()):
        if note is not None:
            _require_whole(note, size, keys.signer(name).verifier)
    return size, name


def _require_whole(note: str, size: int, verifier: merkle.Verifier) -> None:
    """Nothing is added to a log that this node did not sign, or that lacks what it signed."""
    try:
        head = merkle.Checkpoint.opened(note, verifier)
    except merkle.NoteFault as why:
        raise WrongKey(f"the last checkpoint was not signed with this node's key, keys/ledger.pem: {why}") from why
    if head.size > size or root_at(head.size) != head.root:
        raise Forked(
            f"the last published checkpoint, of {head.size} entries, is not in this database, which has {size}: "
            "an old backup was restored, or rows were removed; run `zhengtong ledger verify`"
        )


def _genuine() -> Iterator[Act]:
    """The acts that wait for their place, without those that somebody else put there."""
    strange = 0
    for act in Act.objects.filter(sequenced=False, entry=None).order_by("id").iterator():
        if compare_digest(bytes(act.seal), seal(act)):
            yield act
        else:
            strange += 1
    if strange:
        log.error("%d acts were not recorded by the program and stay out; run `zhengtong ledger verify`", strange)


def _append(size: int, acts: Sequence[Act]) -> None:
    entries = [_entry(index, act) for index, act in enumerate(acts, start=size)]
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    grown = merkle.grow(size=size, leaves=[bytes(entry.leaf_hash) for entry in entries], read_tile=read_tile)
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=hashes) for (level, index), hashes in grown.items()],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
    )
    for at in range(0, len(acts), BATCH):
        Act.objects.filter(pk__in=[act.pk for act in acts[at : at + BATCH]]).update(sequenced=True)


def _entry(index: int, act: Act) -> Entry:
    content = leaf(act)
    return Entry(index=index, act=act, leaf=content, leaf_hash=merkle.leaf_hash(content))


def _sign(name: str, size: int, now: datetime) -> None:
    head = merkle.Checkpoint(name, size, root_at(size))
    note = head.signed(keys.signer(name))
    Checkpoint.objects.create(size=size, root=head.root, note=note, at=now)
    transaction.on_commit(lambda: outside.write(note))
