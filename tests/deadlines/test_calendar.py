"""The calendar: working days by decree, provisional where there is none yet."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from zhengtong.common.text import text
from zhengtong.engines.deadlines import Calendar

CHINA = Calendar(country="CN", decreed_through=date(2026, 12, 31))


@pytest.mark.parametrize("year", range(2018, 2027))
def test_it_agrees_with_another_source_on_each_day_of(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    differ = [day for day in days if day.year == year and CHINA.is_working(day) != chinese_calendar.is_workday(day)]
    assert differ == []


@pytest.mark.parametrize(
    ("day", "working", "zh", "en"),
    [
        (date(2026, 10, 1), False, "国庆节", "National Day"),
        (date(2026, 10, 7), False, "调休放假", "day off in exchange for a worked weekend"),
        (date(2026, 10, 10), True, "调休上班", "working day in exchange for a day off"),
        (date(2026, 10, 9), True, "工作日", "working day"),
        (date(2026, 10, 11), False, "星期日", "Sunday"),
    ],
)
def test_it_says_why(day: date, working: bool, zh: str, en: str) -> None:
    assert CHINA.is_working(day) is working
    assert CHINA.reason(day) == text(zh, en)


def test_a_late_decree_goes_before_the_published_calendar() -> None:
    typhoon, exchanged = date(2026, 9, 15), date(2026, 10, 4)
    told = text("台风停工", "typhoon")
    calendar = Calendar(closed={typhoon: told}, worked={exchanged}, decreed_through=date(2026, 12, 31))
    assert not calendar.is_working(typhoon)
    assert calendar.reason(typhoon) == told
    assert calendar.is_working(exchanged)
    assert CHINA.is_working(typhoon)
    assert not CHINA.is_working(exchanged)


def test_a_year_without_a_decree_is_provisional() -> None:
    assert not CHINA.is_provisional(date(2026, 12, 31))
    assert CHINA.is_provisional(date(2027, 1, 1))


def test_without_being_told_it_knows_the_last_decree() -> None:
    last = Calendar().is_provisional
    assert not last(date(2025, 12, 31))
    assert last(date(2040, 1, 1))


def test_it_counts_working_days_across_years() -> None:
    naive = [day for n in range(1, 900) if CHINA.is_working(day := date(2024, 11, 20) + timedelta(days=n))]
    assert CHINA.after(date(2024, 11, 20), 1) == naive[0]
    assert CHINA.after(date(2024, 11, 20), len(naive)) == naive[-1]
    assert CHINA.between(date(2024, 11, 20), naive[-1]) == len(naive)
    assert CHINA.between(date(2024, 11, 20), date(2024, 11, 20)) == 0


def test_another_country_has_its_own_days() -> None:
    france = Calendar(country="FR")
    assert not france.is_working(date(2026, 7, 14))
    assert not france.is_provisional(date(2030, 7, 14))
