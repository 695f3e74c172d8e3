"""A log that a program has at hand: events with their number in their case, one by one or as columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from zhengtong.engines.mining.log import MEMORY, Log, empty
from zhengtong.engines.mining.order import put_in_order
from zhengtong.engines.mining.rows import TAKE_IN
from zhengtong.engines.mining.xes_exact import tag

BATCH = 20_000  # events
COLUMNS = {
    "case_id": "VARCHAR",
    "number": "INTEGER",
    "activity": "VARCHAR",
    "moment": "VARCHAR",
    "person": "VARCHAR",
    "office": "VARCHAR",
    "begun": "VARCHAR",
}
GIVEN = "CREATE TABLE given (" + ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items()) + ")"
UNNESTED = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(COLUMNS.values(), 1))
NUMBERED = """
CREATE OR REPLACE TEMP TABLE trace_of AS
  SELECT case_id, row_number() OVER (ORDER BY min(rowid)) AS trace FROM given GROUP BY case_id;
CREATE MACRO written(kind, key, value) AS
  coalesce('<' || kind || ' key="' || key || '" value="' || nullif(xml(value), '') || '"/>', '');
CREATE OR REPLACE TEMP TABLE batch AS SELECT trace, number AS pos, 0::BIGINT AS line, case_id, activity, moment AS t,
  begun AS b, written('string', 'concept:name', activity) || written('date', 'time:timestamp', moment)
    || written('date', 'start_timestamp', begun) || written('string', 'org:resource', person)
    || written('string', 'org:group', office) AS more
  FROM given JOIN trace_of USING (case_id)
"""
KNOWN = """
INSERT INTO traces SELECT trace, case_id, coalesce(k.more, written('string', 'concept:name', case_id))
  FROM trace_of LEFT JOIN (SELECT unnest($1::VARCHAR[]) AS case_id, unnest($2::VARCHAR[]) AS more) k USING (case_id)
"""


@dataclass(frozen=True, slots=True)
class Given:
    """One event. `number` orders the events of a case whose times are equal; `at` says its own time zone."""

    case: str
    number: int
    activity: str
    at: datetime
    person: str = ""
    office: str = ""
    begun: datetime | None = None  # when somebody took the work up, where that is known


About = Mapping[str, Mapping[str, str | date]]  # attributes of cases by number


def log_of(name: str, events: Iterable[Given], *, cases: About | None = None, memory: str = MEMORY) -> Log:
    """A log of these events, in any order; LogFault where there is none."""
    rest = map(_row, events)

    def fill(log: Log) -> None:
        while batch := list(islice(rest, BATCH)):
            columns = [list(column) for column in zip(*batch, strict=True)]
            log.db.execute(f"INSERT INTO given SELECT {UNNESTED}", columns)

    return log_from(name, fill, cases=cases, memory=memory)


def log_from(name: str, fill: Callable[[Log], None], *, cases: About | None = None, memory: str = MEMORY) -> Log:
    """A log of what `fill` puts into its table `given` (see COLUMNS), in any order; LogFault where there is nothing.

    `moment` and `begun` are written by ISO 8601 with the offset of the clock on the wall. `cases` is read afterwards.
    """
    log = empty(name, memory=memory)
    try:
        log.db.execute(GIVEN)
        fill(log)
        log.db.execute(NUMBERED)
        log.db.execute(TAKE_IN)
        told = [(case, _attributes(case, about)) for case, about in (cases or {}).items()]
        log.db.execute(KNOWN, [[case for case, _ in told], [more for _, more in told]])
        log.db.execute("DROP TABLE given; DROP TABLE trace_of")
        return put_in_order(log)
    except BaseException:
        log.close()
        raise


def _row(event: Given) -> tuple[object, ...]:
    begun = event.begun.astimezone(event.at.tzinfo).isoformat() if event.begun else None
    return event.case, event.number, event.activity, event.at.isoformat(), event.person, event.office, begun


def _attributes(case: str, about: Mapping[str, str | date]) -> str:
    """What is known of a case, as XES writes it; a day with its type."""
    return "".join(
        tag("date", {"key": key, "value": value.isoformat()}) + "/>"
        if isinstance(value, date)
        else tag("string", {"key": key, "value": value}) + "/>"
        for key, value in {"concept:name": case, **about}.items()
        if value
    )
