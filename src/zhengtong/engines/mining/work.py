"""Who handed work to whom, what came back, what was done again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from zhengtong.engines.mining.log import Log

Who = Literal["office", "who"]
CORRECTING = (
    "补正|补齐|更正|改正|退回|correct|amend|supplement|resubmi|rectif|rejected|adjust|additional (data|info|document)"
    "|aanvull|herstel|nachforder|berichtig|compl[eé]ment|rettifica|integrazion|subsan"
)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Work went from one to another: how many times, in how many cases, the median seconds it then lay."""

    source: str
    target: str
    count: int
    cases: int
    median: float


@dataclass(frozen=True, slots=True)
class Return:
    """Work that came back to `office`, which had left it, from `other`: times, cases, median seconds it was away."""

    office: str
    other: str
    count: int
    cases: int
    away: float


@dataclass(frozen=True, slots=True)
class PingPong:
    """All returns of a log: the cases with any, of how many; the returns in all; and between whom."""

    cases: int
    of: int
    count: int
    returns: tuple[Return, ...]


@dataclass(frozen=True, slots=True)
class Rework:
    """An activity done again in a case: cases, repeats at once, repeats after something else came between."""

    name: str
    cases: int
    at_once: int
    later: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A step by which something is put right: how often, in how many cases, and in what share of all."""

    name: str
    count: int
    cases: int
    share: float


def hand_overs(log: Log, *, of: Who = "office") -> list[HandOver]:
    """Directly following steps of a case by different offices (`of="who"`: persons); steps by nobody do not count."""
    found = log.rows(
        f"""
        SELECT s.name, t.name, f.n, f.cases, f.middle FROM (
          SELECT {of} AS s, next AS t, count(*) AS n, count(DISTINCT case_no) AS cases,
                 median(epoch(later) - epoch(moment)) AS middle
          FROM (SELECT case_no, {of}, lead({of}) OVER () AS next, lead(case_no) OVER () AS next_case, moment,
                lead(moment) OVER () AS later FROM event)
          WHERE case_no = next_case AND {of} <> next GROUP BY ALL) f
        JOIN {_table(of)} s ON s.code = f.s JOIN {_table(of)} t ON t.code = f.t ORDER BY 3 DESC, 1, 2
        """
    )
    return [HandOver(*row) for row in found]


def ping_pong(log: Log, *, of: Who = "office") -> PingPong:
    """Work that came back to an office (a person) that it had left. Steps by nobody are passed over."""
    log.db.execute(RETURNS.format(of=of))
    cases, count = log.rows("SELECT count(DISTINCT case_no), count(*) FROM came_back")[0]
    found = log.rows(
        f"""
        SELECT o.name, p.name, count(*), count(DISTINCT case_no), median(away) FROM came_back
        JOIN {_table(of)} o ON o.code = office JOIN {_table(of)} p ON p.code = other GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
        """
    )
    return PingPong(cases, log.value("SELECT count(*) FROM cases"), count, tuple(Return(*row) for row in found))


RETURNS = """
CREATE OR REPLACE TEMP TABLE came_back AS
WITH e AS (SELECT case_no, {of} AS o, moment FROM event WHERE {of} IS NOT NULL),
     l AS (SELECT *, lag(o) OVER () AS before, lag(case_no) OVER () AS b, lead(o) OVER () AS after,
           lead(case_no) OVER () AS a FROM e),
     m AS (SELECT * FROM l WHERE b IS DISTINCT FROM case_no OR o <> before OR a IS DISTINCT FROM case_no OR after <> o),
     many AS (SELECT case_no FROM m WHERE b = case_no AND o <> before GROUP BY case_no HAVING count(*) > 1),
     w AS (SELECT *, max(CASE WHEN a IS DISTINCT FROM case_no OR after <> o THEN moment END) OVER (
             PARTITION BY case_no, o ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS left_at
           FROM (SELECT *, row_number() OVER () AS n FROM m WHERE case_no IN (FROM many)))
SELECT case_no, o AS office, before AS other, epoch(moment) - epoch(left_at) AS away FROM w
WHERE b = case_no AND o <> before AND left_at IS NOT NULL
"""


def rework(log: Log) -> list[Rework]:
    """Activities that cases had more than once, most repeats first."""
    found = log.rows(
        """
        SELECT name, count(DISTINCT case_no), count(*) FILTER (at_once), count(*) FILTER (NOT at_once) FROM (
          SELECT e.case_no, e.act, coalesce(e.act = e.before AND e.case_no = e.b, false) AS at_once,
                 row_number() OVER (PARTITION BY e.case_no, e.act ORDER BY seq) AS nth
          FROM (SELECT *, lag(act) OVER () AS before, lag(case_no) OVER () AS b FROM event) e
          WHERE (case_no, act) IN (SELECT (case_no, act) FROM event GROUP BY case_no, act HAVING count(*) > 1))
        JOIN act_name ON code = act WHERE nth > 1 GROUP BY name ORDER BY count(*) DESC, 1
        """
    )
    return [Rework(*row) for row in found]


def corrections(log: Log, *, names: Sequence[str] = (), pattern: str = CORRECTING) -> list[Correction]:
    """Steps by which something is put right: those `names`, else those whose name matches `pattern`."""
    where = "list_contains(?, name)" if names else "regexp_matches(lower(name), ?)"
    found = log.rows(
        "SELECT name, count(*), count(DISTINCT case_no), count(DISTINCT case_no) / (SELECT count(*) FROM cases) "
        f"FROM event JOIN act_name ON code = act WHERE {where} GROUP BY name ORDER BY 2 DESC, 1",
        [list(names) or pattern],
    )
    return [Correction(*row) for row in found]


def _table(of: Who) -> str:
    return "who_name" if of == "who" else "office_name"
