"""What this engine does not run is told by name and line, never passed over."""

from collections.abc import Iterator, Mapping

from zhengtong.common.text import Text, text
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Model, Node
from zhengtong.engines.process.nodes import KINDS

_CAUGHT = frozenset({"timer", "message", "signal", "conditional"})
_THROWN = frozenset({"message", "signal", "escalation", "compensate"})
_TRIGGERS: Mapping[str, frozenset[str]] = {
    "startEvent": _CAUGHT | {"error", "escalation", "compensate"},
    "intermediateCatchEvent": _CAUGHT | {"link"},
    "intermediateThrowEvent": _THROWN | {"link"},
    "boundaryEvent": _CAUGHT | {"error", "escalation", "compensate", "cancel"},
    "endEvent": _THROWN | {"error", "terminate", "cancel"},
    "receiveTask": frozenset({"message"}),
    "sendTask": frozenset({"message"}),
}
_NEEDS_TRIGGER = frozenset({"intermediateCatchEvent", "boundaryEvent", "receiveTask"})


def not_executable(model: Model) -> Iterator[Finding]:
    """Elements, triggers and loops that cannot be run."""
    for node in model.nodes.values():
        for message in _why_not(node):
            yield Finding("not-executable", "error", node.id, node.line, message)
        for message in _misplaced(model, node):
            yield Finding("not-executable", "error", node.id, node.line, message)


def _why_not(node: Node) -> Iterator[Text]:
    if node.kind not in KINDS:
        yield text(f"无法执行元素 {node.kind}。", f"the element {node.kind} cannot be run")
    elif node.trigger and node.trigger.kind not in _TRIGGERS.get(node.kind, frozenset()):
        kind = f"{node.trigger.kind}EventDefinition"
        yield text(f"{node.kind} 不能带 {kind}。", f"a {node.kind} with {kind} cannot be run")
    elif not node.trigger and node.kind in _NEEDS_TRIGGER:
        yield text(f"{node.kind} 没有写明等待什么。", f"the {node.kind} does not say what it waits for")
    if node.kind == "complexGateway" and len(node.incoming) > 1 and not node.activation:
        yield text(
            "复杂网关没有写明何时继续。", "the complex gateway does not say when it goes on (activationCondition)"
        )
    if node.loop and not node.loop.over:
        yield text("没有写明重复几次。", "it does not say how often the activity is repeated")


def _misplaced(model: Model, node: Node) -> Iterator[Text]:
    """Compensation and cancellation that nobody could carry out."""
    kind = node.trigger.kind if node.trigger else ""
    if node.kind == "startEvent" and not kind and node.parent and model.nodes[node.parent].by_event:
        yield text("事件子流程的开始没有写明等待什么。", "the event sub-process does not say what starts it")
    around = model.nodes[node.parent].kind if node.parent else ""
    host = model.nodes.get(node.attached_to)
    if kind == "cancel" and (host.kind if host else around) != "transaction":
        yield text("取消事件只能属于事务。", "only a transaction can be cancelled")
    if kind == "compensate" and host and not host.undone_by:
        yield text("没有写明如何撤销。", "no association leads to the activity that undoes it")
    if kind == "compensate" and node.kind == "startEvent" and not (node.parent and model.nodes[node.parent].by_event):
        yield text("补偿只能启动事件子流程。", "compensation can only start an event sub-process")
    if kind == "compensate" and node.undoing and node.trigger and node.trigger.name not in {"", *model.nodes}:
        yield text("要撤销的活动不存在。", f"the activity {node.trigger.name!r} that is to be undone is not there")
