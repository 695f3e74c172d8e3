"""What the checker says, as a good compiler does: where, what, why, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

from zhengtong.common.text import Text, text

Severity = Literal["error", "warning"]
Wording = tuple[str, str]
"""Chinese, English."""


@dataclass(frozen=True)
class Place:
    """Where in a charter: a file, a line and a column, both counted from 1."""

    file: str
    line: int = 1
    column: int | None = None


@dataclass(frozen=True)
class Finding:
    """One fault of a charter. An error keeps it from being enacted; a warning does not."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int | None
    message: Text
    why: Text  # the law, or the rule of the house
    mend: Text

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


@dataclass(frozen=True)
class Kind:
    """One kind of fault, with `{places}` in its wording that `at` fills."""

    code: str
    message: Text
    why: Text
    mend: Text
    severity: Severity

    def at(self, place: Place, **values: object) -> Finding:
        """The fault at this place."""
        return Finding(
            code=self.code,
            severity=self.severity,
            file=place.file,
            line=place.line,
            column=place.column,
            message=self.message.format(**values),
            why=self.why.format(**values),
            mend=self.mend.format(**values),
        )


_KINDS: dict[str, Kind] = {}


def kind(code: str, *, message: Wording, why: Wording, mend: Wording, severity: Severity = "error") -> Kind:
    """Declare a kind of fault; the code must be new."""
    if code in _KINDS:
        raise ValueError(f"the kind of fault {code!r} is declared twice")
    _KINDS[code] = Kind(code, text(*message), text(*why), text(*mend), severity)
    return _KINDS[code]


def kinds() -> list[Kind]:
    """Every kind of fault of the loaded program, by code."""
    return sorted(_KINDS.values(), key=lambda each: each.code)
