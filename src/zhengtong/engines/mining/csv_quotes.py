"""Tables in which a quotation mark is opened and never closed: else all that follows would be one value, or be lost."""

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhengtong.engines.mining.log import Log

LONGEST = 50  # lines that one value may hold


def further_lines(columns: int) -> str:
    """SQL for how many lines a row of the loaded table takes beside its first."""
    return " + ".join(f"coalesce(length(c{n}) - length(replace(c{n}, chr(10), '')), 0)" for n in range(columns))


def is_open(log: Log, plain: Path, columns: int) -> bool:
    """Whether a value has swallowed rows of the table that was loaded: more lines than its rows account for."""
    inner = further_lines(columns)
    rows, within, most = log.rows(f"SELECT count(*), coalesce(sum({inner}), 0), coalesce(max({inner}), 0) FROM batch")[
        0
    ]
    lines = quotes = 0
    with plain.open(encoding="utf-8", newline="") as file:
        for piece in iter(lambda: file.read(1 << 20), ""):
            lines, quotes = lines + piece.count("\n"), quotes + piece.count('"')
    told = log.value("SELECT count(*) FROM bad")
    return bool(quotes % 2 or most > LONGEST or lines - rows - within - told > LONGEST)


def close(plain: Path) -> None:
    """Write the table anew: a line whose mark is not closed soon becomes a row that cannot be read, and is told."""
    mended = plain.with_suffix(".mended")
    with plain.open(encoding="utf-8", newline="") as file, mended.open("w", encoding="utf-8", newline="") as to:
        to.writelines(_closed(file))
    mended.replace(plain)


def _closed(lines: Iterable[str]) -> Iterator[str]:
    rest, waiting = iter(lines), deque[str]()
    while True:
        line = waiting.popleft() if waiting else next(rest, "")
        if not line:
            return
        if line.count('"') % 2 == 0:
            yield line
            continue
        while len(waiting) < LONGEST and (further := next(rest, "")):
            waiting.append(further)
        end = next((n for n, each in enumerate(waiting, 1) if each.count('"') % 2), 0)
        yield line if end else '""\n'
        yield from (waiting.popleft() for _ in range(end))
