"""Any log: what a file is is told by what stands in it, not by its name."""

import os
import re

from zhengtong.engines.mining.csv_read import read_csv
from zhengtong.engines.mining.log import MEMORY, Keys, Log
from zhengtong.engines.mining.ocel import SQLITE, read_ocel
from zhengtong.engines.mining.source import begin, pieces
from zhengtong.engines.mining.xes import read_xes

OCEL = re.compile(r"<(object-types|event-types|objects|events)[\s/>]")
TABLE = re.compile(r"\[[^\n]*\]?[,;\t|]\s*\[?[A-Za-z]")  # names of columns in brackets


def read_log(
    path: str | os.PathLike[str],
    *,
    keys: Keys | None = None,
    case: str = "",
    encoding: str = "",
    dates: str = "",
    memory: str = MEMORY,
) -> Log:
    """Read XES, CSV or OCEL 2.0, gzipped or not; LogFault where it is none of them.

    `keys` say which attributes mean what, `case` is the type of object that is the case (of OCEL), `encoding` and
    `dates` (a format as of strftime) are for tables that do not tell.
    """
    form = form_of(path, encoding)
    if form == "ocel":
        return read_ocel(path, case=case, keys=keys, memory=memory)
    if form == "xes":
        return read_xes(path, keys=keys, encoding=encoding, memory=memory)
    return read_csv(path, keys=keys, encoding=encoding, dates=dates, memory=memory)


def form_of(path: str | os.PathLike[str], encoding: str = "") -> str:
    """What the begin of a file looks like: `ocel`, `xes` or `csv`."""
    if begin(path, 15) == SQLITE:
        return "ocel"
    first = next(pieces(path, encoding=encoding, size=1 << 16), "").lstrip("\ufeff \t\r\n")
    if first.startswith("<"):
        return "ocel" if OCEL.search(first) else "xes"
    return "ocel" if first.startswith(("{", "[")) and not TABLE.match(first) else "csv"
