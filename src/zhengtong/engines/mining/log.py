"""A log in DuckDB: rows as they were read, and from them the table of events that every analysis asks.

`raw` holds a row per event with all its attributes as XES writes them (`more`); `event` holds the steps in order, with
numbers for names, so that what follows what is the next row. Memory is bounded: DuckDB puts the rest on disk.
"""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import duckdb

from zhengtong.common.text import Text, text
from zhengtong.engines.mining.errors import LogFault

MEMORY = "320MB"
TOLD = 20  # bad rows that are told one by one
WHY = {
    "no-activity": text("事件没有活动名称", "an event without a name of its activity"),
    "no-case": text("事件没有案件编号", "an event without a case"),
    "no-time": text("事件没有时间", "an event without a time"),
    "broken-time": text("无法识别的时间", "a time that cannot be read"),
    "broken-row": text("无法识别的行", "a row that cannot be read"),
}
MACROS = """
CREATE MACRO plain(t) AS CASE WHEN contains(t, '&') THEN
  replace(replace(replace(replace(replace(replace(t, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''),
    '&#10;', chr(10)), '&amp;', '&') ELSE t END;
CREATE MACRO xml(t) AS replace(replace(replace(replace(replace(trim(t), '&', '&amp;'), '<', '&lt;'), '"', '&quot;'),
  chr(10), '&#10;'), chr(13), '');
CREATE MACRO bare(more, name) AS
  nullif(split_part(split_part(more, 'key="' || name || '" value="', 2), '"', 1), '');
CREATE MACRO attr(more, name) AS plain(bare(more, name));
CREATE MACRO utc(t) AS CASE
  WHEN try_cast(t AS TIMESTAMPTZ) > TIMESTAMPTZ '1900-01-01' AND try_cast(t AS TIMESTAMPTZ) < TIMESTAMPTZ '2200-01-01'
  THEN timezone('UTC', try_cast(t AS TIMESTAMPTZ)) END;
"""
TABLES = """
CREATE TABLE raw (trace BIGINT, pos INTEGER, case_id VARCHAR, activity VARCHAR, moment TIMESTAMP, wall TIMESTAMP,
                  begun TIMESTAMP, more VARCHAR);
CREATE TABLE traces (trace BIGINT, case_id VARCHAR, more VARCHAR);
CREATE TABLE bad (why VARCHAR, line BIGINT, what VARCHAR);
"""


@dataclass(frozen=True)
class Keys:
    """Which attributes mean what. Empty means: find it by the usual names."""

    case: str = ""
    activity: str = ""
    moment: str = ""
    begun: str = ""  # when the work on the step began, where a row has both
    person: str = ""
    office: str = ""
    phase: str = ""
    due: str = ""  # by when the case was to be done


@dataclass(frozen=True)
class Bad:
    """Rows that were left out: why, how many, and of the first ones the line and what stood there."""

    why: str
    count: int
    lines: tuple[tuple[int, str], ...]

    @property
    def wording(self) -> Text:
        return WHY[self.why]


@dataclass(eq=False)
class Log:
    """An event log. Use it as a context: what it holds on disk goes with it.

    `event(case_no, seq, act, who, office, moment, wall, begun, src)` is in the order of case and sequence; `moment` is
    in UTC, `wall` and `begun` what the clock on the wall showed; `src` is `trace * 2**24 + pos` of its row in `raw`.
    `cases(case_no, case_id, trace, steps, first, last, opened, closed, is_open)`;
    names are in `act_name`, `who_name` and `office_name` by number.
    """

    name: str
    db: duckdb.DuckDBPyConnection
    keys: Keys = field(default_factory=Keys)
    header: str = ""  # of an XES file: what stood before the first trace
    folder: tempfile.TemporaryDirectory[str] | None = None
    open: int = 0  # cases that are known to go on, see `leave_open`

    def __enter__(self) -> "Log":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give back memory and disk."""
        self.db.close()
        if self.folder is not None:
            self.folder.cleanup()

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """What a query answers."""
        return self.db.execute(sql, values).fetchall()

    def value(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The one value that a query answers."""
        (row,) = self.rows(sql, values)
        return row[0]

    def leave_open(self, cases: Collection[str]) -> None:
        """Mark cases (by id) that go on: their way, their duration and whether they fit are not judged yet."""
        self.db.execute("UPDATE cases SET is_open = list_contains(?, case_id)", [list(cases)])
        self.open = self.value("SELECT count(*) FROM cases WHERE is_open")

    def ended(self) -> str:
        """The condition, in SQL, that a case has ended; quick where none is known to go on."""
        return "case_no NOT IN (SELECT case_no FROM cases WHERE is_open)" if self.open else "true"

    def bad(self) -> list[Bad]:
        """What was left out of the log, most frequent first."""
        found = self.rows(
            "SELECT why, count(*), list((line, what) ORDER BY line)[:?] FROM bad GROUP BY why ORDER BY 2 DESC, 1",
            [TOLD],
        )
        return [Bad(why, count, tuple((line, what) for line, what in lines)) for why, count, lines in found]


def empty(name: str, *, keys: Keys | None = None, memory: str = MEMORY, threads: int = 0) -> Log:
    """A log without rows; `memory` bounds what DuckDB keeps in memory before it uses the disk."""
    folder = tempfile.TemporaryDirectory(prefix="mining-")
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "temp_directory": folder.name,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if threads:
        settings["threads"] = threads
    db = duckdb.connect(config=settings)
    db.execute("SET TimeZone = 'UTC'")
    db.execute(MACROS)
    db.execute(TABLES)
    return Log(name, db, keys or Keys(), folder=folder)


def refuse_if_empty(log: Log) -> None:
    """LogFault where no row is left to mine."""
    if not log.value("SELECT count(*) FROM raw"):
        told = "; ".join(f"{each.count} x {each.wording['en']}" for each in log.bad())
        log.close()
        raise LogFault(text("日志中没有可用的事件。", f"the log holds no event that can be used. {told}".strip()))
