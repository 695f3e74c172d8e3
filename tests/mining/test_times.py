from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.mining.logs import small
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import Given, Log, changed, clock, lasting, late, log_of, ping_pong, read_csv, step_times

CHINA = Calendar(country="CN")


def case(number: str, *at: str) -> list[Given]:
    names = ["file", "examine", "grant"]
    return [
        Given(number, n, names[n], datetime.fromisoformat(each), office=names[n][0].upper())
        for n, each in enumerate(at)
    ]


def log_from(*cases: list[Given]) -> Log:
    return log_of("times", [event for each in cases for event in each])


def test_days_of_24_hours_are_counted_without_a_calendar() -> None:
    with log_from(case("1", "2026-03-06T12:00+08:00", "2026-03-09T12:00+08:00")) as log:
        clock(log)
        assert lasting(log).median == 3.0


def test_a_weekend_is_no_working_time() -> None:
    with log_from(case("1", "2026-03-06T12:00+08:00", "2026-03-09T12:00+08:00")) as log:
        clock(log, CHINA)
        assert lasting(log).median == 1.0


def test_holidays_and_weekends_worked_in_exchange_count_as_decreed() -> None:
    with log_from(case("1", "2025-09-30T00:00+08:00", "2025-10-12T00:00+08:00")) as log:
        clock(log, CHINA)
        assert lasting(log).median == CHINA.between(date(2025, 9, 29), date(2025, 10, 11))


def test_the_day_is_that_on_the_wall_where_the_event_was() -> None:
    with log_from(case("1", "2026-03-09T00:00+08:00", "2026-03-10T00:00+08:00")) as log:
        clock(log, CHINA)
        assert lasting(log).median == 1.0


@pytest.mark.parametrize("days", range(1, 40, 6))
def test_whole_days_are_those_of_the_calendar(days: int) -> None:
    first = datetime(2026, 4, 3, tzinfo=UTC)
    last = first + timedelta(days=days)
    with log_from(case("1", first.isoformat(), last.isoformat())) as log:
        clock(log, CHINA)
        worked = CHINA.between(first.date() - timedelta(days=1), last.date() - timedelta(days=1))
        assert lasting(log).median == worked


def test_a_step_has_the_time_since_the_one_before_it() -> None:
    with log_from(
        case("1", "2026-03-02T00:00+08:00", "2026-03-03T00:00+08:00", "2026-03-06T00:00+08:00"),
        case("2", "2026-03-02T00:00+08:00", "2026-03-03T00:00+08:00", "2026-03-04T00:00+08:00"),
    ) as log:
        clock(log)
        found = {each.name: (each.span.mean, each.share) for each in step_times(log)}
        assert found == {"grant": (2.0, pytest.approx(4 / 6)), "examine": (1.0, pytest.approx(2 / 6))}


def test_waiting_and_working_are_told_apart_where_the_log_says_when_work_began(tmp_path: Path) -> None:
    rows = "1,file,2026-03-02 08:00,2026-03-02 08:00\n1,examine,2026-03-03 08:00,2026-03-03 20:00\n"
    (tmp_path / "log.csv").write_text("case,activity,start,end\n" + rows)
    with read_csv(tmp_path / "log.csv") as log:
        clock(log)
        found = {each.name: (each.waiting, each.working) for each in step_times(log)}
        assert found["file"] == (0.0, 0.0)
        assert found["examine"] == pytest.approx((1.0, 0.5))


def test_late_cases_tell_where_their_time_went() -> None:
    quick = [
        case(str(n), "2026-03-02T00:00+08:00", "2026-03-03T00:00+08:00", "2026-03-04T00:00+08:00") for n in range(3)
    ]
    slow = case("slow", "2026-03-02T00:00+08:00", "2026-03-12T00:00+08:00", "2026-03-13T00:00+08:00")
    with log_from(*quick, slow) as log:
        clock(log)
        found = late(log, days=5)
        assert (found.of, found.cases, found.by) == (4, 1, 6.0)
        assert [(each.name, each.late, each.in_time, each.share) for each in found.blame] == [
            ("examine", 10.0, 1.0, 1.0),
            ("grant", 1.0, 1.0, 0.0),
        ]
        assert found.offices[0].name == "E"


def test_no_case_is_late_without_a_limit_that_it_names() -> None:
    with small("a b") as log:
        clock(log)
        assert late(log, due="deadline").of == 0


def monthly(months: int, days: list[float], *, per_month: int = 12) -> Log:
    """Cases that begin in each month from January 2020 on and take so many days each."""
    events = []
    for month in range(months):
        for n in range(per_month):
            opened = datetime(2020 + month // 12, month % 12 + 1, 2 + n, tzinfo=UTC)
            events += [
                Given(f"{month}-{n}", 0, "file", opened, office="A"),
                Given(f"{month}-{n}", 1, "grant", opened + timedelta(days=days[month] + (n % 3 - 1) / 10), office="B"),
            ]
    return log_of("monthly", events)


def days_changed(log: Log, since: date) -> tuple[float | None, float, bool]:
    clock(log)
    ping_pong(log)
    (found,) = (each for each in changed(log, since) if each.measure == "days")
    return found.season, found.rest, found.is_real


def test_a_season_is_no_change() -> None:
    season = [10.0 + (5 if month % 12 in (0, 1, 2) else 0) for month in range(39)]
    with monthly(39, season) as log:
        part, rest, is_real = days_changed(log, date(2023, 1, 1))
        assert part is not None
        assert part > 3
        assert abs(rest) < 0.5
        assert not is_real


def test_a_change_is_found_under_the_season() -> None:
    season = [10.0 + (5 if month % 12 in (0, 1, 2) else 0) + month % 5 / 10 for month in range(42)]
    better = [days - (4 if month >= 36 else 0) for month, days in enumerate(season)]
    with monthly(42, better) as log:
        part, rest, is_real = days_changed(log, date(2023, 1, 1))
        assert part is not None
        assert rest == pytest.approx(-4, abs=0.7)
        assert is_real


def test_chance_is_no_change() -> None:
    noise = [10.0 + (month * 7919 % 13) / 2 for month in range(30)]
    with monthly(30, noise) as log:
        assert not days_changed(log, date(2022, 1, 1))[2]


def test_without_two_whole_years_no_season_is_told() -> None:
    with monthly(18, [10.0] * 18) as log:
        assert days_changed(log, date(2021, 1, 1))[0] is None
