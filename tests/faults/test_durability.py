"""A database that could lose what it acknowledged is refused when the program starts."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

START = """
import django
django.setup()
from django.db import connection
{weaken}
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
print("started")
"""
SQLITE = """
from zhengtong.common.sqlite import base
set_up = base.DatabaseWrapper.init_connection_state
def weak(self):
    set_up(self)
    self.connection.execute("PRAGMA {pragma}")
base.DatabaseWrapper.init_connection_state = weak
"""
ON_POSTGRESQL = connection.vendor == "postgresql"


def start(tmp_path, weaken: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Whether a program with its own database comes up."""
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "zhengtong.project.settings",
        "PYTHONPATH": str(settings.ROOT / "src"),
        "ZHENGTONG_VAR": str(tmp_path),
    }
    command = [sys.executable, "-c", START.format(weaken=weaken)]
    return subprocess.run(command, env=told | env, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.skipif(ON_POSTGRESQL, reason="of SQLite")
@pytest.mark.parametrize("pragma", ["synchronous=NORMAL", "synchronous=OFF", "journal_mode=DELETE"])
def test_a_weak_sqlite_does_not_start(tmp_path, pragma):
    end = start(tmp_path, SQLITE.format(pragma=pragma), DATABASE_URL="")
    assert end.returncode != 0
    assert "could lose commits" in end.stderr
    assert "set it to" in end.stderr


@pytest.mark.skipif(ON_POSTGRESQL, reason="of SQLite")
def test_a_sound_sqlite_starts(tmp_path):
    assert start(tmp_path, DATABASE_URL="").stdout == "started\n"


@pytest.mark.skipif(not ON_POSTGRESQL, reason="of PostgreSQL")
def test_a_weak_postgresql_does_not_start(tmp_path):
    end = start(tmp_path, PGOPTIONS="-c synchronous_commit=off")
    assert end.returncode != 0
    assert "synchronous_commit is off, set it to on" in end.stderr
    assert start(tmp_path).stdout == "started\n"
