"""A query that is compiled once answers as the same queryset does."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from zhengtong.common.compiled import Compiled, Given, Together
from zhengtong.people.models import Holding, Person
from zhengtong.registry.models import Record

HELD = Compiled(
    lambda: Holding.objects.on(Given("on")).filter(person=Given("person")).select_related("person").order_by("post")
)


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2025, 1, 1), date(2026, 3, 2)])
def test_it_gives_the_rows_of_the_queryset_on_every_day(cast, on):
    for person in Person.objects.all():
        expected = list(Holding.objects.on(on).filter(person=person).order_by("post"))
        assert HELD.all(person=person.pk, on=on) == expected
        assert HELD.exists(person=person.pk, on=on) == bool(expected)
        assert HELD.first(person=person.pk, on=on) == next(iter(expected), None)


def test_what_is_related_comes_in_the_same_query(cast):
    window = cast.window.person
    with CaptureQueriesContext(connection) as asked:
        (held,) = HELD.all(person=window.pk, on=date(2026, 3, 2))
        assert held.person.handle == window.handle
    assert len(asked) == 1


def test_sealed_columns_and_days_are_read_as_ever(cast):
    two = Record.objects.order_by("pk")[:2]
    both = Compiled(lambda: Record.objects.filter(Q(key=Given("a"))).union(Record.objects.filter(key=Given("b"))))
    found = {each.pk: (each.fields, each.updated_at) for each in both.all(a=two[0].key, b=two[1].key)}
    assert all(found[each.pk] == (each.fields, each.updated_at) for each in two)


def test_a_value_is_never_part_of_the_statement(cast):
    assert not Compiled(lambda: Holding.objects.filter(post=Given("post"))).exists(post="' OR 1=1 --")


def test_a_value_that_was_not_given_is_asked_for_by_name(cast):
    with pytest.raises(KeyError, match="on"):
        HELD.all(person=cast.window.person.pk)


def test_several_questions_are_asked_in_one_statement(cast):
    at_the_window = Compiled(lambda: Holding.objects.filter(person=Given("person"), post=Given("post")))
    both = Together(held=HELD, there=at_the_window)
    told = {"person": cast.window.person.pk, "post": cast.window.post}
    with CaptureQueriesContext(connection) as asked:
        assert both.ask(on=date(2026, 3, 2), **told) == {"held": True, "there": True}
    assert len(asked) == 1
    assert both.ask(on=date(1999, 1, 1), **told) == {"held": False, "there": True}
    assert both.ask(on=date(2026, 3, 2), **told | {"post": "nowhere/desk"}) == {"held": True, "there": False}
    assert both.ask(on=date(2026, 3, 2), **told | {"person": None}) == {"held": False, "there": False}
