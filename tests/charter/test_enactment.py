"""An enacted charter stays readable for ever, and nothing half-enacted is ever seen."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from tests.charter.small import changed, small
from zhengtong.charter import acts, queries
from zhengtong.charter.acts import store
from zhengtong.charter.charter import digest_of
from zhengtong.charter.errors import CharterFaults, NoSuchEnactment, NothingInForce
from zhengtong.charter.models import Blob, EnactedFile, Enactment
from zhengtong.charter.queries import enacted, in_force, one_law

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SLOWER = changed("services/tea-licence/service.yaml", "promised_limit: P10WD", "promised_limit: P12WD")

pytestmark = pytest.mark.django_db


def enact(files, on):
    return store(files, on=on, now=NOW, by="somebody", suite="ed25519-sha256", note="a test")


def test_it_is_in_force_from_its_day():
    first = enact(small(), date(2026, 3, 2))
    second = enact(SLOWER, date(2026, 7, 1))
    assert (first.number, second.number) == (1, 2)
    assert in_force(date(2026, 6, 30)).enactment == first
    assert in_force(date(2026, 7, 1)).enactment == second
    assert in_force(date(2026, 7, 1)).charter.procedures["tea-licence"].promised_limit == "P12WD"


def test_nothing_is_in_force_before():
    enact(small(), date(2026, 3, 2))
    with pytest.raises(NothingInForce):
        in_force(date(2026, 3, 1))


def test_the_old_one_stays_readable():
    enact(small(), date(2026, 3, 2))
    enact(SLOWER, date(2026, 7, 1))
    old = enacted(1)
    assert old.charter.procedures["tea-licence"].promised_limit == "P10WD"
    assert old.charter.digest == old.enactment.digest == digest_of(small())
    assert dict(old.charter.files) == small()
    with pytest.raises(NoSuchEnactment):
        enacted(3)


def test_an_old_one_is_read_even_if_it_would_be_refused_today(monkeypatch):
    enact(small(), date(2026, 3, 2))
    monkeypatch.setattr(queries, "_CHARTERS", {})
    monkeypatch.setattr("zhengtong.charter.checks.check", lambda *_, **__: pytest.fail("checked again"))
    assert enacted(1).charter.head.id == "teatown"


def test_of_two_for_one_day_the_later_holds():
    enact(small(), date(2026, 3, 2))
    second = enact(SLOWER, date(2026, 3, 2))
    assert in_force(date(2026, 3, 2)).enactment == second


def test_a_faulty_charter_leaves_nothing_behind():
    with pytest.raises(CharterFaults):
        enact(changed("charter.yaml", "appeal: appeal", "appeal: nowhere"), date(2026, 3, 2))
    assert not Enactment.objects.exists()
    assert not Blob.objects.exists()


def test_law_that_is_not_in_force_on_its_day_is_refused():
    with pytest.raises(CharterFaults):
        enact(small(), date(2019, 1, 1))


def test_a_failure_on_the_way_leaves_nothing_behind(monkeypatch):
    def fail(*_args, **_kwargs):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(acts.EnactedFile.objects, "bulk_create", fail)
    with pytest.raises(DatabaseError):
        enact(small(), date(2026, 3, 2))
    assert not Enactment.objects.exists()
    assert not Blob.objects.exists()


def test_a_file_that_did_not_change_is_kept_once():
    enact(small(), date(2026, 3, 2))
    before = Blob.objects.count()
    enact(SLOWER, date(2026, 7, 1))
    assert Blob.objects.count() == before + 1
    assert EnactedFile.objects.count() == 2 * len(small())


def test_what_was_rolled_back_is_not_remembered():
    with pytest.raises(RuntimeError), transaction.atomic():
        enact(small(), date(2026, 3, 2))
        assert enacted(1).charter.procedures["tea-licence"].promised_limit == "P10WD"
        raise RuntimeError
    enact(SLOWER, date(2026, 3, 2))
    assert enacted(1).charter.procedures["tea-licence"].promised_limit == "P12WD"


@pytest.mark.django_db(transaction=True)
def test_a_known_enactment_costs_no_query(django_assert_num_queries):
    enact(small(), date(2026, 3, 2))
    enacted(1)
    with django_assert_num_queries(0):
        enacted(1)
    with django_assert_num_queries(1):
        in_force(date(2026, 3, 2))


def test_one_act_looks_the_law_up_once(django_assert_num_queries):
    enact(small(), date(2026, 3, 2))
    with one_law(), one_law(), django_assert_num_queries(1):
        assert in_force(date(2026, 3, 2)).enactment == in_force(date(2026, 3, 2)).enactment
    with django_assert_num_queries(1):
        in_force(date(2026, 3, 2))


def test_an_act_that_changes_the_law_sees_the_change():
    enact(small(), date(2026, 3, 2))
    with one_law():
        in_force(date(2026, 3, 2))
        second = enact(SLOWER, date(2026, 3, 2))
        assert in_force(date(2026, 3, 2)).enactment == second
