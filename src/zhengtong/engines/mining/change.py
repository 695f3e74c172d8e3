"""What changed since a day: before and after, with the part that the season has in it and the part that is chance.

Cases are put into the month in which they began. The season is what a calendar month differs from its year, over
whole years before the day; it is told only where there are two such years. Chance is judged by how much the months
differ among themselves after that, wider where a month resembles the one before it (an effective number of months by
the first autocorrelation; Bayley and Hammersley 1946). Cases that began too near the end of the log to be done are left
out.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean, stdev

from zhengtong.common.text import Text, text
from zhengtong.engines.mining.log import Log

Series = Sequence[tuple[date, float]]  # by the first day of the month

WORDINGS: dict[str, Text] = {
    "days": text("办理天数", "days a case takes"),
    "working-days": text("办理工作日数", "working days a case takes"),
    "steps": text("每件步骤数", "steps a case"),
    "returns": text("每件退回次数", "returns to an office a case"),
    "repeats": text("每件重做次数", "repeated steps a case"),
    "corrections": text("每件补正次数", "corrections asked for a case"),
    "hand-overs": text("每件移交次数", "hand-overs offered a case"),
    "cases": text("每月件数", "cases begun in a month"),
}
MEASURES: dict[str, str] = {
    "days": "avg(days)",
    "steps": "avg(steps)",
    "returns": "avg(coalesce(returns, 0))",
    "repeats": "avg(steps - kinds)",
    "cases": "count(*)",
}
MONTHS = """
WITH k AS (SELECT case_no, count(DISTINCT act) AS kinds FROM event GROUP BY case_no),
     r AS (SELECT case_no, count(*) AS returns FROM came_back GROUP BY case_no)
SELECT date_trunc('month', c.opened)::DATE AS month, {measures}
FROM cases c JOIN lasted l USING (case_no) JOIN k USING (case_no) LEFT JOIN r USING (case_no)
WHERE c.opened < ?::TIMESTAMP AND NOT (c.opened >= ?::TIMESTAMP AND c.opened < ?::TIMESTAMP)
GROUP BY 1 ORDER BY 1
"""
LONG_ENOUGH = "SELECT max(closed) - to_seconds(quantile_cont(epoch(closed) - epoch(opened), 0.9)) FROM lasted"


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after: the difference as it looks, of it the season, and the rest with its interval.

    `season` is None where the log is too short to tell it; `is_real` where the rest is more than chance; the interval
    is infinite where there are too few months to say anything.
    """

    measure: str
    before: float
    after: float
    season: float | None
    rest: float
    low: float
    high: float
    months: tuple[int, int]

    @property
    def wording(self) -> Text:
        return WORDINGS[self.measure]

    @property
    def is_real(self) -> bool:
        return self.low > 0 or self.high < 0


def changed(log: Log, since: date) -> list[Change]:
    """Before and after `since`; `times.clock` and `work.ping_pong` must have measured the log.

    The month in which `since` lies counts to neither side unless it is its first day.
    """
    first, after = since.replace(day=1), _first_whole_month(since)
    until = log.value(LONG_ENOUGH).date().replace(day=1)
    rows = log.rows(MONTHS.format(measures=", ".join(MEASURES.values())), [until, first, after])
    return compared({name: [(row[0], float(row[at])) for row in rows] for at, name in enumerate(MEASURES, 1)}, since)


def compared(series: Mapping[str, Series], since: date) -> list[Change]:
    """The same for monthly figures that somebody else has counted, by the name of their measure."""
    first, after = since.replace(day=1), _first_whole_month(since)
    return [
        _compared(name, [point for point in points if not first <= point[0] < after], after)
        for name, points in series.items()
    ]


def _compared(name: str, series: Series, since: date) -> Change:
    before = [point for point in series if point[0] < since]
    after = [point for point in series if point[0] >= since]
    nothing = math.nan
    raw_before = fmean(value for _, value in before) if before else nothing
    raw_after = fmean(value for _, value in after) if after else nothing
    season = seasonal(before)
    part = _mean(after, season) - _mean(before, season) if season and before and after else None
    rest = raw_after - raw_before - (part or 0.0)
    wide = _half_interval(before, after, season or {})
    return Change(name, raw_before, raw_after, part, rest, rest - wide, rest + wide, (len(before), len(after)))


def seasonal(series: Series) -> dict[int, float]:
    """By calendar month, what it differs from its year on average; empty without two whole years."""
    years: dict[int, dict[int, float]] = {}
    for month, value in series:
        years.setdefault(month.year, {})[month.month] = value
    whole = [year for year in years.values() if len(year) == 12]
    if len(whole) < 2:
        return {}
    return {month: fmean(year[month] - fmean(year.values()) for year in whole) for month in range(1, 13)}


def _mean(series: Series, season: dict[int, float]) -> float:
    return fmean(season[month.month] for month, _ in series)


def _half_interval(before: Series, after: Series, season: dict[int, float]) -> float:
    """Half the width of the interval of the difference of the two means."""
    if len(before) < 3 or len(after) < 3:
        return math.inf
    variance, freedom = 0.0, 0.0
    for series in (before, after):
        left = [value - season.get(month.month, 0.0) for month, value in series]
        count = _effective(left)
        variance += stdev(left) ** 2 / count
        freedom += max(count - 1, 1)
    return _student(freedom) * math.sqrt(variance)


def _effective(values: Sequence[float]) -> float:
    """How many independent months these are worth: n(1 - r)/(1 + r) with the first autocorrelation r, at most n."""
    mean = fmean(values)
    spread = sum((value - mean) ** 2 for value in values)
    if spread == 0:
        return float(len(values))
    r = sum((a - mean) * (b - mean) for a, b in pairwise(values)) / spread
    return max(2.0, len(values) * (1 - r) / (1 + r)) if r > 0 else float(len(values))


def _student(freedom: float) -> float:
    """The quantile of Student's t for 95%, both sides, by Cornish and Fisher's expansion (within 1% from 4 on)."""
    z = 1.959964
    terms: list[Callable[[float], float]] = [
        lambda n: (z**3 + z) / (4 * n),
        lambda n: (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2),
        lambda n: (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3),
    ]
    return z + sum(term(freedom) for term in terms)


def _first_whole_month(since: date) -> date:
    """The first month that lies wholly after."""
    return since if since.day == 1 else _next(since.replace(day=1))


def _next(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
