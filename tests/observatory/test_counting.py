"""Figures without a database: quantiles, shares, working days, and what may be published."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from zhengtong.engines.deadlines import Calendar, Stop
from zhengtong.observatory.periods import NoSuchPeriod, Period, period
from zhengtong.observatory.privacy import Published, count, derived, total
from zhengtong.observatory.tally import Tally, mean, quantile, share, summed, working_days_taken

CALENDAR = Calendar(country="CN")
MONDAY, WEDNESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 6)


def taken(start: date, end: date, *stops: tuple[date, date | None]) -> int:
    return working_days_taken(
        accepted_on=start,
        closed_on=end,
        stops=[Stop(from_on=first, to_on=last, ground="licensing-law/45", reason="") for first, last in stops],
        calendar=CALENDAR,
    )


def test_the_median_and_the_ninetieth_are_values_that_occurred():
    days = Counter({1: 5, 3: 4, 20: 1})
    assert quantile(days, Decimal("0.5")) == 1
    assert quantile(days, Decimal("0.9")) == 3
    assert quantile(days, Decimal("1")) == 20
    assert quantile(Counter(), Decimal("0.5")) is None


def test_shares_and_means_are_exact_to_the_place_shown():
    assert share(2, 3) == Decimal("66.7")
    assert share(0, 0) is None
    assert mean(Counter({5: 2, 1: 1})) == Decimal("3.67")
    assert mean(Counter()) is None


def test_the_day_of_acceptance_and_weekends_do_not_count():
    assert taken(MONDAY, MONDAY) == 0
    assert taken(MONDAY, FRIDAY) == 4
    assert taken(FRIDAY, date(2026, 3, 9)) == 1


def test_the_time_in_which_the_clock_stood_still_does_not_count():
    assert taken(MONDAY, FRIDAY, (date(2026, 3, 3), date(2026, 3, 5))) == 2
    assert taken(MONDAY, FRIDAY, (WEDNESDAY, None)) == 2, "a wait that had not ended"


def test_two_waits_at_once_are_taken_off_once():
    assert taken(MONDAY, FRIDAY, (MONDAY, WEDNESDAY), (date(2026, 3, 3), date(2026, 3, 5))) == 1


def test_a_wait_before_the_acceptance_takes_nothing_off():
    assert taken(WEDNESDAY, FRIDAY, (MONDAY, date(2026, 3, 3))) == 2


def test_tallies_add_up_without_changing_their_parts():
    one, other = Tally(Counter(filed=2)), Tally(Counter(filed=1), ratings=Counter({5: 1}))
    assert summed([one, other]) == Tally(Counter(filed=3), ratings=Counter({5: 1}))
    assert one.counts["filed"] == 2


@pytest.mark.parametrize("value", [1, 4])
def test_a_small_count_is_not_published(value):
    assert count(value) == Published(None, hidden=True)


@pytest.mark.parametrize("value", [0, 5, 90])
def test_nothing_and_larger_counts_are(value):
    assert count(value) == Published(value)


def test_a_median_of_four_cases_is_not_published():
    assert derived(7, base=4).hidden
    assert derived(7, base=5) == Published(7)
    assert derived(None, base=0) == Published(None)


def test_a_hidden_count_cannot_be_worked_out_from_the_total():
    assert total([count(3), count(10), count(0)]) == Published(10)
    assert total([count(3), count(0)]) == Published(None), "not nothing, and not how much"
    assert total([count(0), count(0)]) == Published(0)


def test_a_period_is_a_year_or_a_month_and_the_present_year_unless_one_is_named():
    today = date(2026, 3, 9)
    assert period("2025", today=today) == Period("year", date(2025, 1, 1), "2025")
    assert period("2026-02", today=today) == Period("month", date(2026, 2, 1), "2026-02")
    assert period("", today=today) == Period("year", date(2026, 1, 1), "2026")


@pytest.mark.parametrize("code", ["2026-13", "26", "2026-3", "１２", "2026\x00", "x" * 500])
def test_anything_else_is_refused(code):
    with pytest.raises(NoSuchPeriod):
        period(code, today=date(2026, 3, 9))
