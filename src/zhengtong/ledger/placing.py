"""Giving waiting acts their places: a batch is read at once and written at once, since every act of the government
passes here. Nothing is done for each act but to check its seal, to count it, and to hash it."""

import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from itertools import pairwise
from struct import pack

from django.db import connection

from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.leaf import completed
from zhengtong.ledger.suite import suite

# What waits, in order, with whom it concerns: whom it was told to, or else whom the first act of its subject was. What
# has a place already is passed over; beyond the last stretch nothing can have one, and nothing is looked up.
_READ = """
SELECT act_id, position, person, facts, seal, CASE WHEN person = '' THEN (
    SELECT first.person FROM ledger_act own JOIN ledger_act first ON first.subject = own.subject AND first.position = 1
    WHERE own.id = waiting.act_id) END
FROM ledger_waiting waiting
WHERE act_id > %s AND (
    act_id >= COALESCE((SELECT act + count FROM ledger_stretch ORDER BY act DESC LIMIT 1), 0)
    OR act_id >= COALESCE(
        (SELECT act + count FROM ledger_stretch WHERE act <= waiting.act_id ORDER BY act DESC LIMIT 1), 0))
ORDER BY act_id LIMIT %s
"""
_REMOVE = "DELETE FROM ledger_waiting WHERE act_id BETWEEN %s AND %s"

# One step down the index for each person. To count what there is of them would read their whole history each time.
_PERSONS = {"postgresql": "json_array_elements_text(%s::json) AS each(value)", "sqlite": "json_each(%s) AS each"}
_LAST = "SELECT value, (SELECT number FROM ledger_history WHERE person = value ORDER BY number DESC LIMIT 1) FROM "

log = logging.getLogger(__name__)


# A row of what waits, as _READ names its columns; nothing of it is personal. Rows stay plain: there are so many.
Ready = tuple[int, int, str, bytes, bytes, str | None]


@dataclass(frozen=True)
class Table:
    """Where rows are written many at once: its columns, and their types on PostgreSQL."""

    name: str
    columns: dict[str, str]

    def write(self, rows: Sequence[tuple[int | str | bytes, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                values = ", ".join("%s" for _ in self.columns)
                cursor.executemany(f"INSERT INTO {self.name} ({names}) VALUES ({values})", rows)  # noqa: S608 - our names
                return
            with cursor.copy(f"COPY {self.name} ({names}) FROM STDIN WITH (FORMAT BINARY)") as copy:
                copy.set_types(list(self.columns.values()))
                for row in rows:
                    copy.write_row(row)


STRETCHES = Table("ledger_stretch", {"index": "int8", "act": "int8", "count": "int2", "leaves": "bytea"})
HISTORIES = Table("ledger_history", {"person": "varchar", "number": "int4", "acts": "bytea"})


def genuine(limit: int) -> list[Ready]:
    """Up to `limit` acts that wait for their place, without those that somebody else put there."""
    sealing, found, strange, last = keys.sealing(), list[Ready](), 0, 0
    while wanted := limit - len(found):
        rows = _read(last, wanted)
        sound = [row for row in rows if compare_digest(sealing(row[3], row[2]), row[4])]
        found += sound
        strange += len(rows) - len(sound)
        if len(rows) < wanted:
            break
        last = rows[-1][0]
    if strange:
        log.error("%d acts were not recorded by the program and stay out; run `zhengtong ledger verify`", strange)
    return found


def _read(after: int, count: int) -> list[Ready]:
    if connection.vendor == "postgresql":
        from psycopg import Cursor

        with Cursor(connection.connection) as cursor:  # Django's own would have bytes written out as text
            cursor.execute("SET LOCAL jit = off")  # it takes ten times as long to compile the query as to run it
            return cursor.execute(_READ, [after, count], binary=True).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(_READ, [after, count])
        found: list[Ready] = cursor.fetchall()
        return found


def place(first: int, acts: Sequence[Ready]) -> list[bytes]:
    """Write the entries from `first` on, which then wait no more; their hashes."""
    ids, leaves, histories = [act[0] for act in acts], list[bytes](), defaultdict[str, list[int]](list)
    numbers = _last_numbers({told or inherited or "" for _, _, told, _, _, inherited in acts} - {""})
    for act, position, told, facts, _, inherited in acts:
        if person := told or inherited or "":
            numbers[person] += 1
            histories[person].append(act)
        leaves.append(completed(facts, position, person, numbers[person]))
    STRETCHES.write(list(_stretches(first, ids, leaves)))
    HISTORIES.write([(person, numbers[person], pack(f">{len(own)}q", *own)) for person, own in histories.items()])
    with connection.cursor() as cursor:
        cursor.executemany(_REMOVE, [(ids[begin], ids[until - 1]) for begin, until in _runs(ids)])
    return [*map(suite().hashing.leaf, leaves)]


def _last_numbers(persons: set[str]) -> dict[str, int]:
    """How many entries concern each of the persons so far."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST + _PERSONS[connection.vendor], [json.dumps(sorted(persons))])
        return {"": 0} | {person: number or 0 for person, number in cursor.fetchall()}


def _stretches(first: int, ids: Sequence[int], leaves: Sequence[bytes]) -> Iterator[tuple[int, int, int, bytes]]:
    """Rows of stretches: one ends where the ids have a hole, and where a bundle of the log ends."""
    for begin, until in _runs(ids):
        while begin < until:
            end = min(until, begin + merkle.WIDTH - (first + begin) % merkle.WIDTH)
            yield first + begin, ids[begin], end - begin, merkle.bundle(leaves[begin:end])
            begin = end


def _runs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where ids follow each other without a hole: from where on, and before where."""
    holes = [n for n, (before, each) in enumerate(pairwise(ids), start=1) if each != before + 1]
    return pairwise([0, *holes, len(ids)])
