"""`zhengtong signals`: how often each sign of arranged behaviour comes up on real logs that know of none."""

import csv
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.engines.budgets import read
from zhengtong.engines.likeness import fingerprint
from zhengtong.engines.signals import Measured, Said, bursts, same_texts, same_votes
from zhengtong.engines.signals.votes import chosen

HOUR = 3_600_000  # milliseconds


class Command(BaseCommand):
    help = "Measure the false alarms of the signals on conversations of Polis and on votes of Pabulib."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--polis", type=Path, required=True, help="folders with comments.csv, votes.csv …")
        parser.add_argument("--pabulib", type=Path, required=True, help="a folder of .pb files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = measured(options["polis"], options["pabulib"])
        except OSError as fault:
            raise CommandError(str(fault)) from fault
        for kind, each in found.items():
            self.stdout.write(f"{kind}\t{each.alarms} of {each.of}\tat most 1 in {each.at_most}")


def measured(polis: Path, pabulib: Path) -> dict[str, Measured]:
    """The false alarms of each sign: of statements, hours, people, and votes on projects."""
    talks = sorted(each for each in polis.iterdir() if each.is_dir())
    said = [row for talk in talks for row in [_said(talk / "comments.csv")]]
    clocks = [_hours(talk / name) for talk in talks for name in ("comments.csv", "votes.csv")]
    cast = [_cast(talk / "participants-votes.csv") for talk in talks]
    ballots = [bool(_same_ballots(each)) for each in sorted(pabulib.glob("*.pb"))]
    return {
        "same-text": Measured(sum(len(same_texts(each)) for _, each in said), sum(many for many, _ in said)),
        "burst": Measured(sum(len(bursts(each)) for each in clocks), sum(map(len, clocks))),
        "same-votes": Measured(sum(len(same_votes(each)) for each in cast), sum(map(len, cast))),
        "same-ballots": Measured(sum(ballots), len(ballots)),
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _said(path: Path) -> tuple[int, list[Said]]:
    """How many statements there are, and each that differs with its authors by day."""
    rows = sorted((each for each in _rows(path) if each["comment-body"]), key=lambda each: int(each["timestamp"]))
    texts: dict[str, str] = {}
    voices: dict[str, dict[Any, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        key = fingerprint(row["comment-body"])
        texts.setdefault(key, row["comment-body"])
        voices[key][_moment(row).date()].add(row["author-id"])
    found = [Said(key, text, {day: len(who) for day, who in voices[key].items()}) for key, text in texts.items()]
    return len(rows), found


def _moment(row: dict[str, str]) -> datetime:
    return datetime.fromtimestamp(int(row["timestamp"]) // HOUR * HOUR / 1000, UTC)


def _hours(path: Path) -> dict[datetime, int]:
    found: dict[datetime, int] = defaultdict(int)
    for row in _rows(path):
        if row.get("comment-body", "-"):
            found[_moment(row)] += 1
    return found


def _cast(path: Path) -> dict[Any, dict[Any, Any]]:
    rows = _rows(path)
    return {row["participant"]: {key: said for key, said in row.items() if key.isdigit() and said} for row in rows}


def _same_ballots(path: Path) -> list[Any]:
    election = read(path.read_bytes())
    named: dict[Any, list[Any]] = {at: list(vote.points) for at, vote in enumerate(election.votes)}
    return same_votes(chosen(named, list(election.projects)), cast=1)
