"""What this engine does not run is told by name and line, never passed over."""

from collections.abc import Iterator, Mapping

from zhengtong.common.text import Text, text
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Model, Node
from zhengtong.engines.process.nodes import KINDS

_CAUGHT = frozenset({"timer", "message", "signal", "conditional"})
_THROWN = frozenset({"message", "signal", "escalation"})
_TRIGGERS: Mapping[str, frozenset[str]] = {
    "startEvent": _CAUGHT | {"error", "escalation"},
    "intermediateCatchEvent": _CAUGHT | {"link"},
    "intermediateThrowEvent": _THROWN | {"link"},
    "boundaryEvent": _CAUGHT | {"error", "escalation"},
    "endEvent": _THROWN | {"error", "terminate"},
    "receiveTask": frozenset({"message"}),
    "sendTask": frozenset({"message"}),
}
_NEEDS_TRIGGER = frozenset({"intermediateCatchEvent", "boundaryEvent", "receiveTask"})


def not_executable(model: Model) -> Iterator[Finding]:
    """Elements, triggers and loops that cannot be run."""
    for node in model.nodes.values():
        for message in _why_not(node):
            yield Finding("not-executable", "error", node.id, node.line, message)


def _why_not(node: Node) -> Iterator[Text]:
    if node.kind not in KINDS:
        yield text(f"无法执行元素 {node.kind}。", f"the element {node.kind} cannot be run")
    elif node.trigger and node.trigger.kind not in _TRIGGERS.get(node.kind, frozenset()):
        kind = f"{node.trigger.kind}EventDefinition"
        yield text(f"{node.kind} 不能带 {kind}。", f"a {node.kind} with {kind} cannot be run")
    elif not node.trigger and node.kind in _NEEDS_TRIGGER:
        yield text(f"{node.kind} 没有写明等待什么。", f"the {node.kind} does not say what it waits for")
    if node.undoes and node.kind != "boundaryEvent":
        yield text("不能执行补偿活动。", "an activity for compensation cannot be run")
    if node.loop and not node.loop.over:
        yield text("没有写明重复几次。", "it does not say how often the activity is repeated")
