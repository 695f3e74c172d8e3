"""Rows for a log that Python has read: gathered, put into DuckDB by columns, bad ones told apart there."""

from typing import Any

from zhengtong.engines.mining.log import Log

BATCH = 20_000  # rows
COLUMNS = {
    "trace": "BIGINT",
    "pos": "INTEGER",
    "line": "BIGINT",
    "case_id": "VARCHAR",
    "activity": "VARCHAR",
    "t": "VARCHAR",
    "b": "VARCHAR",
    "more": "VARCHAR",
}
UNNESTED = ", ".join(f"unnest(${n}::{kind}[]) AS {name}" for n, (name, kind) in enumerate(COLUMNS.items(), 1))
TAKE_IN = """
CREATE OR REPLACE TEMP TABLE judged AS SELECT *, utc(t) AS moment, try_cast(t AS TIMESTAMP) AS wall,
  CASE WHEN case_id IS NULL THEN 'no-case' WHEN activity IS NULL THEN 'no-activity' WHEN t IS NULL THEN 'no-time'
       WHEN utc(t) IS NULL THEN 'broken-time' END AS why FROM batch;
INSERT INTO bad SELECT why, line, coalesce(CASE why WHEN 'broken-time' THEN t WHEN 'no-case' THEN activity
  ELSE case_id END, '') FROM judged WHERE why IS NOT NULL;
INSERT INTO raw SELECT trace, pos, case_id, activity, moment, wall, try_cast(b AS TIMESTAMP), more FROM judged
  WHERE why IS NULL;
"""


class Rows:
    """What has been read and is not in the log yet."""

    def __init__(self, log: Log) -> None:
        self.db = log.db
        self._empty()

    def _empty(self) -> None:
        self.columns: list[list[Any]] = [[] for _ in COLUMNS]
        self.traces: list[list[Any]] = [[], [], []]

    def add(self, *row: Any) -> None:
        """One event: trace, position, line, case, activity, time, begin of the work, attributes."""
        for column, value in zip(self.columns, row, strict=True):
            column.append(value)
        if len(self.columns[0]) >= BATCH:
            self.flush()

    def add_trace(self, *row: Any) -> None:
        """One trace: number, case, attributes."""
        for column, value in zip(self.traces, row, strict=True):
            column.append(value)
        if len(self.traces[0]) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Put everything into the log."""
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE batch AS SELECT {UNNESTED}", self.columns)
        self.db.execute(TAKE_IN)
        self.db.execute(
            "INSERT INTO traces SELECT unnest($1::BIGINT[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[])", self.traces
        )
        self._empty()
