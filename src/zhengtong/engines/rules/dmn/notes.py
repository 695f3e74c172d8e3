"""What our extension elements say of a decision, a table or a rule: wordings, and the law it rests on.

`<zt:text lang="en">…</zt:text>` and `<zt:legalBasis ref="law/article" validFrom="…" validTo="…"/>`, inside
`extensionElements`, which every modeler keeps. The last day, `validTo`, is included.
"""

from dataclasses import dataclass, field
from datetime import date

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.dmn.document import CHARTER, Document, Xml, line_of
from zhengtong.engines.rules.errors import RulesFault

EXTENSIONS = {"text": frozenset(["lang"]), "legalBasis": frozenset(["ref", "validFrom", "validTo"])}
"""Our elements and their attributes."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis, `law/article`, and the days on which it is in force."""

    ref: str
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside an element."""

    wording: Text = field(default_factory=Text)
    bases: tuple[Basis, ...] = ()
    id: str = ""
    line: int = 0

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day: it has no basis, or one that is in force."""
        return not self.bases or any(basis.in_force(on) for basis in self.bases)

    def refs(self, on: date) -> list[str]:
        """The bases that are in force."""
        return [basis.ref for basis in self.bases if basis.in_force(on)]


def note_of(document: Document, xml: Xml, otherwise: str = "") -> Note:
    """The note of an element; `otherwise` is its wording where it has none of its own."""
    extensions = xml.find(document.tag("extensionElements"))
    own = list(extensions) if extensions is not None else []
    wording = Text({each.get("lang", ""): (each.text or "").strip() for each in own if each.tag == f"{CHARTER}text"})
    bases = tuple(_basis(each) for each in own if each.tag == f"{CHARTER}legalBasis")
    return Note(wording or text(otherwise, otherwise), bases, xml.get("id", ""), line_of(xml))


def _basis(xml: Xml) -> Basis:
    return Basis(xml.get("ref", ""), _day(xml, "validFrom"), _day(xml, "validTo"))


def _day(xml: Xml, name: str) -> date | None:
    written = xml.get(name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise RulesFault(
            text(
                f"“{written}”不是日期，应为 2026-03-09 的格式。", f"“{written}” is no date; write it like 2026-03-09."
            ),
            line_of(xml),
        ) from None
