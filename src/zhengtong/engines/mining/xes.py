"""IEEE 1849 (XES) logs: read by DuckDB where the text has the usual shape, by an XML parser wherever it has not.

Traces in the usual shape (attributes without children, double quotes, key before value) are cut by string functions; a
regular expression proves that a whole piece has that shape. From the first piece that has not, to the end of the file,
expat reads: it is slower, knows all of XML, and tells the line of whatever is wrong.
"""

import os
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from zhengtong.engines.mining.log import MEMORY, Keys, Log, empty
from zhengtong.engines.mining.order import put_in_order
from zhengtong.engines.mining.source import pieces
from zhengtong.engines.mining.xes_exact import Exact, is_header

END = "</trace>"
FIRST = re.compile(r"<trace[\s>/]")
LONGEST = 32 << 20  # characters of one trace that are cut as text
VALUE = r'"(?:[^"<&\n\r\t]|&(?:amp|lt|gt|quot|apos);)*"'
ATTRIBUTES = rf"\s*(?:<(?:string|date|int|float|boolean|id) key={VALUE} value={VALUE}\s*/>\s*)*"
TRACES = f"""
CREATE OR REPLACE TEMP TABLE t AS
SELECT unnest(string_split($1, '{END}')[:-2]) AS t, generate_subscripts(string_split($1, '{END}')[:-2], 1) AS n
"""
HEADS = rf"""
CREATE OR REPLACE TEMP TABLE h AS
SELECT n, coalesce({{attr}}(s[1], $1), '#' || ($2 + n)) AS case_id, split_part(s[1], '<trace>', 2) AS head,
  s[2:] AS events,
  regexp_full_match(s[1], '\s*<trace>{ATTRIBUTES}') AS is_regular
FROM (SELECT n, string_split(t, '<event>') AS s FROM t)
"""
EVENTS = rf"""
CREATE OR REPLACE TEMP TABLE cut AS
SELECT n, pos, case_id, {{attr}}(e, $1) AS activity, {{attr}}(e, $2) AS t,
  utc(t) AS moment, try_cast(t AS TIMESTAMP) AS wall, {{begun}} AS begun, split_part(e, '</event>', 1) AS more,
  is_regular AND regexp_full_match(e, '{ATTRIBUTES}</event>\s*') AS is_regular
FROM (SELECT n, case_id, is_regular, unnest(events) AS e, generate_subscripts(events, 1)::INTEGER AS pos FROM h)
"""
IRREGULAR = """
SELECT count(DISTINCT n),
  count(*) FILTER (NOT is_regular OR activity IS NULL OR moment IS NULL) FROM cut
"""
KEEP = "INSERT INTO raw SELECT $1 + n, pos, case_id, activity, moment, wall, begun, more FROM cut"
KEEP_TRACES = "INSERT INTO traces SELECT $1 + n, case_id, head FROM h"


def read_xes(
    path: str | os.PathLike[str],
    *,
    keys: Keys | None = None,
    encoding: str = "",
    memory: str = MEMORY,
    size: int = 4 << 20,
    exactly: bool = False,
) -> Log:
    """Read a log, gzipped or not. LogFault where it is no XES; bad rows are left out and told by `Log.bad`.

    `exactly` leaves the quick way out; `size` is how many bytes are read at a time.
    """
    log = empty(Path(path).name, keys=keys, memory=memory)
    try:
        stream = pieces(path, encoding=encoding, size=size)
        _read(log, stream, exactly)
        return put_in_order(log)
    except BaseException:
        log.close()
        raise


def _read(log: Log, stream: Iterator[str], exactly: bool) -> None:
    header, rest = ("", next(stream, "")) if exactly else _header(stream)
    exact = Exact(log)
    if not header or not is_header(header):
        exact.run(chain([header + rest], stream))
        return
    log.header = header
    log.db.execute("SET threads = 1")  # pieces are small, and stay in their order
    line = 1 + header.count("\n")
    trace = 0
    for text in chain([""], stream):
        rest += text
        cut = rest.rfind(END) + len(END)
        if cut < len(END):
            if len(rest) > LONGEST:
                break
            continue
        count = _quickly(log, rest[:cut], trace)
        if count < 0:
            break
        line += rest.count("\n", 0, cut)
        trace += count
        rest = rest[cut:]
    exact.run(chain([rest], stream), after=header, line=line, trace=trace)


def _header(stream: Iterator[str]) -> tuple[str, str]:
    """What stands before the first trace, and what was read beyond."""
    text = ""
    for piece in stream:
        text += piece
        found = FIRST.search(text)
        if found:
            return text[: found.start()], text[found.start() :]
        if len(text) > LONGEST:
            break
    return "", text


def _quickly(log: Log, text: str, trace: int) -> int:
    """Take in whole traces; how many there were, or -1 where they have not the usual shape."""
    if "<!" in text or "<?" in text:
        return -1
    keys, db = log.keys, log.db
    attr = "attr" if "&" in text else "bare"
    begun = f"try_cast(attr(e, '{_quoted(keys.begun)}') AS TIMESTAMP)" if keys.begun else "NULL::TIMESTAMP"
    db.execute(TRACES, [text])
    db.execute(HEADS.format(attr=attr), [keys.case or "concept:name", trace])
    names = [keys.activity or "concept:name", keys.moment or "time:timestamp"]
    db.execute(EVENTS.format(attr=attr, begun=begun), names)
    found, irregular = log.rows(IRREGULAR)[0]
    if irregular or found != text.count(END):
        return -1
    db.execute(KEEP, [trace])
    db.execute(KEEP_TRACES, [trace])
    return int(found)


def _quoted(name: str) -> str:
    return name.replace("'", "''")
