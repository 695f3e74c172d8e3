"""A log written as a table: a row per event, in order, under the names that other tools know."""

import csv
import os
from pathlib import Path

from zhengtong.engines.mining.log import Log

COLUMNS = ["case:concept:name", "seq", "concept:name", "time:timestamp", "start_timestamp", "org:resource", "org:group"]
ROWS = """
SELECT case_id, seq::VARCHAR, a.name, strftime(e.moment, '%Y-%m-%dT%H:%M:%S.%gZ'),
  strftime(e.begun - (e.wall - e.moment), '%Y-%m-%dT%H:%M:%S.%gZ'), w.name, o.name
FROM event e JOIN cases USING (case_no) JOIN act_name a ON a.code = act
LEFT JOIN who_name w ON w.code = who LEFT JOIN office_name o ON o.code = office ORDER BY case_no, seq
"""


def write_csv(log: Log, path: str | os.PathLike[str]) -> int:
    """Write the events of a log, times in UTC to the millisecond. How many were written."""
    count = 0
    cursor = log.db.cursor().execute(ROWS)
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        while rows := cursor.fetchmany(5000):
            table.writerows([[value or "" for value in row] for row in rows])
            count += len(rows)
    return count
