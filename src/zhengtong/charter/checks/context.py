"""What the checks look at: the charter, its processes and rules as far as they can be read, and their places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from lxml import etree

from zhengtong.charter.finding import Finding, Place
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.charter.reading.assemble import Read
from zhengtong.charter.reading.xml_file import BPMN
from zhengtong.common.text import Text, text

if TYPE_CHECKING:
    from zhengtong.charter.charter import Charter
    from zhengtong.engines.process import Model as Process
    from zhengtong.engines.process.model import Node
    from zhengtong.engines.rules import Model as Rules

PARTY = "party"  # the post of a step that the applicant does


@dataclass(frozen=True)
class Checked:
    """A charter under the eyes of the checker. `on` is the day by which its law has to be in force; None: any."""

    charter: "Charter"
    read: Read
    on: date | None
    processes: Mapping[str, "Process"] = field(default_factory=dict)
    rules: Mapping[str, "Rules"] = field(default_factory=dict)
    unreadable: tuple[Finding, ...] = ()  # the processes and rules that could not be read

    @property
    def day(self) -> date:
        """A day for questions about who is competent, where the checker was given none."""
        return self.on or self.charter.calendar.decreed_through

    def listed(self) -> Iterator[tuple[Procedure | LifeEvent, str]]:
        """Every procedure and life event with the file that declares it."""
        for procedure in self.charter.procedures.values():
            yield procedure, f"services/{procedure.id}/service.yaml"
        for event in self.charter.events.values():
            yield event, f"life-events/{event.id}/event.yaml"

    def at(self, file: str, *path: Any) -> Place:
        """Where `path` stands in a file."""
        tree = self.read.trees.get(file)
        return tree.place(*path) if tree else Place(file)

    def process_file(self, procedure: str) -> str:
        """Where the process of a procedure or life event is."""
        return f"{'life-events' if procedure in self.charter.events else 'services'}/{procedure}/process.bpmn"

    def nodes(self) -> Iterator[tuple[str, "Node", Place]]:
        """Every node of every process: procedure, node, place."""
        for procedure, process in self.processes.items():
            for node in process.nodes.values():
                yield procedure, node, Place(self.process_file(procedure), node.line or 1)

    def xml(self, suffix: str) -> Iterator[tuple[str, etree._Element]]:
        """Every XML file of a kind with its root."""
        yield from ((file, root) for file, root in self.read.xml.items() if file.endswith(suffix))


def bpmn(name: str) -> str:
    """The full name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def hint(name: str, among: Mapping[str, object] | set[str] | list[str]) -> Text:
    """What may have been meant, for a word that is not known."""
    close = get_close_matches(name, [str(each) for each in among], n=1, cutoff=0.7)
    return text(f"是不是“{close[0]}”？", f"Did you mean “{close[0]}”? ") if close else text("", "")
