"""How fast acts get their places through the database, against hashlib and against bare rows; proofs and a check."""

import cProfile
import os
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from pstats import Stats

from bench.house import NOW, house

BASE = 10_000  # acts that are recorded; the others are copies of them


def sequencing(entries: int) -> dict[str, object]:
    """All of it: reading what waits, checking seals, writing entries, lists, tiles and heads; then a proof and a check.

    Twice: each act tells whom it concerns; and each case of four acts tells it once, as cases do.
    """
    with house() as database:
        from zhengtong.ledger.acts import sequence

        sequence(NOW)
        found: dict[str, object] = {"database": database, "entries": entries}
        for shape in ("each_told", "cases_of_four"):
            found[shape] = _sequenced(shape, entries)
        found["bare_places_s"] = round(_bare(), 2)
        return found | _worth()


def _sequenced(shape: str, entries: int) -> dict[str, float]:
    from zhengtong.ledger.acts import sequence
    from zhengtong.ledger.places import between, end

    first = end()
    _record(shape, min(entries, BASE))
    for copy in range(1, entries // BASE):
        _copy(copy * BASE)
    _settle()
    profile = cProfile.Profile() if os.environ.get("BENCH_PROFILE") else None
    began, spent = time.perf_counter(), _spent()
    if profile:
        profile.enable()
    while sequence(NOW):
        pass
    if profile:
        profile.disable()
        Stats(profile).sort_stats("tottime").print_stats(15)
    took, spent = time.perf_counter() - began, [now - before for now, before in zip(_spent(), spent, strict=True)]
    leaves = [entry.leaf for entry in between(first, end())]
    hashing = _hashlib(leaves)
    return {
        "sequencing_s": round(took, 2),
        "own_s": round(spent[0], 2),
        "servers_s": round(spent[1], 2),
        "per_second": round(len(leaves) / took),
        "hashlib_s": round(hashing, 2),
        "ratio": round(hashing / took, 3),
        "ratio_of_cpu": round(hashing / sum(spent), 3),
    }


def _spent() -> tuple[float, float]:
    """CPU seconds so far of this process, and of PostgreSQL's that serves it, where both are on one machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time(), 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return time.process_time(), (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _hashlib(leaves: list[bytes]) -> float:
    """CPU seconds, which on a quiet machine are those of the wall."""
    began = time.process_time()
    for leaf in leaves:
        sha256(leaf).digest()
    return time.process_time() - began


def _bare() -> float:
    """What a row for each place would cost at the least: all of them by one statement, in a table of two numbers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (place bigint PRIMARY KEY, act bigint UNIQUE)")
        began = time.perf_counter()
        cursor.execute(
            "INSERT INTO bare SELECT id, id FROM ledger_act ORDER BY id LIMIT (SELECT COUNT(*) / 2 FROM ledger_act)"
        )
        return time.perf_counter() - began


def _worth() -> dict[str, object]:
    """What a proof reads, and how long all entries take to be checked by zhengtong-verify from an export."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.ledger.tiles import check
    from zhengtong.ledger.export import export
    from zhengtong.ledger.models import Act
    from zhengtong.ledger.places import between
    from zhengtong.ledger.queries import head, proof

    act = Act.objects.order_by("id")[BASE // 3]
    with CaptureQueriesContext(connection) as captured:
        proof(act)
    reads = sum("ledger_tile" in query["sql"] for query in captured.captured_queries)
    with tempfile.TemporaryDirectory(prefix="zhengtong-bench-", dir=os.environ.get("BENCH_DIR", "/var/tmp")) as folder:
        count, newest = export(Path(folder)), head()
        assert newest
        began = time.process_time()
        check(Path(folder), count, bytes(newest.root))
        checking = time.process_time() - began
    hashing = _hashlib([entry.leaf for entry in between(0, count)])
    return {"tiles_of_a_proof": reads, "checked": count, "checking_times": round(checking / hashing, 2)}


def _record(shape: str, count: int) -> None:
    from django.db import transaction

    from zhengtong.ledger.acts import Deed, record_many
    from zhengtong.people.actor import PROGRAM

    def deeds() -> Iterator[Deed]:
        for n in range(count):
            told = {
                "kind": "case.filed",
                "by": PROGRAM,
                "now": NOW,
                "basis": ["licensing-law/32"],
                "particulars": {"n": n},
            }
            if shape == "each_told":
                yield Deed(subject=f"told-{n}", person=f"person-{n % 1000}", **told)  # type: ignore[arg-type]
            else:
                yield Deed(subject=f"case-{n // 4}", person="" if n % 4 else f"party-{n // 4}", **told)  # type: ignore[arg-type]

    with transaction.atomic():
        record_many(deeds())


def _copy(later: int) -> None:
    """The acts that were recorded, again, with later ids and on other subjects; what waits of them bears its seal."""
    from django.db import connection, transaction

    from zhengtong.ledger.models import Act

    names = [str(field.column) for field in Act._meta.concrete_fields]
    values = [{"id": f"id + {later}", "subject": f"subject || '-{later}'"}.get(name, name) for name in names]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT MIN(act_id) FROM ledger_waiting")
        (first,) = cursor.fetchone()
        of_base = f"BETWEEN {first} AND {first + BASE - 1}"
        cursor.execute(
            f"INSERT INTO ledger_act ({', '.join(names)}) SELECT {', '.join(values)} FROM ledger_act WHERE id {of_base}"
        )
        cursor.execute(
            "INSERT INTO ledger_waiting (act_id, position, person, facts, seal) "
            f"SELECT act_id + {later}, position, person, facts, seal FROM ledger_waiting WHERE act_id {of_base}"
        )


def _settle() -> None:
    """As a database is that has stood for a while: its planner knows it, and no checkpoint of its own is under way."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('ledger_act', 'id'), (SELECT MAX(id) FROM ledger_act))"
            )
            cursor.execute("CHECKPOINT")
