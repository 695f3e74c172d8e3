"""`zhengtong sample`: a year of history by the same acts, whole, repeatable, and sent to nobody."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from zhengtong.cases.models import Case, Letter
from zhengtong.charter.queries import in_force
from zhengtong.ledger.acts import sequence
from zhengtong.ledger.verify import verify
from zhengtong.people.identifiers import birth_on, checked_id_number, checked_uscc
from zhengtong.project.sample.citizens import Citizen
from zhengtong.project.sample.history import KEY, write_history

CASES = 30
UNTIL = datetime(2026, 10, 15, 18, tzinfo=ZoneInfo("Asia/Shanghai"))


def write(cases: int = CASES, seed: int = 1) -> list[int]:
    charter = in_force(UNTIL.date()).charter
    return list(write_history(cases=cases, seed=seed, charter=charter, until=UNTIL))


def told() -> list[tuple[str, str, str, str, datetime]]:
    """What happened, without what is random in every program (numbers)."""
    columns = ("request_key", "procedure", "status", "outcome", "filed_at")
    return list(Case.objects.filter(request_key__startswith=KEY).order_by("request_key").values_list(*columns))


@pytest.fixture
def story(cast, caplog):
    with caplog.at_level(logging.WARNING):
        write()
    return [record.getMessage() for record in caplog.records]


def test_every_application_is_filed_and_nothing_is_refused_by_the_law(story):
    assert story == []
    assert Case.objects.filter(request_key__startswith=KEY).count() == CASES


def test_it_lies_in_the_year_before_and_ends_in_different_ways(story):
    cases = Case.objects.filter(request_key__startswith=KEY)
    assert all(date(2025, 10, 15) <= case.filed_at.date() <= UNTIL.date() for case in cases)
    assert len({case.procedure for case in cases}) > 4
    assert cases.filter(status="closed", outcome="granted").count() > CASES / 4
    assert len({case.channel for case in cases}) > 1


def test_the_ledger_of_it_is_whole(story):
    sequence(now=UNTIL)
    report = verify()
    assert report.sound, report.faults
    assert report.entries > 4 * CASES


def test_no_letter_of_it_is_sent(story):
    assert Letter.objects.exists()
    assert not Letter.objects.filter(next_try_at__isnull=False).exists()


def test_a_second_run_changes_nothing_and_a_longer_one_goes_on(story):
    before, cases = told(), Case.objects.count()
    assert write() == [CASES]
    assert (told(), Case.objects.count()) == (before, cases)
    assert write(CASES + 3)[-1] == CASES + 3
    assert set(before) < set(told())


def test_the_same_seed_is_the_same_year_and_another_is_not(cast):
    years = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            write(8, seed)
            years.append(told())
            transaction.set_rollback(True)
    assert years[0] == years[1] != years[2]


def test_the_people_are_invented_and_their_numbers_are_right():
    people = [Citizen(index) for index in range(3000)]
    assert len({each.id_number for each in people}) == len({each.uscc for each in people}) == len(people)
    for each in people[::50]:
        assert checked_id_number(each.id_number).startswith("99")
        assert birth_on(each.id_number) == each.born_on
        assert checked_uscc(each.uscc)[2:4] == "99"
