"""Times in tables: any of the usual ways to write them, also with day and time of day in columns of their own."""

import re
from collections.abc import Sequence

from zhengtong.engines.mining.log import Log

FORMATS = [
    *("%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"),
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y"),
    *("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H时%M分", "%Y年%m月%d日"),
    *(
        "%Y年%m月%d日 %H:%M",
        "%Y年%m月%d日%H:%M:%S",
        "%Y年%m月%d日%H:%M",
        "%Y年%m月%d日%H时%M分",
        "%Y.%m.%d %H:%M",
        "%Y.%m.%d",
    ),
    *("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M %p"),
    *("%d-%b-%Y %H:%M:%S", "%d-%b-%y %H:%M", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S", "%Y%m%d"),
]
DAYS = ("date", "datum", "fecha", "data", "day", "日期")  # in the name of a column of days …
CLOCKS = ("time", "uhrzeit", "hora", "heure", "tijd", "ora", "时间", "时刻")  # … and of its column of times of day
DAY = re.compile(r"^\s*\d{1,4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,4}\s*日?(\s*00:00(:00)?)?\s*$")
CLOCK = re.compile(r"^\s*(上午|下午|凌晨|中午|晚上)?\s*\d{1,2}\s*[:时点]\s*\d{1,2}[^-/年]*$")
HALVES = re.compile("上午|下午|凌晨|中午|晚上")  # of the day, as spreadsheets write them in Chinese
HOUR = r"(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2}(?:\.\d+)?))?"
MACROS = rf"""
CREATE OR REPLACE TEMP MACRO hour_of(t) AS try_cast(regexp_extract(t, '{HOUR}', 1) AS INTEGER);
CREATE OR REPLACE TEMP MACRO clock_of(t) AS printf('%02d:', CASE
    WHEN regexp_matches(t, '下午|晚上|中午|[Pp][Mm]') THEN hour_of(t) % 12 + 12
    WHEN regexp_matches(t, '上午|凌晨|[Aa][Mm]') THEN hour_of(t) % 12 ELSE hour_of(t) END)
  || lpad(regexp_extract(t, '{HOUR}', 2), 2, '0') || ':'
  || CASE regexp_extract(t, '{HOUR}', 3) WHEN '' THEN '00' ELSE lpad(regexp_extract(t, '{HOUR}', 3), 2, '0') END;
"""
SERIAL = "^[2-7][0-9]{4}([.][0-9]+)?$"  # days since the end of 1899, as spreadsheets count them
SINCE_1970 = {  # times as numbers, and what makes milliseconds of them
    "^1[0-9]{9}$": 1000,
    "^1[0-9]{12}$": 1,
}


def joined(log: Log, header: Sequence[str], column: str) -> None:
    """Where a column holds times of day alone, or days alone, put the other half before or behind from its own column.

    Halves of the day in Chinese (上午, 下午) become hours of twenty-four.
    """
    values = _sample(log, column)
    log.db.execute(MACROS)
    if _mostly(CLOCK, values):
        days = _partner(log, header, column, CLOCKS, DAYS, DAY)
        if days:
            log.db.execute(
                f"UPDATE batch SET {column} = trim(split_part({days}, ' 00:00', 1)) || ' ' || clock_of({column})"
            )
    elif _mostly(DAY, values):
        clocks = _partner(log, header, column, DAYS, CLOCKS, CLOCK)
        if clocks:
            joint = f"trim(split_part({column}, ' 00:00', 1)) || coalesce(' ' || clock_of({clocks}), '')"
            log.db.execute(f"UPDATE batch SET {column} = {joint}")
    elif any(HALVES.search(each) for each in values):
        day = f"trim(regexp_extract({column}, '^(.*?)(?:{HALVES.pattern})', 1))"
        log.db.execute(
            f"UPDATE batch SET {column} = {day} || ' ' || clock_of({column}) "
            f"WHERE regexp_matches({column}, '{HALVES.pattern}')"
        )


def _sample(log: Log, column: str) -> list[str]:
    return [row for (row,) in log.rows(f"SELECT {column} FROM batch WHERE trim({column}) <> '' LIMIT 5000")]


def _mostly(shape: re.Pattern[str], values: Sequence[str]) -> bool:
    return bool(values) and sum(shape.match(each) is not None for each in values) > 0.9 * len(values)


def _partner(
    log: Log, header: Sequence[str], column: str, words: Sequence[str], others: Sequence[str], shape: re.Pattern[str]
) -> str:
    """The column that is named as this one but for the word, or by the word alone, and holds what it should."""
    names = [each.strip().lower() for each in header]
    own = names[int(column[1:])]
    wanted = [own.replace(word, other) for word in words if word in own for other in others]
    for name in (*wanted, *others):
        if name in names and name != own:
            found = f"c{names.index(name)}"
            if _mostly(shape, _sample(log, found)):
                return found
    return ""


def reading(log: Log, column: str, dates: str) -> str:
    """SQL that turns a text into an ISO time: as it is, or by the format that reads most of the first rows."""
    sample = _sample(log, column)
    for pattern, factor in SINCE_1970.items():
        if sample and not dates and all(re.match(pattern, each.strip()) for each in sample):
            return f"strftime(epoch_ms(try_cast({{}} AS BIGINT) * {factor}), '%Y-%m-%dT%H:%M:%S.%gZ')"
    if sample and not dates and all(re.match(SERIAL, each.strip()) for each in sample):
        day = "TIMESTAMP '1899-12-30' + to_microseconds((try_cast({} AS DOUBLE) * 86400000)::BIGINT * 1000)"
        return f"strftime({day}, '%Y-%m-%dT%H:%M:%S')"
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
