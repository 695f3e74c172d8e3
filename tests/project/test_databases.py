"""Ballots lie in a database of their own, wherever the other one is."""

from pathlib import Path

import pytest
from django.core.management import call_command

from zhengtong.project.database import databases

VAR = Path("/var/zhengtong")


@pytest.mark.parametrize(
    ("url", "ballots", "name"),
    [
        ("", "", VAR / "ballots.sqlite3"),
        ("sqlite:///srv/city.sqlite3", "", Path("/srv/ballots.sqlite3")),
        ("postgres://a@db/city", "", "city_ballots"),
        ("postgres://a@db/city", "postgres://b@elsewhere/box", "box"),
        ("", "sqlite:///mnt/box.sqlite3", Path("/mnt/box.sqlite3")),
    ],
)
def test_where_ballots_lie(url, ballots, name):
    assert databases(url, ballots, var=VAR)["ballots"]["NAME"] == name


@pytest.mark.parametrize("url", ["postgres://a@db/city", "sqlite:///srv/city.sqlite3"])
def test_they_never_lie_in_the_same_one(url):
    with pytest.raises(ValueError, match="of their own"):
        databases(url, url, var=VAR)


@pytest.mark.django_db(databases=["default", "ballots"])
def test_migrate_looks_over_the_tables_of_both_databases_and_finds_nothing_to_do(capsys):
    call_command("migrate", skip_checks=False)
    said = capsys.readouterr().out
    assert "Apply all migrations: ballotbox" in said
    assert said.count("No migrations to apply.") == 2
