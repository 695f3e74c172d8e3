"""Tables as logs: CSV with a row per event, its columns found by their usual names or named by the caller."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from zhengtong.common.text import text
from zhengtong.engines.mining.errors import LogFault
from zhengtong.engines.mining.log import MEMORY, Keys, Log, empty
from zhengtong.engines.mining.order import put_in_order
from zhengtong.engines.mining.source import pieces

USUAL: dict[str, tuple[str, ...]] = {
    role: tuple(names.split(", "))
    for role, names in {
        "case": "case:concept:name, case id, case_id, caseid, case, trace, case number, 案件编号, 办件编号, 流水号, "
        "vorgang, fall, zaak, zaaknummer, dossier, pratica, expediente",
        "activity": "concept:name, activity, activity name, event, step, task, 环节, 步骤, 活动, 环节名称, "
        "aktivität, tätigkeit, activiteit, activité, attività, actividad",
        "moment": "time:timestamp, timestamp, complete timestamp, completed, completion time, end, end time, end_time, "
        "event time, event_time, datetime, ts, time, date, 办结时间, 完成时间, 结束时间, 时间, 日期, "
        "zeitstempel, zeitpunkt, tijdstip, datum, horodatage, data, fecha",
        "begun": "start_timestamp, start timestamp, start, start time, start_time, began, 开始时间, 接收时间",
        "person": "org:resource, resource, user, person, officer, employee, 经办人, 人员, 办理人, "
        "bearbeiter, medewerker, agent, addetto, funcionario",
        "office": "org:group, org:role, office, department, group, role, unit, 部门, 科室, 单位, 岗位, "
        "abteilung, amt, afdeling, service, ufficio, oficina",
        "phase": "lifecycle:transition, lifecycle, transition, phase",
    }.items()
}
STANDARD = {
    "activity": "concept:name",
    "moment": "time:timestamp",
    "begun": "start_timestamp",
    "person": "org:resource",
    "office": "org:group",
    "phase": "lifecycle:transition",
}
OF_CASE = "case:"  # columns of the case, as pm4py and others write them
FORMATS = [
    *("%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"),
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y"),
    *("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H时%M分", "%Y年%m月%d日"),
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M %p"),
    *("%d-%b-%Y %H:%M:%S", "%d-%b-%y %H:%M", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S", "%Y%m%d"),
]
SINCE_1970 = {  # times as numbers, and what makes milliseconds of them
    "^1[0-9]{9}$": 1000,
    "^1[0-9]{12}$": 1,
}
SAID = re.compile(r"sep=([,;\t|])\r?\n")  # in the first line, by which spreadsheets say their separator
SAMPLE = 64 << 10  # characters by which the shape of the table is judged


def read_csv(
    path: str | os.PathLike[str],
    *,
    keys: Keys | None = None,
    encoding: str = "",
    dates: str = "",
    memory: str = MEMORY,
) -> Log:
    """Read a table, gzipped or not, separated by comma, semicolon, tab or bar.

    `dates` is the format of its times (as of strftime); without it, ISO 8601, else whichever known format reads most.
    LogFault where no column of cases, activities or times is found; rows that cannot be read are told by `Log.bad`.
    """
    with tempfile.TemporaryDirectory(prefix="mining-") as folder:
        log = empty(Path(path).name, memory=memory)
        try:
            plain, sample = _plain(path, encoding, Path(folder) / "table.csv")
            separator, header, before = _columns(sample)
            log.keys = _found(header, keys or Keys())
            _load(log, plain, separator, len(header), before)
            _take_in(log, header, dates, before)
            return put_in_order(log)
        except BaseException:
            log.close()
            raise


def _plain(path: str | os.PathLike[str], encoding: str, to: Path) -> tuple[Path, str]:
    """The table as a plain file in UTF-8, and its begin."""
    sample = ""
    with to.open("w", encoding="utf-8", newline="") as file:
        for piece in pieces(path, encoding=encoding):
            written = piece if sample else piece.removeprefix("\ufeff")
            file.write(written)
            sample = sample or written[:SAMPLE]
    return to, sample


def _columns(sample: str) -> tuple[str, list[str], int]:
    """The separator, the names of the columns, and how many lines stand before the rows."""
    said = SAID.match(sample)
    sample = sample[said.end() :] if said else sample
    first = sample.split("\n", 1)[0]
    separator = said[1] if said else max(",;\t|", key=first.count)
    header = next(csv.reader(io.StringIO(sample), delimiter=separator), [])
    if len(header) < 3:
        raise LogFault(text("表格不足三列。", "the table has not three columns"), 1)
    return separator, [_once(name, header[:n]) for n, name in enumerate(header)], 2 if said else 1


def _once(name: str, before: Sequence[str]) -> str:
    """The name of a column, numbered where it was there before; LogFault where it would have to mean something."""
    there = [each.strip().lower() for each in before]
    if name.strip().lower() not in there:
        return name
    if any(name.strip().lower() in usual for usual in USUAL.values()):
        raise LogFault(text(f"列名 {name} 重复。", f"two columns have the same name: {name}"), 1)
    return f"{name}_{len(there) + 1}"


def _found(header: Sequence[str], keys: Keys) -> Keys:
    by_name = {name.strip().lower(): name for name in header}
    chosen = {}
    for role, usual in USUAL.items():
        given = getattr(keys, role)
        if given and given not in header:
            raise LogFault(text(f"没有列 {given}。", f"there is no column {given}: {', '.join(header)}"), 1)
        chosen[role] = given or next((by_name[name] for name in usual if name in by_name), "")
    missing = [role for role in ("case", "activity", "moment") if not chosen[role]]
    if missing:
        raise LogFault(
            text(
                f"找不到必需的列（{', '.join(missing)}），请指明。列有：{', '.join(header)}",
                f"no column found for {', '.join(missing)}: name it. There are {', '.join(header)}",
            ),
            1,
        )
    return Keys(**chosen, due=keys.due)


def _load(log: Log, plain: Path, separator: str, columns: int, before: int) -> None:
    """All rows as texts, by DuckDB; those it cannot split are kept apart with their line."""
    names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(columns))
    log.db.execute(
        f"CREATE OR REPLACE TEMP TABLE batch AS SELECT row_number() OVER () AS pos, * FROM read_csv(?, delim = ?, "
        f"quote = '\"', escape = '\"', header = false, skip = {before}, auto_detect = false, columns = {{{names}}}, "
        "store_rejects = true, rejects_limit = 100000, null_padding = false, "
        "max_line_size = 8000000, parallel = false)",
        [str(plain), separator],
    )
    log.db.execute(
        "INSERT INTO bad SELECT 'broken-row', line, min(left(error_message, 200)) FROM reject_errors GROUP BY line"
    )
    log.db.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")


def _take_in(log: Log, header: Sequence[str], dates: str, before: int) -> None:
    keys, db = log.keys, log.db
    column = {role: f"c{header.index(getattr(keys, role))}" for role in USUAL if getattr(keys, role)}
    reading = _reading(log, column["moment"], dates)
    begun = reading.format(column["begun"]) if keys.begun else "NULL"
    of_event = [_attribute(name, n, column) for n, name in enumerate(header) if _is_of_event(name, f"c{n}", column)]
    of_case = [_attribute(name, n, column) for n, name in enumerate(header) if not _is_of_event(name, f"c{n}", column)]
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE judged AS SELECT pos, nullif(trim({column['case']}), '') AS case_id, "
        f"nullif(trim({column['activity']}), '') AS activity, nullif(trim({column['moment']}), '') AS t, "
        f"{reading.format(column['moment'])} AS iso, utc(iso) AS moment, try_cast(iso AS TIMESTAMP) AS wall, "
        f"try_cast({begun} AS TIMESTAMP) AS begun, {' || '.join(of_event)} AS more, {' || '.join(of_case)} AS head, "
        "CASE WHEN case_id IS NULL THEN 'no-case' WHEN activity IS NULL THEN 'no-activity' "
        "WHEN t IS NULL THEN 'no-time' WHEN moment IS NULL THEN 'broken-time' END AS why FROM batch"
    )
    db.execute(
        f"INSERT INTO bad WITH r AS (SELECT line - row_number() OVER (ORDER BY line) - {before} AS good FROM bad) "
        f"SELECT why, pos + {before} + (SELECT count(*) FROM r WHERE good < pos), "
        "coalesce(CASE why WHEN 'broken-time' THEN t ELSE case_id END, '') FROM judged WHERE why IS NOT NULL"
    )
    db.execute(
        "INSERT INTO traces SELECT row_number() OVER (ORDER BY min(pos)), case_id, arg_min(head, pos) FROM judged "
        "WHERE why IS NULL GROUP BY case_id"
    )
    db.execute(
        "INSERT INTO raw SELECT trace, row_number() OVER (PARTITION BY trace ORDER BY j.pos), case_id, activity, "
        "moment, wall, begun, j.more FROM judged j JOIN traces USING (case_id) WHERE why IS NULL"
    )
    log.keys = Keys(due=keys.due)  # from here on everything has its standard name


def _is_of_event(name: str, column: str, columns: dict[str, str]) -> bool:
    return column != columns["case"] and not name.startswith(OF_CASE)


def _attribute(name: str, n: int, column: dict[str, str]) -> str:
    """SQL for the attribute of a row as XES writes it; under its standard name where it has a role."""
    role = next((role for role, each in column.items() if each == f"c{n}"), "")
    key = "concept:name" if role == "case" else STANDARD.get(role, name.removeprefix(OF_CASE))
    kind = "date" if role in ("moment", "begun") else "string"
    value = "coalesce(iso, '')" if role == "moment" else f"xml(c{n})"
    opened = f'<{kind} key="{_escaped(key)}" value="'.replace("'", "''")
    return f"coalesce('{opened}' || nullif({value}, '') || '\"/>', '')"


def _reading(log: Log, column: str, dates: str) -> str:
    """SQL that turns a text into an ISO time: as it is, or by the format that reads most of the first rows."""
    sample = [row for (row,) in log.rows(f"SELECT {column} FROM batch WHERE {column} IS NOT NULL LIMIT 5000")]
    for pattern, factor in SINCE_1970.items():
        if sample and not dates and all(re.match(pattern, each.strip()) for each in sample):
            return f"strftime(epoch_ms(try_cast({{}} AS BIGINT) * {factor}), '%Y-%m-%dT%H:%M:%S.%gZ')"
    best = ("", log.value("SELECT count(*) FROM (SELECT unnest(?::VARCHAR[]) AS t) WHERE utc(t) IS NOT NULL", [sample]))
    for each in (dates,) if dates else FORMATS:
        read = log.value(
            "SELECT count(*) FROM (SELECT unnest($1::VARCHAR[]) AS t) WHERE try_strptime(t, $2) IS NOT NULL",
            [sample, each],
        )
        if read > best[1] or dates:
            best = (each, read)
    if not best[0]:
        return "trim({})"
    quoted = best[0].replace("'", "''")
    return f"strftime(try_strptime(trim({{}}), '{quoted}'), '%Y-%m-%dT%H:%M:%S')"


def _escaped(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
