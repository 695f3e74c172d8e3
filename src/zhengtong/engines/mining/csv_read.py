"""Tables as logs: CSV with a row per event, its columns found by their usual names or named by the caller."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from zhengtong.engines.mining.csv_columns import OF_CASE, STANDARD, USUAL, columns, found
from zhengtong.engines.mining.csv_quotes import close, further_lines, is_open
from zhengtong.engines.mining.csv_times import joined, reading
from zhengtong.engines.mining.log import MEMORY, Keys, Log, empty
from zhengtong.engines.mining.order import put_in_order
from zhengtong.engines.mining.source import pieces

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
            separator, header, before = columns(sample, keys or Keys())
            log.keys = found(header, keys or Keys())
            _load(log, plain, separator, len(header), before)
            if is_open(log, plain, len(header)):
                close(plain)
                log.db.execute("DELETE FROM bad")
                _load(log, plain, separator, len(header), before)
            _take_in(log, header, dates, before)
            return put_in_order(log)
        except BaseException:
            log.close()
            raise


def _plain(path: str | os.PathLike[str], encoding: str, to: Path) -> tuple[Path, str]:
    """The table as a plain file in UTF-8, and its begin."""
    sample, only_returns = "", False  # ends of line as old Macintoshes wrote them
    with to.open("w", encoding="utf-8", newline="") as file:
        for piece in pieces(path, encoding=encoding):
            written = piece if sample else piece.removeprefix("\ufeff")
            only_returns = only_returns if sample else "\r" in written and "\n" not in written
            written = written.replace("\r", "\n") if only_returns else written
            file.write(written)
            sample = sample or written[:SAMPLE]
    return to, sample


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
    for role in ("moment", "begun"):
        if role in column:
            joined(log, header, column[role])
    written = reading(log, column["moment"], dates)
    begun = written.format(column["begun"]) if keys.begun else "NULL"
    of_event = [_attribute(name, n, column) for n, name in enumerate(header) if _is_of_event(name, f"c{n}", column)]
    of_case = [_attribute(name, n, column) for n, name in enumerate(header) if not _is_of_event(name, f"c{n}", column)]
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE judged AS SELECT pos, nullif(trim({column['case']}), '') AS case_id, "
        f"nullif(trim({column['activity']}), '') AS activity, nullif(trim({column['moment']}), '') AS t, "
        f"{written.format(column['moment'])} AS iso, utc(iso) AS moment, try_cast(iso AS TIMESTAMP) AS wall, "
        f"try_cast({begun} AS TIMESTAMP) AS begun, {' || '.join(of_event)} AS more, {' || '.join(of_case)} AS head, "
        "CASE WHEN case_id IS NULL THEN 'no-case' WHEN activity IS NULL THEN 'no-activity' "
        "WHEN t IS NULL THEN 'no-time' WHEN moment IS NULL THEN 'broken-time' END AS why FROM batch"
    )
    _tell(log, len(header), before)
    db.execute(
        "INSERT INTO traces SELECT row_number() OVER (ORDER BY min(pos)), case_id, arg_min(head, pos) FROM judged "
        "WHERE why IS NULL GROUP BY case_id"
    )
    db.execute(
        "INSERT INTO raw SELECT trace, row_number() OVER (PARTITION BY trace ORDER BY j.pos), case_id, activity, "
        "moment, wall, begun, j.more FROM judged j JOIN traces USING (case_id) WHERE why IS NULL"
    )
    log.keys = Keys(due=keys.due)  # from here on everything has its standard name


def _tell(log: Log, columns: int, before: int) -> None:
    """Bad rows by the lines of the file: rows that could not be split are not in it, and values may hold lines."""
    inner = further_lines(columns)
    log.db.execute(
        "CREATE OR REPLACE TEMP TABLE placed AS "
        f"WITH r AS (SELECT line - row_number() OVER (ORDER BY line) - {before} AS good FROM bad) "
        f"SELECT pos, pos + {before} + (SELECT count(*) FROM r WHERE good < pos) AS line, {inner} AS further "
        f"FROM batch WHERE {inner} > 0 OR pos IN (SELECT pos FROM judged WHERE why IS NOT NULL)"
    )
    log.db.execute(
        "INSERT INTO bad SELECT why, line, coalesce(CASE why WHEN 'broken-time' THEN t ELSE case_id END, '') "
        "FROM judged JOIN placed USING (pos) WHERE why IS NOT NULL"
    )
    log.db.execute(
        "UPDATE bad SET line = line + (SELECT coalesce(sum(further), 0) FROM placed WHERE further > 0 "
        "AND placed.line < bad.line)"
    )


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


def _escaped(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
