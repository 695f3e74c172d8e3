"""When it is due and why: sentences of law, and the day-by-day count against the fast one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.common.text import text
from zhengtong.engines.deadlines import Calendar, Deadline, Extension, Limit, Stop, due, due_at, due_on

CHINA = Calendar(decreed_through=date(2026, 12, 31))
CORRECTION = text("等待补正", "waiting for a correction")


def counted(start: date, limit: str, *stops: Stop, more: tuple[str, ...] = ()) -> Deadline:
    extensions = [Extension(Limit.parse(each), "licensing-law/42") for each in more]
    return due(start=start, limit=Limit.parse(limit), calendar=CHINA, stops=stops, extensions=extensions)


def stop(from_on: date, to_on: date | None) -> Stop:
    return Stop(from_on, to_on, "licensing-law/32", CORRECTION)


def test_the_day_of_the_event_is_not_counted() -> None:
    deadline = counted(date(2026, 3, 2), "P5WD")  # a Monday
    assert deadline.on == date(2026, 3, 9)
    assert [day.counted for day in deadline.days] == [None, 1, 2, 3, 4, None, None, 5]
    assert deadline.days[0].ground == "civil-code/201"


def test_holidays_do_not_count_and_worked_weekends_do() -> None:
    deadline = counted(date(2026, 9, 30), "P5WD")
    assert deadline.on == date(2026, 10, 13)  # 8, 9, Saturday 10 worked in exchange, 12, 13
    why = {day.date: day.why["en"] for day in deadline.days}
    assert why[date(2026, 10, 1)] == "National Day"
    assert why[date(2026, 10, 10)] == "working day in exchange for a day off"
    assert why[date(2026, 10, 11)] == "Sunday"


def test_calendar_days_end_on_the_next_working_day() -> None:
    deadline = counted(date(2026, 9, 1), "P30D")  # would end on 1 October
    assert deadline.on == date(2026, 10, 8)
    assert deadline.days[30].counted == 30
    assert "National Day" in deadline.days[30].why["en"]
    assert {day.ground for day in deadline.days[30:]} == {"civil-code/203"}
    assert deadline.total == 30


@pytest.mark.parametrize(
    ("start", "limit", "on"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),  # no 31 February; a worked Saturday
        (date(2024, 1, 30), "P1M", date(2024, 2, 29)),
        (date(2026, 3, 12), "P12M", date(2027, 3, 12)),
        (date(2025, 11, 30), "P3M", date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: date, limit: str, on: date) -> None:
    assert counted(start, limit).on == on


def test_a_stop_is_not_counted_and_its_first_day_is() -> None:
    deadline = counted(date(2026, 3, 2), "P5WD", stop(date(2026, 3, 4), date(2026, 3, 11)))
    assert deadline.on == date(2026, 3, 16)  # 3, 4 | 12, 13, 16
    still = [day for day in deadline.days if day.ground == "licensing-law/32"]
    assert [still[0].date, still[-1].date] == [date(2026, 3, 5), date(2026, 3, 11)]
    assert still[0].why == text("时限中止：等待补正", "the clock stands still: waiting for a correction")


def test_overlapping_stops_count_once() -> None:
    stops = [stop(date(2026, 3, 4), date(2026, 3, 11)), stop(date(2026, 3, 9), date(2026, 3, 12))]
    assert counted(date(2026, 3, 2), "P5WD", *stops).on == date(2026, 3, 17)


def test_while_it_stands_still_nothing_is_due() -> None:
    deadline = counted(date(2026, 3, 2), "P5WD", stop(date(2026, 3, 4), None))
    assert deadline.on is None
    assert deadline.remaining == 3
    assert deadline.days[-1].date == date(2026, 3, 5)
    assert deadline.if_resumed_on(date(2026, 3, 11)) == date(2026, 3, 16)


def test_a_stop_after_the_last_day_changes_nothing() -> None:
    assert counted(date(2026, 3, 2), "P5WD", stop(date(2026, 3, 9), None)).on == date(2026, 3, 9)


def test_an_extension_is_counted_on() -> None:
    deadline = counted(date(2026, 3, 2), "P20WD", more=("P10WD",))
    assert deadline.on == counted(date(2026, 3, 2), "P30WD").on
    assert deadline.days[-1].counted == 30


def test_two_months_and_a_month_are_three() -> None:
    assert counted(date(2026, 1, 31), "P2M", more=("P1M",)).on == date(2026, 4, 30)


def test_an_extension_in_another_unit_begins_where_the_limit_ends() -> None:
    deadline = counted(date(2026, 9, 1), "P30D", more=("P2WD",))  # the first does not roll in between
    assert deadline.on == date(2026, 10, 9)


def test_what_is_left_while_it_stands_still_has_all_extensions() -> None:
    deadline = counted(date(2026, 3, 2), "P5WD", stop(date(2026, 3, 4), None), more=("P30D",))
    assert deadline.remaining == 33


def test_a_date_in_a_year_without_decree_is_provisional() -> None:
    assert counted(date(2026, 12, 30), "P5WD").provisional
    assert not counted(date(2026, 12, 1), "P5WD").provisional


def test_a_holiday_announced_late_moves_it() -> None:
    limit, start = Limit.parse("P5WD"), date(2026, 3, 2)
    late = Calendar(closed={date(2026, 3, 5): "暴雨停工"}, decreed_through=date(2026, 12, 31))
    assert due(start=start, limit=limit, calendar=late).on == date(2026, 3, 10)


def test_hours_run_through_nights_and_holidays() -> None:
    start = datetime(2026, 9, 30, 22, 15, tzinfo=UTC)
    assert due_at(start=start, limit=Limit.parse("PT24H")) == datetime(2026, 10, 1, 22, 15, tzinfo=UTC)
    with pytest.raises(ValueError, match="due_at"):
        due(start=start.date(), limit=Limit.parse("PT24H"), calendar=CHINA)
    with pytest.raises(ValueError, match="due_on"):
        due_at(start=start, limit=Limit.parse("P1D"))


def test_a_stop_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        stop(date(2026, 3, 4), date(2026, 3, 3))


days = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 6, 30))
limits = st.builds(Limit, st.integers(1, 60), st.sampled_from(["working-days", "days"])) | st.builds(
    Limit, st.integers(1, 6), st.just("months")
)


@st.composite
def stops(draw: st.DrawFn) -> Stop:
    from_on = draw(days)
    return stop(from_on, draw(st.none() | st.integers(0, 40).map(lambda n: from_on + timedelta(days=n))))


@settings(max_examples=300)
@given(days, limits, st.lists(stops(), max_size=4), st.lists(limits, max_size=2), st.sets(days, max_size=8))
def test_the_fast_count_agrees_with_the_explained_one(
    start: date, limit: Limit, stopped: list[Stop], more: list[Limit], closed: set[date]
) -> None:
    calendar = Calendar(closed=dict.fromkeys(closed, "停工"), decreed_through=date(2026, 12, 31))
    extensions = [Extension(each, "licensing-law/42") for each in more]
    explained = due(start=start, limit=limit, calendar=calendar, stops=stopped, extensions=extensions)
    fast = due_on(start=start, limit=limit, calendar=calendar, stops=stopped, extensions=extensions)
    assert explained.on == fast
    assert [day.date for day in explained.days] == [start + timedelta(days=n) for n in range(len(explained.days))]
    assert (explained.remaining > 0) == (fast is None)
    numbers = [day.counted for day in explained.days if day.counted]
    assert numbers == list(range(1, len(numbers) + 1))
