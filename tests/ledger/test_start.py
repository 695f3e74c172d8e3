"""The program does not begin to work with a database that forgets."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper as Ordinary
from pytest_django import DjangoDbBlocker

from zhengtong.common.durability import NotDurable


def test_an_ordinary_sqlite_file_is_refused_at_its_first_connection(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    ordinary = Ordinary(connection.settings_dict | {"NAME": tmp_path / "x.sqlite3", "OPTIONS": {}}, alias="other")
    with django_db_blocker.unblock():
        for _ in range(2):  # nor is it let in when it comes again
            with pytest.raises(NotDurable, match="journal_mode is delete, set it to WAL"):
                ordinary.ensure_connection()


def test_a_postgresql_that_does_not_wait_for_its_disk_is_refused(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    assert "PGOPTIONS" not in os.environ
    connection.close()
    with monkeypatch.context() as environment:
        environment.setenv("PGOPTIONS", "-c synchronous_commit=off")
        for _ in range(2):  # nor is it let in when it comes again
            with pytest.raises(NotDurable, match="synchronous_commit is off, set it to on"):
                connection.ensure_connection()
    connection.ensure_connection()
