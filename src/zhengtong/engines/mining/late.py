"""Cases that came too late, and where their time went."""

from dataclasses import dataclass
from datetime import datetime

from zhengtong.engines.mining.log import Log

DUE = """
CREATE OR REPLACE TABLE verdict AS
SELECT case_no, l.days, CASE WHEN is_open THEN greatest(l.closed, {now}) ELSE l.closed END AS closed, {due} AS due,
  is_open
FROM lasted l JOIN cases c USING (case_no)
  LEFT JOIN (SELECT trace, any_value(more) AS more FROM traces GROUP BY trace) t USING (trace)
"""


@dataclass(frozen=True, slots=True)
class Blame:
    """A step in late cases: days a case, days a case that was in time, and its share of all that is more."""

    name: str
    late: float
    in_time: float
    share: float


@dataclass(frozen=True, slots=True)
class Late:
    """How many cases had a limit, how many broke it (of these, how many are open), the median days by which, and where
    their time went."""

    of: int
    cases: int
    open: int
    by: float | None
    blame: tuple[Blame, ...]
    offices: tuple[Blame, ...]


def late(log: Log, *, days: float = 0.0, due: str = "", now: datetime | None = None) -> Late:
    """Cases later than their limit: an attribute of the case that holds a date (`due`), or a number of `days`.

    Days are those that `times.clock` counts in. A case that holds no date counts as having no limit.
    One that is open (`Log.leave_open`) is late once its date has passed; `now` is what the clock on the wall shows.
    """
    present = f"TIMESTAMP '{now.replace(tzinfo=None).isoformat(sep=' ')}'" if now else "l.closed"
    if due:
        quoted = due.replace("'", "''")
        log.db.execute(DUE.format(now=present, due=f"try_cast(attr(t.more, '{quoted}') AS TIMESTAMP)"))
        is_late, has_limit, by = "closed > due", "due IS NOT NULL", "(epoch(closed) - epoch(due)) / 86400"
    else:
        log.db.execute(DUE.format(now=present, due="NULL::TIMESTAMP"))
        is_late, has_limit, by = f"days > {float(days)}", "true", f"days - {float(days)}"
    of, cases, still_open, middle = log.rows(
        f"SELECT count(*) FILTER ({has_limit}), count(*) FILTER ({is_late}), count(*) FILTER ({is_late} AND is_open), "
        f"median({by}) FILTER ({is_late}) FROM verdict"
    )[0]
    return Late(
        of, cases, still_open, middle, _blame(log, is_late, has_limit, "act"), _blame(log, is_late, has_limit, "office")
    )


def _blame(log: Log, is_late: str, has_limit: str, by: str) -> tuple[Blame, ...]:
    found = log.rows(
        f"""
        WITH j AS (SELECT case_no, {is_late} AS late FROM verdict WHERE {has_limit}),
             n AS (SELECT count(*) FILTER (late) AS l, count(*) FILTER (NOT late) AS t FROM j),
             s AS (SELECT {by} AS code, sum(s.days) FILTER (late) / any_value(l) AS late,
                     coalesce(sum(s.days) FILTER (NOT late) / nullif(any_value(t), 0), 0) AS in_time
                   FROM spent s JOIN j USING (case_no), n GROUP BY 1)
        SELECT name, late, in_time, greatest(late - in_time, 0) / nullif(sum(greatest(late - in_time, 0)) OVER (), 0)
        FROM s JOIN {by}_name USING (code) WHERE late > 0 ORDER BY late - in_time DESC, 1
        """
    )
    return tuple(Blame(name, long, short, share or 0.0) for name, long, short, share in found)
