"""One thing that a check has found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zhengtong.common.text import Text

Severity = Literal["error", "warning", "note"]
"""error: it must not be put in force. warning: it runs, but perhaps not as meant, or it could not be looked into.
note: nothing is wrong, but something that others can do cannot be done with it."""


@dataclass(frozen=True)
class Finding:
    """`element` is an id, `line` a line of the file; `example` holds input values, by column, that show it.

    Codes: unreadable, missing-import, unknown-extension, unknown-type, unknown-name, cycle, external-function,
    reads-the-clock, gap, overlap, unreachable-rule, type-fault, not-analysable, not-by-columns.
    """

    code: str
    severity: Severity
    element: str
    line: int
    message: Text
    example: Mapping[str, Any] = field(default_factory=dict)
