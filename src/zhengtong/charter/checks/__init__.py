"""Everything that a charter must not be. One file per subject; each check yields findings."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zhengtong.charter.finding import Finding
from zhengtong.charter.reading.assemble import Read

if TYPE_CHECKING:
    from zhengtong.charter.charter import Charter


def check(charter: "Charter", read: Read, *, on: date | None = None) -> Iterator[Finding]:
    yield from ()
