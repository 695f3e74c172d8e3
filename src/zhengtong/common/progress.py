"""A bar for whoever watches a long command."""

from typing import Protocol

_WIDTH = 40


class Stream(Protocol):
    """Where the bar is drawn: the error output of a command."""

    def isatty(self) -> bool: ...
    def write(self, msg: str, *, ending: str) -> None: ...


def bar(stream: Stream, done: float) -> None:
    """Draw how much is done (0 to 1), where somebody watches."""
    if stream.isatty():
        filled = round(done * _WIDTH)
        ending = "\n" if done >= 1 else ""
        stream.write(f"\r[{'#' * filled}{' ' * (_WIDTH - filled)}] {done:4.0%}", ending=ending)
