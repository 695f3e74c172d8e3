"""How long it took: between steps and in all, by the clock or in the working days of a calendar.

A step's time is what passed since the step before it in the case: waiting and working together. Where the log says when
the work began, the two are told apart.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining.log import Log

SPENT = """
CREATE OR REPLACE TABLE spent AS
WITH p AS (SELECT e.case_no, seq, act, who, office, wall,
             c.nth + c.is_working * (epoch(wall) - epoch(c.day::TIMESTAMP)) / 86400 AS at_end,
             b.nth + b.is_working * (epoch(begun) - epoch(b.day::TIMESTAMP)) / 86400 AS at_begin
           FROM event e JOIN calendar c ON c.day = wall::DATE LEFT JOIN calendar b ON b.day = begun::DATE),
     q AS (SELECT *, lag(at_end) OVER (PARTITION BY case_no ORDER BY seq) AS at_before FROM p)
SELECT case_no, seq, act, who, office, wall,
  greatest(at_end - coalesce(at_before, at_begin, at_end), 0) AS days,
  CASE WHEN at_begin IS NOT NULL THEN greatest(at_end - at_begin, 0) END AS working,
  CASE WHEN at_begin IS NOT NULL THEN greatest(at_begin - coalesce(at_before, at_begin), 0) END AS waiting
FROM q ORDER BY case_no, seq;
CREATE OR REPLACE TABLE lasted AS SELECT case_no, sum(days) AS days, min(wall) AS opened, max(wall) AS closed
  FROM spent GROUP BY case_no
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of something, over how many: mean, median, nine tenths take at most, longest."""

    count: int
    mean: float
    median: float
    nine_tenths: float
    longest: float


@dataclass(frozen=True, slots=True)
class StepTime:
    """What a step took since the one before; of it waiting and working (medians), where the log tells them apart."""

    name: str
    span: Span
    share: float  # of the time of all cases together
    waiting: float | None
    working: float | None


def clock(log: Log, calendar: Calendar | None = None) -> None:
    """Measure the log: in working days of `calendar`, else in days of 24 hours. To be done before the others ask.

    A working day counts from midnight to midnight, a day off counts nothing; dates are those on the wall. The calendar
    knows 1950 to 2100; what lies outside is counted in days of 24 hours.
    """
    first, last = log.rows("SELECT least(min(wall), min(begun))::DATE, max(wall)::DATE FROM event")[0]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [int(_counts(day, calendar)) for day in days]
    log.db.execute(
        "CREATE OR REPLACE TABLE calendar AS SELECT day, is_working, "
        "sum(is_working) OVER (ORDER BY day) - is_working AS nth "
        "FROM (SELECT unnest($1::DATE[]) AS day, unnest($2::INTEGER[]) AS is_working)",
        [days, working],
    )
    log.db.execute(SPENT)


def lasting(log: Log) -> Span:
    """How many days ended cases took, from the first step to the last."""
    found = log.rows(f"SELECT {_span('days')} FROM lasted WHERE {log.ended()}")[0]
    return Span(*(each or 0 for each in found))


def step_times(log: Log) -> list[StepTime]:
    """What each activity took, those that took most time of all cases first."""
    found = log.rows(
        f"SELECT name, {_span('days')}, "
        "sum(days) / nullif(sum(sum(days)) OVER (), 0), median(waiting), median(working) "
        "FROM spent JOIN act_name ON code = act WHERE seq > 1 OR working IS NOT NULL GROUP BY name "
        "ORDER BY sum(days) DESC, 1"
    )
    return [StepTime(row[0], Span(*row[1:6]), row[6] or 0.0, row[7], row[8]) for row in found]


def _counts(day: date, calendar: Calendar | None) -> bool:
    return calendar is None or not 1950 <= day.year <= 2100 or calendar.is_working(day)


def _span(column: str) -> str:
    return f"count(*), avg({column}), median({column}), quantile_cont({column}, 0.9), max({column})"
