"""Green, yellow, red, and standing still."""

from datetime import date

import pytest

from zhengtong.engines.deadlines import Calendar, Limit, Stop, due, light

CHINA = Calendar(decreed_through=date(2026, 12, 31))
FIVE_DAYS = due(start=date(2026, 3, 2), limit=Limit.parse("P5WD"), calendar=CHINA)  # until Monday 9 March


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2026, 3, 5), "green"),
        (date(2026, 3, 6), "yellow"),
        (date(2026, 3, 9), "yellow"),
        (date(2026, 3, 10), "red"),
    ],
)
def test_it_warns_in_the_last_fifth(today: date, shown: str) -> None:
    assert light(FIVE_DAYS, today) == shown


def test_it_warns_when_it_is_told_to() -> None:
    assert light(FIVE_DAYS, date(2026, 3, 4), warn=3) == "yellow"
    assert light(FIVE_DAYS, date(2026, 3, 4), warn=2) == "green"


def test_a_clock_that_stands_still_is_never_red() -> None:
    stopped = due(
        start=date(2026, 3, 2),
        limit=Limit.parse("P5WD"),
        calendar=CHINA,
        stops=[Stop(date(2026, 3, 3), None, "licensing-law/45", "听证")],
    )
    assert light(stopped, date(2027, 3, 4)) == "stopped"
