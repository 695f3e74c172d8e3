"""What concerns a person is counted under a blind name, so that who is shown a history sees if an act is missing."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from tests.ledger.conftest import CLERK, DECIDED, FILED, NOW, entries_apart, seal_anew
from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.acts import Deed, record, record_many, sequence
from zhengtong.ledger.models import Act, Checkpoint, History, Stretch, Waiting
from zhengtong.ledger.places import between
from zhengtong.ledger.queries import concerning
from zhengtong.ledger.verify import verify

WANG, LI = "a2f0c1d4-wang", "b7e91133-li"


def file(subject: str, person: str = "") -> Act:
    return record(kind=FILED, subject=subject, by=CLERK, power="food-licence", person=person, now=NOW)


def go_on(subject: str, person: str = "") -> Act:
    return record(kind=DECIDED, subject=subject, by=CLERK, power="food-licence", person=person, now=NOW)


@pytest.fixture
def two_cases(db: None) -> None:
    with transaction.atomic():
        file("case-1", WANG)
        file("case-2", LI)
        go_on("case-1")
        go_on("case-2", WANG)
    sequence(NOW)
    with transaction.atomic():
        go_on("case-1")
    sequence(NOW)


def shown(handle: str) -> list[tuple[int, str]]:
    return [(entry.number, str(entry.act.subject)) for entry in concerning(handle)]


def log() -> list[dict[str, Any]]:
    return [json.loads(entry.leaf) for entry in between(0, 1000)]


def found(since: str | None = None) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.index) for fault in verify(since).faults]


def test_an_act_concerns_whom_its_case_concerns_unless_another_is_told(two_cases: None) -> None:
    assert shown(WANG) == [(1, "case-1"), (2, "case-1"), (3, "case-2"), (4, "case-1")]
    assert shown(LI) == [(1, "case-2")]
    assert found() == []


def test_the_log_names_nobody(two_cases: None) -> None:
    for said in log():
        assert said["person"] in {keys.blind_person(WANG), keys.blind_person(LI)}
        assert WANG not in str(said)
    assert WANG not in Act.objects.values_list("person", flat=True)
    assert keys.blind_person(WANG) != keys.blind(WANG)


def test_what_concerns_nobody_is_not_counted(db: None) -> None:
    with transaction.atomic():
        file("charter")
        go_on("charter")
    sequence(NOW)
    assert not History.objects.exists()
    assert [{"person", "number"} & each.keys() for each in log()] == [set(), set()]
    assert found() == []


def test_a_history_from_which_an_act_was_taken_has_a_hole(two_cases: None) -> None:
    entry = concerning(WANG)[1]
    entries_apart()
    Stretch.objects.filter(index=entry.index).delete()
    Act.objects.filter(pk=entry.act.pk).delete()
    assert [number for number, _ in shown(WANG)] == [1, 3, 4]
    assert ("person-hole", 3) in found()


def test_giving_an_act_to_somebody_else_is_located(two_cases: None) -> None:
    entry = concerning(WANG)[1]
    Act.objects.filter(pk=entry.act.pk).update(person=keys.blind_person(LI))
    assert found() == [("altered", entry.index)]
    Act.objects.filter(pk=entry.act.pk).update(person="")
    Act.objects.filter(subject="case-1", position=1).update(person=keys.blind_person(LI))
    assert ("altered", 0) in found()


def listed(handle: str) -> QuerySet[History]:
    return History.objects.filter(person=keys.blind_person(handle))


def test_listing_an_act_under_somebody_else_is_found(two_cases: None) -> None:
    listed(LI).update(acts=bytes(listed(LI).get().acts) + bytes(listed(WANG)[0].acts)[8:16])
    assert found() == [("history", None)]


def test_striking_an_act_from_a_list_is_found(two_cases: None) -> None:
    """Also from the older of two heads on, if it is of what came after it."""
    before = Checkpoint.objects.get(size=4).note
    first, last = listed(WANG).order_by("number")
    listed(WANG).filter(number=first.number).update(acts=bytes(first.acts)[:8] + bytes(first.acts)[16:])
    assert found() == [("history", None)]
    assert found(before) == []
    listed(WANG).filter(number=first.number).update(acts=first.acts)
    listed(WANG).filter(number=last.number).delete()
    assert found() == found(before) == [("history", None)]
    listed(WANG).delete()
    assert found() == [("history", None)]


def test_an_act_that_waits_and_is_given_to_somebody_else_stays_whose_it_was(two_cases: None) -> None:
    with transaction.atomic():
        act = go_on("case-2", WANG)
    Act.objects.filter(pk=act.pk).update(person=keys.blind_person(LI))
    assert found() == [("forged", None)]
    assert sequence(NOW) == 1
    assert shown(WANG)[-1] == (5, "case-2")
    assert found() == [("altered", 5)]


def test_what_waits_of_an_act_cannot_be_given_to_somebody_else(two_cases: None) -> None:
    with transaction.atomic():
        act = go_on("case-2", WANG)
    Waiting.objects.filter(pk=act.pk).update(person=keys.blind_person(LI))
    assert sequence(NOW) == 0
    assert found() == [("forged", None)]


def test_from_a_checkpoint_on_the_numbers_go_on(two_cases: None) -> None:
    before = Checkpoint.objects.get(size=4).note
    assert found(before) == []
    entries_apart()
    changed = merkle.unbundle(bytes(Stretch.objects.get(index=4).leaves))[0].replace(b'"number":4', b'"number":9')
    Stretch.objects.filter(index=4).update(leaves=merkle.bundle([changed]))
    assert found(before)[:2] == [("rewritten", 4), ("person-hole", 4)]


def test_many_acts_are_counted_across_batches(db: None) -> None:
    with transaction.atomic():
        record_many(
            Deed(kind=FILED, subject=f"case-{n}", by=CLERK, power="food-licence", now=NOW, person=(WANG, LI)[n % 2])
            for n in range(40)
        )
    sequence(NOW, limit=30)
    sequence(NOW)
    assert [number for number, _ in shown(LI)] == list(range(1, 21))
    assert found() == []


def test_a_node_whose_clock_was_turned_back_is_found_by_its_record(
    two_cases: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where each case is young, so that no case's own acts are out of order."""
    real = Act.objects.latest("id").recorded_at
    assert real
    yesterday: datetime = real - timedelta(days=1)
    monkeypatch.setattr("zhengtong.ledger.acts.timezone.now", lambda: yesterday)
    with transaction.atomic():
        file("case-3", LI)
    sequence(NOW - timedelta(days=1))
    assert found() == [("clock", 5)]
    assert "the clock was turned back" in caplog.text


def test_acts_of_the_first_format_stay_proven(db: None) -> None:
    """They bear no moment of recording and concern nobody by name."""
    with transaction.atomic():
        act = go_on("case-9")
        act.recorded_at, act.person = None, ""
        act.save()
        seal_anew(act)
        go_on("case-9")
    sequence(NOW)
    assert [said["v"] for said in log()] == [1, 2]
    assert found() == []
