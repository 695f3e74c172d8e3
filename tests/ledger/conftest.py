"""A clerk, a city with a short record, and what a database administrator can do to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from zhengtong.common.text import text
from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.acts import record, sequence
from zhengtong.ledger.kinds import declare
from zhengtong.ledger.leaf import facts
from zhengtong.ledger.models import Act, Stretch, Waiting

FILED = declare("sample.filed", text("已收到", "Received"))
DECIDED = declare("sample.decided", text("已决定", "Decided"))
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Clerk:
    handle: str = "5c1e7c0e-6f0b-4f6e-9d56-3a3f6f3c1b2a"
    post: str = "market-regulation/acceptance"


CLERK = Clerk()

Deeds = Callable[..., list[Act]]
OnCommit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def act_on() -> Deeds:
    """Record a number of acts on a subject, a minute apart."""

    def do(subject: str, count: int, at: datetime = NOW) -> list[Act]:
        with transaction.atomic():
            return [
                record(
                    kind=FILED if n == 0 else DECIDED,
                    subject=subject,
                    by=CLERK,
                    now=at + timedelta(minutes=n),
                    power="food-licence",
                    basis=["licensing-law/34"],
                    reason=f"王小明 {n}",
                    particulars={"name": "王小明", "n": n},
                )
                for n in range(count)
            ]

    return do


@pytest.fixture
def city(db: None, act_on: Deeds, django_capture_on_commit_callbacks: OnCommit) -> list[Act]:
    """Twelve acts on three cases, under checkpoints of five, nine and twelve, published; in order of the log."""
    with django_capture_on_commit_callbacks(execute=True):
        acts = act_on("case-a", 3) + act_on("case-b", 2)
        sequence(NOW + timedelta(hours=1))
        acts += act_on("case-a", 2, NOW + timedelta(hours=2)) + act_on("case-c", 2, NOW + timedelta(hours=2))
        sequence(NOW + timedelta(hours=3))
        acts += act_on("case-b", 3, NOW + timedelta(hours=4))
        sequence(NOW + timedelta(hours=5))
    return acts


def seal_anew(act: Act) -> None:
    """Let it wait as if the program had recorded it as it is now."""
    said = facts(act)
    told = {"position": act.position, "person": act.person, "facts": said, "seal": keys.sealing()(said, act.person)}
    Waiting.objects.update_or_create(pk=act.pk, defaults=told)


def entries_apart() -> None:
    """Each entry as a stretch of its own, which it may be, so that a single one can be tampered with."""
    for row in Stretch.objects.all():
        leaves = merkle.unbundle(bytes(row.leaves))
        Stretch.objects.filter(pk=row.index).delete()
        Stretch.objects.bulk_create(
            Stretch(index=row.index + n, act=row.act + n, count=1, leaves=merkle.bundle([leaf]))
            for n, leaf in enumerate(leaves)
        )


@contextmanager
def _as_administrator() -> Iterator[None]:
    """Foreign keys hold nobody back who owns the database."""
    postgresql = connection.vendor == "postgresql"
    off = "SET session_replication_role = replica" if postgresql else "PRAGMA foreign_keys = OFF"
    on = "SET session_replication_role = origin" if postgresql else "PRAGMA foreign_keys = ON"
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


@pytest.fixture
def administrator(transactional_db: None) -> AbstractContextManager[None]:
    return _as_administrator()
