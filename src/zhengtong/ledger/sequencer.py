"""Giving acts their place in the log. Acts commit in any order; one sequencer at a time takes those that are there."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from hmac import compare_digest
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from zhengtong.engines import merkle
from zhengtong.ledger import keys, outside
from zhengtong.ledger.errors import Forked, WrongKey
from zhengtong.ledger.leaf import leaf, seal
from zhengtong.ledger.models import LONGEST, Act, Checkpoint, Entry, Tile
from zhengtong.ledger.succession import verifier_at
from zhengtong.ledger.suite import suite
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
        one_at_a_time()
        size, name = _head()
        acts = list(islice(_genuine(), limit))
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
    entries: list[Entry] = []
    for at in range(0, len(acts), BATCH):
        entries += _placed(size + at, acts[at : at + BATCH])
    leaves = [bytes(entry.leaf_hash) for entry in entries]
    grown = merkle.grow(size=size, leaves=leaves, read_tile=read_tile, hashing=suite().hashing)
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=hashes) for (level, index), hashes in grown.items()],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
    )
    for at in range(0, len(acts), BATCH):
        Act.objects.filter(pk__in=[act.pk for act in acts[at : at + BATCH]]).update(sequenced=True)


def _placed(first: int, acts: Sequence[Act]) -> list[Entry]:
    """The entries of a batch, saved: each with whom it concerns, and the how manieth of that person's acts it is."""
    subjects = {act.subject for act in acts if not act.person}
    whose = dict(Act.objects.filter(subject__in=subjects, position=1).values_list("subject", "person"))
    persons = [act.person or whose.get(act.subject, "") for act in acts]
    rows = Entry.objects.filter(person__in=set(persons) - {""}).values_list("person").annotate(Max("number")).order_by()
    last, entries = dict(rows), []
    for index, (act, person) in enumerate(zip(acts, persons, strict=True), start=first):
        number = last[person] = last.get(person, 0) + 1 if person else 0
        content = leaf(act, person, number)
        hashed = suite().hashing.leaf(content)
        entries.append(Entry(index=index, act=act, leaf=content, leaf_hash=hashed, person=person, number=number))
    return Entry.objects.bulk_create(entries)


def _sign(name: str, size: int, now: datetime) -> None:
    head = merkle.Checkpoint(name, size, root_at(size))
    note = head.signed(keys.signer(name))
    last = Checkpoint.objects.order_by("-size").values_list("at", flat=True).first()
    if last and now < last - LONGEST:
        log.error("the clock was turned back: the last checkpoint is of %s, and now it is %s", last, now)
    Checkpoint.objects.create(size=size, root=head.root, note=note, at=now)
    transaction.on_commit(lambda: outside.write(note))
