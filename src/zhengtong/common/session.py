"""Whose session the database connection is: PostgreSQL's row-level security asks it for every row of a case.

The policies are made by policies.py; docs/decisions/sessions-have-an-office.md says why. SQLite has none of this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.pq import TransactionStatus

SETTINGS = ("kind", "office", "matters", "regions")


@dataclass(frozen=True)
class Session:
    """`kind` is program, party or office; an office reaches its own cases, and these matters in these regions."""

    kind: str
    office: str = ""
    matters: str = ""  # separated by commas; `*`: all
    regions: str = ""


PROGRAM = Session("program")  # commands, the worker, and what follows from an act by itself
PARTY = Session("party")  # a request of somebody who acts in no post

_SESSION: ContextVar[Session] = ContextVar("session", default=PROGRAM)


def enter(session: Session) -> None:
    """From here on the connection is theirs; within `session_of` only until that ends."""
    _SESSION.set(session)
    tell(connection)


@contextmanager
def session_of(session: Session) -> Iterator[None]:
    """Within it the connection is theirs, and then again whose it was. The database hears only of changes."""
    if session == _SESSION.get():
        yield
        return
    token = _SESSION.set(session)
    tell(connection)
    try:
        yield
    finally:
        _SESSION.reset(token)
        tell(connection)


def tell(connection: Any) -> None:
    """Tell the database, past Django's count of queries; a broken transaction takes back by itself what it was told."""
    if connection.vendor != "postgresql" or connection.connection is None or connection.connection.closed:
        return
    if connection.connection.info.transaction_status == TransactionStatus.INERROR:
        return
    session = _SESSION.get()
    settings = ", ".join(f"set_config('zhengtong.{name}', %s, false)" for name in SETTINGS)
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", [getattr(session, name) for name in SETTINGS])


def unbound() -> bool:
    """Whether the role that the program signs in as is one whom no policy binds. SQLite has no roles."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
