"""A log written in the form that the name of the file asks for."""

import os
from pathlib import Path

from zhengtong.engines.mining.csv_write import write_csv
from zhengtong.engines.mining.log import Log
from zhengtong.engines.mining.ocel import write_ocel
from zhengtong.engines.mining.xes_write import write_xes


def write_log(log: Log, path: str | os.PathLike[str]) -> int:
    """Write `.xes`, `.xes.gz`, `.csv`, or OCEL 2.0 as `.json`, `.xml`, `.sqlite`; LogFault for another name.

    How many events were written.
    """
    name = Path(path).name.removesuffix(".gz")
    if name.endswith(".xes"):
        return write_xes(log, path)
    return write_csv(log, path) if name.endswith(".csv") else write_ocel(log, path)
