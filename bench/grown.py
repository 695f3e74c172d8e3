"""Many cases: a base that the acts wrote, and copies of it with other numbers and other people, row by row, in SQL.

A copy has what the acts would have written for it: tests/bench/test_grown.py holds the two equal. Only what its acts
are sealed with remains the base's, so that such a ledger would not be verified.
"""

from datetime import timedelta

from django.db import connection, models, transaction

from bench.house import LIN_YUE, NOW
from zhengtong.cases import acts
from zhengtong.cases.models import (
    Case,
    Certificate,
    Decision,
    Document,
    Extension,
    Handover,
    Inspection,
    Letter,
    Rating,
    Stop,
    Task,
    Timer,
)
from zhengtong.charter.queries import in_force, one_law
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person
from zhengtong.project.sample.citizens import Citizen, settle
from zhengtong.project.sample.history import write_history

STEP = 1_000_000  # the rows of copy k have the ids of the base and k times this
COPIED: list[type[models.Model]] = [
    *(Case, Task, Stop, Timer, Document, Decision, Certificate, Letter),
    *(Handover, Inspection, Extension, Rating, Act),
]
NAMED = {"number", "request_key", "subject"}  # columns that name a case or what belongs to it, and are unique
PARTIES = {"applicant", "enterprise", "recipient", "uploaded_by"}  # who they are in a copy


def base(*, lived: int, waiting: int) -> None:
    """`lived` applications with all that happened in a year, and `waiting` that wait at the window of Heping."""
    charter = in_force(NOW.date()).charter
    list(write_history(cases=lived, seed=1, charter=charter, until=NOW))
    with transaction.atomic(), one_law():
        for index in range(waiting):
            _wait_at_the_window(index)


def _wait_at_the_window(index: int) -> None:
    person = Person.objects.get(id_number=LIN_YUE)
    acts.file_application(
        procedure="business-licence",
        person=person,
        enterprise=Enterprise.objects.get(name="青山市临江小馆餐饮有限公司"),
        answers={
            "outlet_name": "临江小馆",
            "premises_region": "990102",
            "premises_number": "990102-001-0088",
            "premises_address": "青山市和平区样例路88号",
            "business_items": "hot-cold",
            "opening_on": "2026-05-01",
        },
        by=Actor(person),
        channel="web",
        language="zh-Hans",
        request_key=f"waiting:{index}",
        now=NOW - timedelta(minutes=index),
    )


def multiply(copies: int, *, people: int = 5000) -> None:
    """Add `copies` copies of every case that is there. They belong to `people` other people in turn."""
    settle(map(Citizen, range(100_000, 100_000 + people)), charter=in_force(NOW.date()).charter, now=NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        for copy in range(1, copies + 1):
            for model in COPIED:
                cursor.execute(_statement(model, copy, people))


def _statement(model: type[models.Model], copy: int, people: int) -> str:
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, copy, people) for field in fields)
    table = model._meta.db_table
    only = f" AND subject IN (SELECT number FROM {Case._meta.db_table} WHERE id < {STEP})" if model is Act else ""
    return f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE id < {STEP}{only}'


def _value(field: "models.Field[object, object]", copy: int, people: int) -> str:
    """The value of a column in a copy: as it was, or of the copy's own row, name or party."""
    column = f'"{field.column}"'
    if field.primary_key or field.related_model in COPIED:
        return f"{column} + {copy * STEP}"
    if field.name in PARTIES:
        first = f'(SELECT MAX(id) - {people - 1} FROM "{field.related_model._meta.db_table}")'  # type: ignore[union-attr]
        return f"{first} + ({column} + {copy * 7919}) % {people}"
    named = field.name in NAMED and isinstance(field, models.CharField)
    return f"{column} || '-{copy}'" if named else column
