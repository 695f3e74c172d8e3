"""Emptying PostgreSQL between tests: TRUNCATE writes a new file for each of some hundred tables, most of them empty."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations


def delete_what_is_there(self: DatabaseOperations, style: Any, tables: Sequence[str], **_options: Any) -> list[str]:
    """In the place of `sql_flush`. In any order: foreign keys are looked at when the transaction ends."""
    named = list(map(self.quote_name, tables))
    with self.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{each}' WHERE EXISTS (SELECT FROM {each})" for each in named))
        return [f"DELETE FROM {each}" for (each,) in cursor.fetchall()]


def make_quick() -> None:
    """For every test of this process."""
    DatabaseOperations.sql_flush = delete_what_is_there
