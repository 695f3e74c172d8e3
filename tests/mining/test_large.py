"""A log that is much larger than the memory that its reader may have."""

from pathlib import Path

import pytest

from bench.mining.large import MEGABYTE, read, write


@pytest.mark.slow
def test_a_log_of_a_quarter_gigabyte_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xes"
    cases = write(path, 256 * MEGABYTE)
    found = read(path, memory=2048 * MEGABYTE)
    assert (found["cases"], found["events"], found["ways"]) == (cases, 4 * cases, 1)
    assert found["peak_mb"] < 640, "whatever the file's size: DuckDB keeps 320 MB, and one piece is looked at"
