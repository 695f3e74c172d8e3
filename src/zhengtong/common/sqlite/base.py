"""The backend itself: Django's own, with the settings and the queue of this package.

The methods with a leading underscore are Django's points for backends; its type stubs leave them out.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from zhengtong.common.sqlite.queue import Turn

SECONDS = 60.0  # for which SQLite itself waits; the queue comes first, so that it hardly ever has to
# What is deleted or overwritten is wiped from the file: a key that was destroyed must not lie on in a free page.
INIT = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON"
READING = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "BEGIN", "WITH", "VALUES")

Writing = Callable[[str], AbstractContextManager[None]]


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection; it takes its turn before each transaction and before each writing statement."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        ours = {"timeout": SECONDS, "transaction_mode": "IMMEDIATE", "init_command": INIT}
        self.settings_dict["OPTIONS"] = ours | self.settings_dict["OPTIONS"]
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        if self._queues():
            Path(self.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        if self._queues() and connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with Turn(self._queue_path()):  # of processes that start together, one makes the change
                connection.execute("PRAGMA journal_mode=WAL")
        return connection

    def create_cursor(self, name: str | None = None) -> "Cursor":
        cursor: Cursor = self.connection.cursor(lambda connection: Cursor(connection, self._writing))
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()  # not when it fails: the rollback that follows does it

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _writing(self, query: str) -> AbstractContextManager[None]:
        """The turn for one statement outside a transaction."""
        if self.connection.in_transaction or query.lstrip()[:9].upper().startswith(READING):
            return nullcontext()
        return self._one_statement()

    @contextmanager
    def _one_statement(self) -> Iterator[None]:
        self._take_turn()
        try:
            yield
        finally:
            if not self.connection.in_transaction:  # else autocommit is off, and the commit ends it
                self._end_turn()

    def _take_turn(self) -> None:
        if self._turn is None and self._queues():
            self._turn = Turn(self._queue_path())

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turn.end()

    def _queues(self) -> bool:
        return not self.is_in_memory_db()

    def _queue_path(self) -> str:
        return f"{self.settings_dict['NAME']}-queue"


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a statement that writes by itself waits for its turn."""

    def __init__(self, connection: sqlite3.Connection, writing: Writing) -> None:
        super().__init__(connection)
        self._writing = writing

    def execute(self, query: str, params: Any = None) -> Any:
        with self._writing(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self._writing(query):
            return super().executemany(query, param_list)
