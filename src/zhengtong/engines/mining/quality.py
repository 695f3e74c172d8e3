"""How good the log itself is: what was left out, what is doubtful. To be told before any figure of it is believed."""

from dataclasses import dataclass

from zhengtong.engines.mining.log import Bad, Log


@dataclass(frozen=True, slots=True)
class Quality:
    """`tied` events have the time of the one before in their case; `unsorted` stood in the file after a later one;
    `doubled` are rows equal to another of their case in everything (they are kept); `split` cases stood in several
    traces and were joined; `nobody` are events without a person."""

    events: int
    cases: int
    bad: tuple[Bad, ...]
    tied: int
    unsorted: int
    doubled: int
    split: int
    nobody: int
    open: int  # cases that go on


def quality(log: Log) -> Quality:
    """Count what is doubtful."""
    events, cases, nobody = log.rows("SELECT count(*), count(DISTINCT case_no), count(*) - count(who) FROM event")[0]
    tied = log.value(
        "SELECT count(*) FROM (SELECT moment = lag(moment) OVER () AND case_no = lag(case_no) OVER () AS t FROM event) "
        "WHERE t"
    )
    unsorted = log.value(
        "SELECT count(*) FROM (SELECT moment < lag(moment) OVER (PARTITION BY trace ORDER BY pos) AS u FROM raw) "
        "WHERE u"
    )
    doubled = log.value(
        "SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM raw "
        "GROUP BY case_id, activity, moment, hash(more) HAVING count(*) > 1)"
    )
    split = log.value("SELECT count(*) FROM (SELECT case_id FROM raw GROUP BY case_id HAVING min(trace) < max(trace))")
    return Quality(events, cases, tuple(log.bad()), tied, unsorted, doubled, split, nobody, log.open)
