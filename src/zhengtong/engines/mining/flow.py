"""What follows what: the directly-follows graph and the variants of a log."""

from dataclasses import dataclass

from zhengtong.engines.mining.log import Log

BEGIN, END = "", "\x00"  # before the first step and after the last, where a name would stand


@dataclass(frozen=True, slots=True)
class Edge:
    """`target` came directly after `source`: how many times, in how many cases, and the median seconds between."""

    source: str
    target: str
    count: int
    cases: int
    median: float


@dataclass(frozen=True, slots=True)
class Step:
    """An activity: how often, in how many cases, how often first and last, and how often a case came back to it."""

    name: str
    count: int
    cases: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Cases that went the same way: the activities in order, how many, the median seconds from first to last."""

    way: tuple[str, ...]
    count: int
    median: float


PAIRS = """
SELECT case_no, act, lead(act) OVER () AS next, lead(case_no) OVER () AS next_case,
  moment, lead(moment) OVER () AS later FROM event
"""


def follows(log: Log) -> dict[tuple[str, str], int]:
    """How often each activity came directly after each: the counts of `edges` alone, and therefore quick."""
    names = _names(log)
    found = log.rows(f"SELECT act, next, count(*) FROM ({PAIRS}) WHERE case_no = next_case GROUP BY act, next")
    return {(names[source], names[target]): count for source, target, count in found}


def edges(log: Log) -> list[Edge]:
    """The directly-follows graph, most frequent first."""
    names = _names(log)
    found = log.rows(
        "SELECT act, next, count(*), count(DISTINCT case_no), median(epoch(later) - epoch(moment)) "
        f"FROM ({PAIRS}) WHERE case_no = next_case GROUP BY act, next ORDER BY 3 DESC, 1, 2"
    )
    return [Edge(names[source], names[target], *rest) for source, target, *rest in found]


def steps(log: Log) -> list[Step]:
    """The activities, most frequent first."""
    return [
        Step(*row)
        for row in log.rows(
            "SELECT name, count(*), count(DISTINCT case_no), count(*) FILTER (seq = 1), count(*) FILTER (seq = steps) "
            "FROM event JOIN cases USING (case_no) JOIN act_name ON code = act GROUP BY name ORDER BY 2 DESC, 1"
        )
    ]


def variants(log: Log, *, top: int = 0) -> list[Variant]:
    """The different ways that ended cases went, most frequent first; only the first `top` of them where that is given.

    Ways are told apart by two sums of 64-bit hashes of activity and place, so that no way is ever built for a case but
    the one that stands for its kind.
    """
    names = _names(log)
    found = log.rows(
        f"""
        WITH h AS (SELECT case_no, sum(hash(act, seq)) AS one, sum(hash(seq, act)) AS two FROM event
                   WHERE {log.ended()} GROUP BY case_no),
             v AS (SELECT min(case_no) AS case_no, count(*) AS cases, median(epoch(last) - epoch(first)) AS middle
                   FROM h JOIN cases USING (case_no) GROUP BY one, two ORDER BY cases DESC, 1 LIMIT ?)
        SELECT list(act ORDER BY seq), any_value(cases), any_value(middle) FROM event JOIN v USING (case_no)
        GROUP BY case_no ORDER BY 2 DESC, case_no
        """,
        [top or 1 << 62],
    )
    return [Variant(tuple(names[act] for act in way), count, median) for way, count, median in found]


def _names(log: Log) -> list[str]:
    return [name for (name,) in log.rows("SELECT name FROM act_name ORDER BY code")]
