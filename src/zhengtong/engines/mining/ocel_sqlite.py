"""OCEL 2.0 as an SQLite database."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.ocel_entry import KINDS, SINCE, Entry, What, typed, types


def read_sqlite(path: str | os.PathLike[str]) -> Iterator[Entry]:
    """The objects and events of a database; of objects, what they were at first."""
    try:
        with closing(sqlite3.connect(f"file:{Path(path).absolute()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            yield from _sqlite_entries(db, "object")
            yield from _sqlite_entries(db, "event")
    except sqlite3.Error as fault:
        raise LogFault(text(f"不是 OCEL 2.0 数据库：{fault}", f"not an OCEL 2.0 database: {fault}")) from fault


def _sqlite_entries(db: sqlite3.Connection, what: What) -> Iterator[Entry]:
    relation = "event_object" if what == "event" else "object_object"
    source = "ocel_event_id" if what == "event" else "ocel_source_id"
    target = "ocel_object_id" if what == "event" else "ocel_target_id"
    number = 0
    for type_, table in db.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type").fetchall():
        name = '"' + f"{what}_{table}".replace('"', '""') + '"'
        order = "" if what == "event" else " WHERE ocel_changed_field IS NULL"
        for row in db.execute(f"SELECT * FROM {name}{order}"):
            number += 1
            known = {"ocel_id", "ocel_time", "ocel_changed_field"}
            attributes = tuple(
                (key, KINDS.get(type(row[key]), "string"), str(row[key]))
                for key in row.keys()  # noqa: SIM118
                if key not in known and row[key] is not None
            )
            links = db.execute(
                f"SELECT {target}, ocel_qualifier FROM {relation} WHERE {source} = ?", [row["ocel_id"]]
            ).fetchall()
            time = str(row["ocel_time"] or "") if what == "event" else ""
            yield Entry(
                what,
                str(row["ocel_id"]),
                type_,
                time,
                attributes,
                tuple((each[0], each[1] or "") for each in links),
                number,
            )


def write_sqlite(found: Iterable[Entry], path: Path) -> int:
    """Write objects and events into a new database; how many events there were."""
    every = list(found)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db, db:
        for what in ("event", "object"):
            db.execute(f"CREATE TABLE {what} (ocel_id TEXT PRIMARY KEY, ocel_type TEXT)")
            db.execute(f"CREATE TABLE {what}_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT)")
        db.execute("CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT)")
        db.execute("CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT)")
        db.execute("CREATE INDEX event_object_event ON event_object (ocel_event_id)")
        db.execute("CREATE INDEX object_object_source ON object_object (ocel_source_id)")
        tables = {type_: f"t{n}" for n, type_ in enumerate(types(every))}
        for (what, name), kinds in types(every).items():
            _create(db, what, name, tables[what, name], kinds)
        for entry in every:
            _insert(db, entry, tables[entry.what, entry.type])
    return sum(entry.what == "event" for entry in every)


def _create(db: sqlite3.Connection, what: str, name: str, table: str, kinds: dict[str, str]) -> None:
    db.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", [name, table])
    changed = ", ocel_changed_field TEXT" if what == "object" else ""
    columns = "".join(f", {_column(each)}" for each in kinds)
    db.execute(f"CREATE TABLE {what}_{table} (ocel_id TEXT, ocel_time TEXT{changed}{columns})")


def _insert(db: sqlite3.Connection, entry: Entry, table: str) -> None:
    db.execute(f"INSERT INTO {entry.what} VALUES (?, ?)", [entry.id, entry.type])
    columns = "".join(f", {_column(name)}" for name, _, _ in entry.attributes)
    values = [typed(kind, value) for _, kind, value in entry.attributes]
    places = ", ?" * len(values)
    time = entry.time or SINCE
    db.execute(
        f"INSERT INTO {entry.what}_{table} (ocel_id, ocel_time{columns}) VALUES (?, ?{places})",
        [entry.id, time, *values],
    )
    relation = "event_object" if entry.what == "event" else "object_object"
    db.executemany(f"INSERT INTO {relation} VALUES (?, ?, ?)", [(entry.id, *link) for link in entry.links])


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
