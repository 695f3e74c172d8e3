"""Deadlines of a whole register at once, for lists and statistics."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.engines.deadlines import Calendar, Limit, Stop, due_all, due_on

CHINA = Calendar(country="CN", decreed_through=date(2026, 12, 31))
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
LIMITS = st.sampled_from([Limit.parse(each) for each in ("P20WD", "P5WD", "P60D", "P1M")])


@settings(max_examples=60)
@given(cases=st.lists(st.tuples(DAYS, LIMITS), max_size=30), stopped=st.integers(0, 9))
def test_all_at_once_are_what_each_would_be(cases: list[tuple[date, Limit]], stopped: int) -> None:
    starts, limits = [start for start, _ in cases], [limit for _, limit in cases]
    stop = Stop(date(2022, 1, 3), date(2022, 3, 1), "law/1", "survey")
    stops = {stopped: [stop]} if stopped < len(cases) else {}
    each = [
        due_on(start=start, limit=limit, calendar=CHINA, stops=stops.get(place, ()))
        for place, (start, limit) in enumerate(cases)
    ]
    assert due_all(starts=starts, limits=limits, calendar=CHINA, stops=stops) == each


def test_one_limit_may_be_that_of_all() -> None:
    starts = [date(2026, 9, 28), date(2026, 9, 29)]
    found = due_all(starts=starts, limits=Limit.parse("P5WD"), calendar=CHINA)
    assert found == [date(2026, 10, 10), date(2026, 10, 12)], "10 October is a Saturday worked in exchange"


def test_what_stands_still_has_no_day() -> None:
    starts = [date(2026, 3, 2)] * 2
    stops = {1: [Stop(date(2026, 3, 3), None, "law/1", "survey")]}
    assert due_all(starts=starts, limits=Limit.parse("P5WD"), calendar=CHINA, stops=stops) == [date(2026, 3, 9), None]


def test_as_many_limits_as_starts_are_needed() -> None:
    with pytest.raises(ValueError, match="zip"):
        due_all(starts=[date(2026, 3, 2)], limits=[], calendar=CHINA)


def test_who_leaves_out_make_up_workdays_gets_a_third_of_the_deadlines_wrong() -> None:
    starts = [day for n in range(3287) if CHINA.is_working(day := date(2018, 1, 1) + timedelta(days=n))]
    made_up = {
        day: "weekend"
        for n in range(3400)
        if CHINA.is_working(day := date(2018, 1, 1) + timedelta(days=n)) and day.weekday() > 4
    }
    careless = Calendar(country="CN", closed=made_up, decreed_through=date(2026, 12, 31))
    right = due_all(starts=starts, limits=Limit.parse("P20WD"), calendar=CHINA)
    wrong = due_all(starts=starts, limits=Limit.parse("P20WD"), calendar=careless)
    share = sum(one != other for one, other in zip(right, wrong, strict=True)) / len(starts)
    assert 0.30 < share < 0.42
