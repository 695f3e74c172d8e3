"""Reading the acts that wait and writing their entries: by columns, since every act of the government passes here."""

import json
import logging
from collections.abc import Iterator, Sequence
from hmac import compare_digest
from typing import NamedTuple

from django.db import connection

from zhengtong.ledger.leaf import Waiting, leaf, seal
from zhengtong.ledger.models import Act, Entry
from zhengtong.ledger.suite import suite

BATCH = 2000

COLUMNS = '"index", act_id, leaf, leaf_hash, person, number'
INSERT = f"INSERT INTO ledger_entry ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S608 - only names of this file
COPY = f"COPY ledger_entry ({COLUMNS}) FROM STDIN WITH (FORMAT BINARY)"
TYPES = ["int8", "int8", "bytea", "bytea", "varchar", "int4"]

# One step down the index for each person. To count what there is of them would read their whole history each time.
_PERSONS = {"postgresql": "json_array_elements_text(%s::json) AS each(value)", "sqlite": "json_each(%s) AS each"}
_LAST = (
    "SELECT value, (SELECT number FROM ledger_entry WHERE person = value AND NOT (person = '') "
    "ORDER BY number DESC LIMIT 1) FROM "
)

log = logging.getLogger(__name__)


class Placed(NamedTuple):
    """A row of the table of entries."""

    place: int
    act_id: int
    leaf: bytes
    leaf_hash: bytes
    person: str
    number: int


def genuine() -> Iterator[Waiting]:
    """The acts that wait for their place, without those that somebody else put there."""
    strange = 0
    waiting = Act.objects.filter(sequenced=False, entry=None).order_by("id").values_list(*Waiting._fields)
    for act in map(Waiting._make, waiting.iterator(chunk_size=BATCH)):
        if compare_digest(act.seal, seal(act)):
            yield act
        else:
            strange += 1
    if strange:
        log.error("%d acts were not recorded by the program and stay out; run `zhengtong ledger verify`", strange)


def place(first: int, acts: Sequence[Waiting]) -> list[bytes]:
    """Write the entries from `first` on, each with whom it concerns and the how manieth of theirs it is; their hashes.

    The acts are marked, so that they wait no more.
    """
    hashes: list[bytes] = []
    for at in range(0, len(acts), BATCH):
        entries = _placed(first + at, acts[at : at + BATCH])
        _write(entries)
        hashes += [each.leaf_hash for each in entries]
    placed = Entry.objects.filter(index__gte=first).values("act")
    Act.objects.filter(pk__in=placed).update(sequenced=True)
    return hashes


def _placed(first: int, acts: Sequence[Waiting]) -> list[Placed]:
    subjects = {act.subject for act in acts if not act.person}
    whose = dict(Act.objects.filter(subject__in=subjects, position=1).values_list("subject", "person"))
    persons = [act.person or whose.get(act.subject, "") for act in acts]
    last, hashing, entries = _last_numbers(set(persons) - {""}), suite().hashing, []
    for index, (act, person) in enumerate(zip(acts, persons, strict=True), start=first):
        number = last[person] = last[person] + 1 if person else 0
        content = leaf(act, person, number)
        entries.append(Placed(index, act.id, content, hashing.leaf(content), person, number))
    return entries


def _last_numbers(persons: set[str]) -> dict[str, int]:
    """How many entries concern each of the persons so far."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST + _PERSONS[connection.vendor], [json.dumps(sorted(persons))])
        return {"": 0} | {person: number or 0 for person, number in cursor.fetchall()}


def _write(entries: Sequence[Placed]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(INSERT, entries)
            return
        with cursor.copy(COPY) as copy:
            copy.set_types(TYPES)
            for each in entries:
                copy.write_row(each)
