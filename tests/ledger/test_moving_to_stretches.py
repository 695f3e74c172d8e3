"""A ledger of before, with a row for each entry, is the same ledger after its migration."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps as present
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from tests.ledger.conftest import CLERK, DECIDED, FILED, NOW
from zhengtong.ledger import keys
from zhengtong.ledger.acts import Deed, record_many, sequence
from zhengtong.ledger.leaf import canonical
from zhengtong.ledger.models import Act, History, Stretch, Waiting
from zhengtong.ledger.places import between
from zhengtong.ledger.queries import concerning
from zhengtong.ledger.verify import verify

move = import_module("zhengtong.ledger.migrations.0004_stretches").move
WANG = "a2f0c1d4-wang"


@pytest.fixture
def before(db: None) -> Any:
    """The models of before over their tables, which go with the test's transaction."""
    blob = "bytea" if connection.vendor == "postgresql" else "blob"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE ledger_act ADD COLUMN seal {blob}")
        cursor.execute("ALTER TABLE ledger_act ADD COLUMN sequenced bool NOT NULL DEFAULT false")
        cursor.execute(
            f'CREATE TABLE ledger_entry ("index" bigint PRIMARY KEY, act_id bigint UNIQUE, leaf {blob}, '
            f"leaf_hash {blob}, person varchar(32), number integer)"
        )
    return MigrationLoader(connection).project_state([("ledger", "0003_sealed")]).apps


def deeds(first: int, until: int) -> int:
    with transaction.atomic():
        return record_many(
            Deed(
                kind=FILED if n < 5 else DECIDED,
                subject=f"case-{n % 5}",
                by=CLERK,
                power="food-licence",
                basis=["a", "b"],
                now=NOW,
                person=WANG if n == 3 else "",
            )
            for n in range(first, until)
        )


def old_seal(act: Act) -> bytes:
    said = {
        "kind": act.kind,
        "version": act.version,
        "at": "2026-03-02T01:00:00.000000Z",
        "post": act.actor_post,
        "power": act.power,
        "basis": act.legal_basis,
        "commitment": bytes(act.commitment).hex(),
        "recorded": act.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),  # type: ignore[union-attr]
    }
    return keys._keyed(b"act", canonical(said | {"person": act.person, "subject": act.subject}))


def go_back(before: Any) -> None:
    """Write what is there as it was written before."""
    old_act, old_entry = (before.get_model("ledger", name) for name in ("Act", "Entry"))
    for act in Act.objects.all():
        old_act.objects.filter(pk=act.pk).update(seal=old_seal(act), sequenced=not Waiting.objects.filter(pk=act.pk))
    counted = {each.index: each for each in concerning(WANG)}
    for entry in between(0, 1000):
        mine = counted.get(entry.index)
        who = {"person": keys.blind_person(WANG), "number": mine.number} if mine else {"person": "", "number": 0}
        told = {"index": entry.index, "act_id": entry.act_id, "leaf": entry.leaf, "leaf_hash": b""}
        old_entry.objects.create(**told, **who)
    for model in (Stretch, History, Waiting):
        model._base_manager.all().delete()


def get_model(before: Any) -> Any:
    """While it migrates: what goes is still there, and what comes is there already."""
    return lambda room, name: (before if name in {"Act", "Entry"} else present).get_model(room, name)


def test_a_ledger_of_before_is_whole_and_goes_on(before: Any) -> None:
    deeds(0, 280)
    sequence(NOW, limit=270)
    sequence(NOW)
    deeds(280, 290)
    log, listed = list(between(0, 1000)), concerning(WANG)
    assert len(log) == 280 and len(listed) == 56
    forged = Waiting.objects.latest("act_id").pk
    go_back(before)
    before.get_model("ledger", "Act").objects.filter(pk=forged).update(seal=b"x" * 32)
    move(SimpleNamespace(get_model=get_model(before)), SimpleNamespace(connection=connection))
    assert (list(between(0, 1000)), concerning(WANG)) == (log, listed)
    assert [(fault.code, fault.index) for fault in verify().faults] == [("forged", None)]
    assert sequence(NOW) == 9
    assert len(concerning(WANG)) == 58
    assert [(fault.code, fault.index) for fault in verify().faults] == [("forged", None)]
