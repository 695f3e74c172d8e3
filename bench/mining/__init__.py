"""Mining against pm4py: reading a log, and asking it."""

from pathlib import Path


def pm4py_peer_path() -> Path:
    """The script that the interpreter with pm4py runs."""
    return Path(__file__).parent / "pm4py_peer.py"
