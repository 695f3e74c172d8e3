"""OCEL 2.0 (object-centric event logs, Berti et al. 2024): an event may belong to several objects of several types.

Whatever the file is (JSON, XML, SQLite), it is first a stream of `Entry`; DuckDB keeps all of it, and a log is made by
taking one type of object as the case.
"""

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.log import MEMORY, Keys, Log, empty
from zhengtong.engines.mining.ocel_entry import Attribute, Entry
from zhengtong.engines.mining.ocel_json import read_json, write_json
from zhengtong.engines.mining.ocel_sqlite import read_sqlite, write_sqlite
from zhengtong.engines.mining.ocel_xml import read_xml, write_xml
from zhengtong.engines.mining.order import put_in_order
from zhengtong.engines.mining.source import begin, pieces

SQLITE = b"SQLite format 3"  # begins every such file
BATCH = 20_000
WORKERS = {"office": "office", "who": "person"}  # what of a log that was none are objects beside its cases
ATTRIBUTE = r'<(\w+) key="([^"]*)" value="([^"]*)"/>'
TABLES = """
CREATE TABLE ocel_event (id VARCHAR, type VARCHAR, time VARCHAR, line BIGINT, more VARCHAR);
CREATE TABLE ocel_object (id VARCHAR, type VARCHAR, more VARCHAR);
CREATE TABLE ocel_link (source VARCHAR, target VARCHAR, qualifier VARCHAR);
"""
TYPES = """
SELECT o.type, count(DISTINCT l.source) AS events, count(DISTINCT o.id) AS objects
FROM ocel_object o JOIN ocel_link l ON l.target = o.id JOIN ocel_event e ON e.id = l.source
GROUP BY o.type ORDER BY events DESC, o.type = 'case' DESC, objects DESC, o.type
"""
FLATTENED = """
CREATE OR REPLACE TEMP TABLE judged AS
WITH f AS (SELECT DISTINCT o.id AS case_id, o.more AS head, e.id AS event, e.type, e.time, e.line, e.more
           FROM ocel_event e LEFT JOIN ocel_link l ON l.source = e.id LEFT JOIN ocel_object o
             ON o.id = l.target AND o.type = $1)
SELECT *, utc(time) AS moment, try_cast(time AS TIMESTAMP) AS wall,
  CASE WHEN type IS NULL THEN 'no-activity' WHEN time IS NULL THEN 'no-time'
       WHEN utc(time) IS NULL THEN 'broken-time' END AS why FROM f WHERE case_id IS NOT NULL
"""
TAKEN_IN = """
INSERT INTO bad SELECT 'no-case', line, coalesce(type, '') FROM ocel_event WHERE id IS NULL OR id NOT IN (
  SELECT l.source FROM ocel_link l JOIN ocel_object o ON o.id = l.target WHERE l.source IS NOT NULL);
INSERT INTO bad SELECT DISTINCT why, line, coalesce(CASE why WHEN 'broken-time' THEN time ELSE event END, '')
  FROM judged WHERE why IS NOT NULL;
INSERT INTO traces SELECT row_number() OVER (ORDER BY min(line), case_id), case_id, any_value(
  '<string key="concept:name" value="' || xml(case_id) || '"/>' || head) FROM judged WHERE why IS NULL GROUP BY case_id;
INSERT INTO raw SELECT trace, row_number() OVER (PARTITION BY trace ORDER BY line), case_id, type, moment, wall, NULL,
  '<string key="concept:name" value="' || xml(type) || '"/><date key="time:timestamp" value="' || time || '"/>'
  || j.more
  FROM judged j JOIN traces USING (case_id) WHERE why IS NULL
"""


def read_ocel(path: str | os.PathLike[str], *, case: str = "", keys: Keys | None = None, memory: str = MEMORY) -> Log:
    """Read an OCEL 2.0 file and take the objects of the type `case` as cases.

    Without it, it is the type that most events belong to; `object_types` tells which there are. Events without an
    object of that type are left out; those without any that the file describes are told as bad. LogFault where the
    file is none or has no such type.
    """
    log = empty(Path(path).name, keys=keys, memory=memory)
    try:
        log.db.execute(TABLES)
        _keep(log, _entries(path))
        types = object_types(log)
        if not types:
            raise LogFault(text("没有事件属于任何对象。", "no event belongs to an object that the file describes"))
        if case and case not in types:
            told = ", ".join(types)
            raise LogFault(text(f"没有对象类型 {case}。现有：{told}", f"no object type {case}: there are {told}"))
        log.db.execute(FLATTENED, [case or next(iter(types))])
        log.db.execute(TAKEN_IN)
        return put_in_order(log)
    except BaseException:
        log.close()
        raise


def write_ocel(log: Log, path: str | os.PathLike[str]) -> int:
    """Write a log as OCEL 2.0, as its name says (`.json`, `.xml`, `.sqlite`). How many events were written."""
    writers = {".json": write_json, ".jsonocel": write_json, ".xml": write_xml, ".xmlocel": write_xml}
    writers |= {".sqlite": write_sqlite}
    if Path(path).suffix not in writers:
        raise LogFault(text("扩展名应为 .json、.xml 或 .sqlite。", "the name must end in .json, .xml or .sqlite"))
    return writers[Path(path).suffix](entries_of(log), Path(path))


def _entries(path: str | os.PathLike[str]) -> Iterator[Entry]:
    if begin(path, 15) == SQLITE:
        return read_sqlite(path)
    stream = pieces(path)
    first = next(stream, "")
    read = read_json if first.lstrip("\ufeff \t\r\n").startswith(("{", "[")) else read_xml
    return read(chain([first], stream))


def object_types(log: Log) -> dict[str, int]:
    """The types of object of a log that was read from OCEL, and how many events belong to each, most first."""
    return {name: events for name, events, _ in log.rows(TYPES)}


def entries_of(log: Log) -> Iterator[Entry]:
    """What to write of a log as OCEL: all that was read where it was OCEL, else cases, offices, persons as objects."""
    if log.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'ocel_event'"):
        yield from _read_before(log)
        return
    for kind in ("office", "who"):
        for (name,) in log.rows(f"SELECT name FROM {kind}_name ORDER BY code"):
            yield Entry("object", f"{WORKERS[kind]}:{name}", WORKERS[kind], "", (), (), 0)
    for case, more in log.db.cursor().execute("SELECT DISTINCT ON (case_id) case_id, more FROM traces").fetchall():
        yield Entry("object", case, "case", "", _attributes(more, but="concept:name"), (), 0)
    cursor = log.db.cursor().execute(
        "SELECT c.case_id || '#' || seq, a.name, strftime(e.moment, '%Y-%m-%dT%H:%M:%S.%gZ'), c.case_id, r.more, "
        "o.name, w.name FROM event e JOIN cases c USING (case_no) JOIN act_name a ON a.code = act "
        "LEFT JOIN office_name o ON o.code = office LEFT JOIN who_name w ON w.code = who "
        "JOIN raw r ON r.trace = e.src >> 24 "
        "AND r.pos = e.src & 16777215 ORDER BY case_no, seq"
    )
    while rows := cursor.fetchmany(5000):
        for id_, name, moment, case, more, *workers in rows:
            rest = tuple(each for each in _attributes(more, but="concept:name") if each[0] != "time:timestamp")
            by = [(f"{kind}:{each}", kind) for kind, each in zip(WORKERS.values(), workers, strict=True) if each]
            yield Entry("event", id_, name, moment, rest, ((case, "case"), *by), 0)


def _read_before(log: Log) -> Iterator[Entry]:
    links: dict[str, list[tuple[str, str]]] = {}
    for source, target, qualifier in log.rows("SELECT source, target, qualifier FROM ocel_link"):
        links.setdefault(source, []).append((target, qualifier))
    for id_, type_, more in log.rows("SELECT id, type, more FROM ocel_object"):
        yield Entry("object", id_, type_, "", _attributes(more), tuple(links.get(id_, ())), 0)
    for id_, type_, time, more in log.rows("SELECT id, type, time, more FROM ocel_event ORDER BY line"):
        yield Entry("event", id_, type_, time, _attributes(more), tuple(links.get(id_, ())), 0)


def _keep(log: Log, stream: Iterator[Entry]) -> None:
    events: list[list[object]] = [[] for _ in range(5)]
    objects: list[list[object]] = [[] for _ in range(3)]
    links: list[list[object]] = [[] for _ in range(3)]
    for entry in stream:
        more = "".join(_tag(each) for each in entry.attributes)
        row = (entry.id, entry.type or None, entry.time or None, entry.line, more)
        _add(
            events if entry.what == "event" else objects, row if entry.what == "event" else (entry.id, entry.type, more)
        )
        for target, qualifier in entry.links:
            _add(links, (entry.id, target, qualifier))
        if len(events[0]) + len(objects[0]) >= BATCH:
            _put(log, events, objects, links)
    _put(log, events, objects, links)


def _add(columns: list[list[object]], row: tuple[object, ...]) -> None:
    for column, value in zip(columns, row, strict=True):
        column.append(value)


def _put(log: Log, *tables: list[list[object]]) -> None:
    for name, columns in zip(("ocel_event", "ocel_object", "ocel_link"), tables, strict=True):
        kinds = ["BIGINT" if name == "ocel_event" and n == 3 else "VARCHAR" for n in range(len(columns))]
        values = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(kinds, 1))
        log.db.execute(f"INSERT INTO {name} SELECT {values}", columns)
        for column in columns:
            column.clear()


def _tag(attribute: Attribute) -> str:
    name, kind, value = attribute
    quoted = {'"': "&quot;", "\n": "&#10;"}
    return f'<{kind} key="{escape(name, quoted)}" value="{escape(value, quoted)}"/>'


def _attributes(more: str, *, but: str = "") -> tuple[Attribute, ...]:
    plain = {"&quot;": '"', "&apos;": "'", "&#10;": "\n"}
    found = re.findall(ATTRIBUTE, more or "")
    return tuple((unescape(name, plain), kind, unescape(value, plain)) for kind, name, value in found if name != but)
