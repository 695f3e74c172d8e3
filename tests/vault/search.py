"""A search for what is personal wherever it could lie: in clear, and in whatever the keys that are left can open."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from zhengtong.vault import ring
from zhengtong.vault.ciphers import NAMES, InvalidTag
from zhengtong.vault.fields import GONE, Sealed


def lies_in_clear(words: list[str]) -> set[str]:
    """Which of the words lie in the database's own bytes, or in any file of the variable folder."""
    return {word for body in (*_database(), *_files()) for word in words if _within(word, body)}


def can_be_read(words: list[str]) -> set[str]:
    """Which of them come out where everything sealed is opened with the keys that are there, and in no cache."""
    ring.forget()
    return {word for told in (*_columns(), *_sealed_files()) for word in words if word in told}


def _within(word: str, body: bytes) -> bool:
    plain = word.encode()
    escaped = word.encode("unicode_escape")  # as JSON may have it
    return any(each in body for each in (plain, plain.hex().encode(), escaped))


def _database() -> Iterator[bytes]:
    """The bytes that SQLite keeps, free pages and all; of PostgreSQL every row of every table."""
    if connection.vendor == "sqlite":
        held = connection.connection
        assert isinstance(held, sqlite3.Connection)
        yield held.serialize()
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from (row[0].encode() for row in cursor.fetchall())


def _files() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in Path(settings.ZHENGTONG_VAR).rglob("*") if path.is_file())


def _columns() -> Iterator[str]:
    for model in apps.get_models():
        names = [each.name for each in model._meta.fields if isinstance(each, Sealed)]
        for row in model._default_manager.all() if names else []:
            for name in names:
                value = getattr(row, name)
                if value not in (GONE, "", None):
                    yield str(value)


def _sealed_files() -> Iterator[str]:
    root = Path(settings.ZHENGTONG_VAR) / "files"
    for path in root.rglob("*"):
        if path.is_file() and path.read_bytes()[:1] in {bytes([each]) for each in NAMES.values()}:
            try:
                about = str(path.relative_to(root)).encode()
                yield ring.open_(path.read_bytes(), about=about).decode(errors="replace")
            except (ring.Erased, InvalidTag):
                continue
