"""First come, first served, among all threads and processes that write to one database.

Each writer takes the next number at the door and holds a file lock on it until it has done; it waits for the lock of
the number before its own. Nobody can be overtaken, and each waits for one other only. The kernel drops the locks of
a process that dies. Should one die while it waits, the next in line comes early; then SQLite's own lock holds.
Locks belong to an open file (OFD locks, `fcntl(2)`), not to a process, so that threads queue like processes.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

DOOR = 1 << 62  # the byte that is locked while a number is taken; numbers are bytes from 1
_of_thread = local()


class AlreadyWriting(RuntimeError):
    """A thread that writes to a database waits for itself: two connections to one file."""


class Turn:
    """A place in the queue of the file at `path`, held until `end()`. Made when it is this writer's turn."""

    def __init__(self, path: str) -> None:
        if path in _held():
            raise AlreadyWriting(f"this thread is in a transaction on {path} already, by another connection")
        self.path = path
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            with _locked(self.file, DOOR):
                number = self._take_number()
                _lock(self.file, fcntl.F_WRLCK, number)
            _lock(self.file, fcntl.F_WRLCK, number - 1)
        except BaseException:
            os.close(self.file)
            raise
        self._held_by = _held()  # of this thread, even if another one should end the turn
        self._held_by.add(path)

    def _take_number(self) -> int:
        last = os.pread(self.file, 8, 0)
        number = int.from_bytes(last, "big") % (DOOR - 2) + 1
        os.pwrite(self.file, number.to_bytes(8, "big"), 0)
        return number

    def __enter__(self) -> "Turn":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Let the next one in."""
        self._held_by.discard(self.path)
        os.close(self.file)  # drops both locks


def _held() -> set[str]:
    """The queues whose turn this thread has."""
    if not hasattr(_of_thread, "paths"):
        _of_thread.paths = set()
    paths: set[str] = _of_thread.paths
    return paths


@contextmanager
def _locked(file: int, byte: int) -> Iterator[None]:
    _lock(file, fcntl.F_WRLCK, byte)
    yield
    _lock(file, fcntl.F_UNLCK, byte)


def _lock(file: int, kind: int, byte: int) -> None:
    """Lock or unlock one byte, waiting as long as it takes: struct flock of Linux, whose pid must be 0 for OFD."""
    fcntl.fcntl(file, fcntl.F_OFD_SETLKW, struct.pack("hhqqi4x", kind, os.SEEK_SET, byte, 1, 0))
