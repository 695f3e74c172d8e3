"""What an office's session reaches of a table: PostgreSQL's policies of rows, which each room's migration declares.

docs/decisions/sessions-have-an-office.md says why. SQLite has none of this.
"""

from collections.abc import Mapping
from typing import Any

from django.db.migrations import RunPython


def said(name: str) -> str:
    """A setting of the session (see session.py), read once for a statement."""
    return f"(SELECT coalesce(current_setting('zhengtong.{name}', true), ''))"


NOT_AN_OFFICE = f"{said('kind')} IN ('program', 'party')"
OF_CASE = f"{NOT_AN_OFFICE} OR EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_id)"  # noqa: S608 nothing of a reader


def reached(policies: Mapping[str, str]) -> RunPython:
    """The operation of a migration after which a session reads and writes of each table what its condition allows."""

    def protect(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            for table, condition in policies.items():
                editor.execute(f"CREATE POLICY reach ON {table} USING ({condition})")
                editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
                editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")

    def unprotect(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            for table in policies:
                editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
                editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
                editor.execute(f"DROP POLICY reach ON {table}")

    return RunPython(protect, unprotect)
