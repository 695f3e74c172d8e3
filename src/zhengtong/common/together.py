"""Many write side by side; whoever reads it all once and for good waits until those who began have ended.

PostgreSQL lets transactions run beside each other: one that found something open may commit after it was closed and
read. So who writes says so before looking whether it is open (`writing`), and who reads for good waits for all that
said it (`let_them_end`); whoever says it later looks later, and finds it closed. SQLite's writers queue anyway.

An advisory lock: nothing is written, so that hundreds a second share it, it leaves no trace of who wrote when, and
nobody who comes later passes who waits.
"""

from hashlib import sha256

from django.db import DEFAULT_DB_ALIAS, connections, transaction


def writing(what: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Until the transaction ends, something is written in `what`. To be said before it is looked whether it may be."""
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("what is said outside of a transaction ends at once")
    _locked("pg_advisory_xact_lock_shared", what, using)


def let_them_end(what: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait for whoever is writing in `what`. To be called once it is closed, and before a row is locked that a writer
    may still want. In a transaction those who come later wait for its end.
    """
    _locked("pg_advisory_xact_lock", what, using)


def _locked(how: str, what: str, using: str) -> None:
    if connections[using].vendor == "postgresql":
        key = int.from_bytes(sha256(f"zhengtong writing {what}".encode()).digest()[:8], signed=True)
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT {how}(%s)", [key])
