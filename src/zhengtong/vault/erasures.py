"""What was erased for good, listed outside the database: a backup that is older than an erasure has to hear of it.

Each line of `erasures.jsonl` in the variable folder is `{"at", "basis", "subject"}`. Subjects are random names (see
vault/ring.py), so the list tells nothing of anybody. A line may stand twice; to erase again changes nothing.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from zhengtong.vault.models import Erasure


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    subject: str
    basis: list[str]
    at: datetime


def path() -> Path:
    """Where the list is."""
    return Path(settings.ZHENGTONG_VAR) / "erasures.jsonl"


def note(*, subject: str, basis: Sequence[str], now: datetime) -> None:
    """Remember an erasure, in its transaction; it is listed when that is committed, or else by the worker."""
    Erasure.objects.create(subject=subject, basis=list(basis), at=now)
    transaction.on_commit(partial(list_outside, now=now), robust=True)


@transaction.atomic
def list_outside(*, now: datetime, limit: int = 1000) -> int:
    """Write what is not listed yet under the list, and only then mark it; how many lines."""
    waiting = list(Erasure.objects.select_for_update().filter(listed=False).order_by("pk")[:limit])
    if waiting:
        _append([{"at": each.at.isoformat(), "basis": each.basis, "subject": each.subject} for each in waiting])
        Erasure.objects.filter(pk__in=[each.pk for each in waiting]).update(listed=True)
    return len(waiting)


def listed() -> Iterator[Listed]:
    """The list, the oldest first. A line that a crash has cut off is left out: it was not marked, and comes again."""
    if not path().exists():
        return
    for line in path().read_text(encoding="utf-8").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        yield Listed(told["subject"], told["basis"], datetime.fromisoformat(told["at"]))


def _append(lines: Sequence[object]) -> None:
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        file.write("\n")  # so that a line cut off by a crash spoils none of these
        file.writelines(f"{json.dumps(line)}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
