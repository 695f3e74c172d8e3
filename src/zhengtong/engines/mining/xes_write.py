"""A log written as IEEE 1849 (XES): every attribute that was read stands in it again, with its type."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from zhengtong.engines.mining.log import Log

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
<global scope="event"><string key="concept:name" value="UNKNOWN"/><date key="time:timestamp" \
value="1970-01-01T00:00:00Z"/></global>
<classifier name="Activity" keys="concept:name"/>
"""
ROWS = """
SELECT r.trace, t.more, '<event>' || r.more || '</event>' FROM raw r LEFT JOIN traces t USING (trace)
ORDER BY r.trace, r.pos
"""


def write_xes(log: Log, path: str | os.PathLike[str]) -> int:
    """Write a log; gzipped where the name ends in `.gz`. How many events were written; bad rows are not among them."""
    with _opened(path) as file:
        file.write((log.header and _as_utf8(log.header)) or HEADER)
        count = 0
        for piece, events in _pieces(log):
            file.write(piece)
            count += events
        file.write("</log>\n")
    return count


def _opened(path: str | os.PathLike[str]) -> IO[str]:
    if Path(path).suffix == ".gz":
        return gzip.open(path, "wt", encoding="utf-8", newline="\n")
    return Path(path).open("w", encoding="utf-8", newline="\n")


def _as_utf8(header: str) -> str:
    """The header as it was, with the encoding that is written now."""
    start = header.find("<?xml")
    body = header[header.index("?>", start) + 2 :] if start >= 0 else header
    return '<?xml version="1.0" encoding="UTF-8"?>' + body


def _pieces(log: Log) -> Iterator[tuple[str, int]]:
    cursor = log.db.cursor().execute(ROWS)
    present: int | None = None
    while rows := cursor.fetchmany(5000):
        parts = list[str]()
        for trace, head, event in rows:
            if trace != present:
                parts.append(("" if present is None else "</trace>\n") + f"<trace>{head or ''}\n")
                present = trace
            parts.append(event + "\n")
        yield "".join(parts), len(rows)
    if present is not None:
        yield "</trace>\n", 0
