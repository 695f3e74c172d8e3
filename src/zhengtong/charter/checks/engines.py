"""The processes and rules of a charter, read by their engines before anything is asked about them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.reading.assemble import Read
from zhengtong.common.refusal import Refusal

if TYPE_CHECKING:
    from zhengtong.charter.charter import Charter

UNREADABLE = kind(
    "model-unreadable",
    message=("流程或者规则读不懂：{detail}", "The process or the rules cannot be read: {detail}"),
    why=("流程是 BPMN 2.0，规则是 DMN 1.5。", "Processes are BPMN 2.0, rules are DMN 1.5."),
    mend=("用 BPMN 或 DMN 编辑器改正。", "Mend it in a BPMN or DMN editor."),
)


def with_engines(charter: "Charter", read: Read, *, on: date | None) -> Checked:
    """The charter with what the engines make of its processes and rules."""
    unreadable: list[Finding] = []
    processes = dict(_loaded(charter, "process.bpmn", charter.process, unreadable))
    rules = dict(_loaded(charter, "rules.dmn", charter.rules, unreadable))
    return Checked(charter, read, on, processes, rules, tuple(unreadable))


def _loaded(
    charter: "Charter", name: str, load: Callable[[str], Any], unreadable: list[Finding]
) -> Iterator[tuple[str, Any]]:
    for listed in charter.all_listed():
        file = f"{'life-events' if listed.id in charter.events else 'services'}/{listed.id}/{name}"
        if file not in charter.files:
            continue
        try:
            yield listed.id, load(listed.id)
        except Refusal as fault:
            line = getattr(fault, "line", 0)
            unreadable.append(UNREADABLE.at(Place(file, line or 1), detail=getattr(fault, "what", fault.told())))
