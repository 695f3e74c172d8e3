"""A row that is written by a statement worked out once is the row that `save` writes."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.db.models import signals
from django.test.utils import CaptureQueriesContext

from tests.restaurant import apply
from zhengtong.cases.models import Letter, Task
from zhengtong.common.rows import insert, update
from zhengtong.people.models import Holding


@pytest.fixture
def filed(cast, monday):
    return apply(cast, now=monday)


def as_stored(row) -> dict:
    """Its columns as the database has them, without its number; what is sealed is opened."""
    stored = type(row).objects.get(pk=row.pk)
    return {field.name: getattr(stored, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def letter(case, now) -> Letter:
    told = {"subject": "您的申请", "body": "已经收到。", "language": "zh-Hans", "name": "received"}
    return Letter(case=case, recipient=case.applicant, written_at=now, **told)


def step(case, now) -> Task:
    told = {"key": "9", "node": "examine", "act": "examine", "post": "heping-market/licensing", "limit": "P3WD"}
    return Task(case=case, counts_from=now.date(), opened_at=now, chosen_by={"skill": "食品", "load": 2}, **told)


@pytest.mark.parametrize("made", [letter, step])
def test_what_is_inserted_is_what_save_inserts(filed, monday, made):
    ours, theirs = made(filed, monday), made(filed, monday)
    insert(ours)
    found = as_stored(ours)
    if made is step:
        ours.delete()  # one open step a token
    theirs.save(force_insert=True)
    assert found == as_stored(theirs)


def test_it_is_one_statement_and_the_row_knows_its_number(filed, monday):
    new = step(filed, monday)
    with CaptureQueriesContext(connection) as asked:
        insert(new)
    assert len(asked) == 1
    assert not new._state.adding
    assert Task.objects.get(key="9") == new


def test_only_the_named_fields_are_updated(filed, monday):
    new = step(filed, monday)
    insert(new)
    new.output, new.post, new.chosen_by, new.due_on = "satisfied", "elsewhere/desk", None, date(2026, 3, 9)
    update(new, "output", "chosen_by", "due_on")
    stored = Task.objects.get(pk=new.pk)
    assert (stored.output, stored.chosen_by, stored.due_on) == ("satisfied", None, date(2026, 3, 9))
    assert stored.post == "heping-market/licensing"


def test_what_is_sealed_is_sealed_anew(filed, monday):
    new = letter(filed, monday)
    insert(new)
    new.body = "已经受理。"
    update(new, "body")
    assert Letter.objects.get(pk=new.pk).body == "已经受理。"
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM cases_letter WHERE id = %s", [new.pk])
        assert "受理".encode() not in bytes(cursor.fetchone()[0])


def test_a_row_that_is_gone_is_not_updated_in_silence(filed, monday):
    new = step(filed, monday)
    insert(new)
    Task.objects.filter(pk=new.pk).delete()
    with pytest.raises(DatabaseError, match=r"no cases\.Task"):
        update(new, "output")


def test_nobody_listens_to_signals_that_are_not_sent():
    for model in (Task, Letter, Holding):
        for signal in (signals.pre_save, signals.post_save):
            assert not signal.has_listeners(model)
