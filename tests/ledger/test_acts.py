"""Recording: with its effect or not at all, in one statement, in order."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.ledger.conftest import CLERK, DECIDED, FILED, NOW, Deeds
from zhengtong.common.text import text
from zhengtong.ledger import keys
from zhengtong.ledger.acts import Deed, record, record_many, sequence
from zhengtong.ledger.errors import NotInATransaction, UndeclaredKind
from zhengtong.ledger.kinds import KINDS, declare
from zhengtong.ledger.leaf import commitment, facts
from zhengtong.ledger.models import Act, Waiting
from zhengtong.ledger.places import placed
from zhengtong.ledger.queries import of


def test_it_keeps_what_it_was_told(db: None, act_on: Deeds) -> None:
    (given,) = act_on("case-a", 1)
    kept = of("case-a").get()
    assert kept == given
    for field in Act._meta.concrete_fields:
        assert _plain(getattr(kept, field.attname)) == _plain(getattr(given, field.attname)), field.name
    assert kept.title == text("已收到", "Received")
    assert str(kept) == "case-a #1 sample.filed"


def sealed() -> list[tuple[bytes, bool]]:
    """What waits of each act, and whether it bears the program's seal."""
    rows = Waiting.objects.order_by("act_id")
    return [(bytes(row.facts), keys.sealing()(bytes(row.facts), row.person) == bytes(row.seal)) for row in rows]


def in_order(field: str) -> list[Any]:
    """What the acts say, in the order of the log."""
    return list(placed(Act.objects.all()).exclude(place=None).order_by("place").values_list(field, flat=True))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def test_each_subject_counts_its_own_acts(db: None, act_on: Deeds) -> None:
    act_on("case-a", 2)
    act_on("case-b", 1)
    act_on("case-a", 1)
    assert [act.position for act in of("case-a")] == [1, 2, 3]
    assert [act.position for act in of("case-b")] == [1]


def test_one_act_is_one_statement(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Or two, where what waits cannot be inserted along with it."""
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        record(kind=FILED, subject="case-a", by=CLERK, power="food-licence", now=NOW, particulars={"a": 1})


def test_an_act_without_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(NotInATransaction):
        record(kind=FILED, subject="case-a", by=CLERK, power="food-licence", now=NOW)
    with pytest.raises(NotInATransaction):
        record_many([])
    assert not Act.objects.exists()


def test_an_act_goes_back_with_its_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="fell over"), transaction.atomic():
        record(kind=FILED, subject="case-a", by=CLERK, power="food-licence", now=NOW)
        raise RuntimeError("fell over")
    assert not Act.objects.exists()


def test_an_undeclared_kind_is_refused(db: None) -> None:
    with pytest.raises(UndeclaredKind):
        record(kind="case.eaten", subject="case-a", by=CLERK, power="food-licence", now=NOW)


def test_dates_and_decimals_become_strings(db: None) -> None:
    told = {"on": date(2026, 3, 2), "sum": Decimal("12.50"), "id": UUID(int=5), "each": (1, None, True), 3: "c"}
    act = record(kind=FILED, subject="case-a", by=CLERK, power="food-licence", now=NOW, particulars=told)
    kept = of("case-a").get()
    plain = {"on": "2026-03-02", "sum": "12.50", "id": str(UUID(int=5)), "each": [1, None, True], "3": "c"}
    assert act.particulars == kept.particulars == plain
    assert commitment(kept) == bytes(kept.commitment)


@pytest.mark.parametrize("value", [1.5, float("nan"), {1, 2}, object()])
def test_what_databases_keep_differently_is_refused(db: None, value: object) -> None:
    with pytest.raises(TypeError, match="cannot be recorded"):
        record(kind=FILED, subject="case-a", by=CLERK, power="food-licence", now=NOW, particulars={"a": [value]})


@pytest.mark.parametrize(
    ("now", "reason", "particulars"),
    [
        (datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC), "", None),
        (
            datetime.fromisoformat("2026-03-02T09:00:00+08:00"),
            "𠮷野家“引号”\\\n\t",
            {"b": {"z": 1, "a": [{}]}, "a": ""},
        ),
        (NOW, "Ω≈ç√", {"long": 10**30, "negative": -1, "é": "e\u0301"}),
    ],
)
def test_what_was_sealed_is_what_the_database_gives_back(
    db: None, now: datetime, reason: str, particulars: dict[str, Any] | None
) -> None:
    record(
        kind=FILED, subject="case-a", by=CLERK, power="food-licence", now=now, reason=reason, particulars=particulars
    )
    kept = of("case-a").get()
    assert sealed() == [(facts(kept), True)]
    assert commitment(kept) == bytes(kept.commitment)


def test_many_acts_are_recorded_as_one_by_one(db: None) -> None:
    record(kind=FILED, subject="case-1", by=CLERK, power="food-licence", now=NOW)
    deeds = [
        Deed(kind=DECIDED, subject=f"case-{n % 3}", by=CLERK, power="food-licence", now=NOW, reason=str(n))
        for n in range(10)
    ]
    assert record_many(deeds) == 10
    assert [act.position for act in of("case-1")] == [1, 2, 3, 4]
    assert [act.reason for act in of("case-0")] == ["0", "3", "6", "9"]
    assert sealed() == [(facts(act), True) for act in Act.objects.order_by("pk")]
    assert sequence(NOW) == 11
    for act in Act.objects.all():
        assert commitment(act) == bytes(act.commitment)


def test_acts_on_one_subject_at_once_wait_for_each_other(transactional_db: None) -> None:
    """Also where no row is locked before; SQLite's transactions wait anyway."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: there transactions run beside each other")

    def ten() -> None:
        for n in range(10):
            with transaction.atomic():
                record(kind=FILED, subject="charter", by=CLERK, power="food-licence", now=NOW + timedelta(seconds=n))
        connection.close()

    threads = [threading.Thread(target=ten) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [act.position for act in of("charter")] == list(range(1, 61))
    assert sequence(NOW) == 60
    assert in_order("position") == list(range(1, 61))


def test_a_late_commit_is_not_overlooked(transactional_db: None) -> None:
    """An act with a smaller id that commits after the sequencer has passed gets its place the next time."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: there transactions run beside each other")
    recorded, passed = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            record(kind=FILED, subject="case-late", by=CLERK, power="food-licence", now=NOW)
            recorded.set()
            passed.wait(10)
        connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    recorded.wait(10)
    with transaction.atomic():
        record(kind=FILED, subject="case-early", by=CLERK, power="food-licence", now=NOW)
    assert sequence(NOW) == 1
    passed.set()
    thread.join(10)
    assert sequence(NOW) == 1
    assert in_order("subject") == ["case-early", "case-late"]


@pytest.mark.parametrize("name", ["filed", "Case.filed", "case.filed ", "case..filed", "case.2"])
def test_a_badly_named_kind_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="a kind is named like"):
        declare(name, text("坏", "bad"))


def test_a_kind_is_declared_in_one_way_only() -> None:
    assert declare("sample.filed", text("已收到", "Received")) == FILED
    with pytest.raises(ValueError, match="declared twice"):
        declare("sample.filed", text("已收到", "Got it"))
    assert KINDS[FILED].version == 1


def test_a_batch_takes_as_many_statements_for_many_acts_as_for_few(db: None) -> None:
    """As long as the tree has as many tiles."""
    taken = []
    for batch, count in enumerate((10, 200, 20)):
        with transaction.atomic():
            record_many(
                Deed(kind=FILED, subject=f"{batch}-{n}", by=CLERK, power="food-licence", now=NOW, person=f"p{n % 7}")
                for n in range(count)
            )
        with CaptureQueriesContext(connection) as captured:
            sequence(NOW)
        taken.append(len(captured))
    assert taken[0] < taken[1] == taken[2] <= 15  # before the first there was no head to look after
