"""Faults that can be seen in the drawing: ends that are missing, steps that nothing leads to, steps without a post."""

import re
from collections.abc import Iterator
from datetime import datetime

from zhengtong.common.text import text
from zhengtong.engines.process.choices import always_has_a_way
from zhengtong.engines.process.faults import Finding, Severity
from zhengtong.engines.process.graph import reachable
from zhengtong.engines.process.model import REPEAT, SUB_PROCESSES, Model, Node

LIMIT = re.compile(r"P[1-9][0-9]{0,3}(WD|D|M)|PT[1-9][0-9]{0,3}H")
_DURATION = re.compile(r"P(?=\w)([0-9]{1,9}(Y|M|WD|W|D))*(T([0-9]{1,9}(H|M|S))+)?")  # with working days of our own
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?")
_FIRST = re.compile(r"activationCount\s*>=\s*1|true")
_CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def structural(model: Model) -> Iterator[Finding]:
    """Faults of the drawing, scope by scope and node by node."""
    for scope in ["", *(node.id for node in model.nodes.values() if node.kind in SUB_PROCESSES)]:
        yield from _scope(model, scope)
    for node in model.nodes.values():
        yield from _connections(model, node)
        yield from _ways_out(model, node)
        yield from _declared(node)
        yield from _uncaught(model, node)


def _fault(code: str, node: Node, zh: str, en: str, severity: Severity = "error") -> Finding:
    return Finding(code, severity, node.id, node.line, text(zh, en))


def _scope(model: Model, scope: str) -> Iterator[Finding]:
    if scope and not model.inside(scope):
        told = "子流程是空的。", "the sub-process is empty: nothing is done"
        yield _fault("undefined-task", model.nodes[scope], *told, severity="warning")
        return
    starts = model.routes.starts.get(scope, ())
    if not starts:
        element = model.nodes[scope] if scope else model
        yield Finding("no-start", "error", element.id, element.line, text("没有开始事件。", "there is no start"))
        return
    plain = [node for node in model.inside(scope) if node.kind == "startEvent" and node is not starts[0]]
    if scope == "" or not model.nodes[scope].by_event:
        for node in plain:
            yield _fault(
                "second-start", node, "流程只能有一个开始事件。", "only the first start begins a case", "warning"
            )
    found = {node.id for node in reachable(model, scope)} | {node.id for node in plain}
    for node in model.inside(scope):
        if node.id not in found and not node.by_event and not node.undoes:
            yield _fault("unreachable", node, "没有任何路径通到这里。", "no way leads here")
    yield from _dead_ends(model, scope)


def _dead_ends(model: Model, scope: str) -> Iterator[Finding]:
    """The first nodes from which no end can be reached."""
    nodes = list(reachable(model, scope))
    ends = [node.id for node in nodes if not node.outgoing]
    if nodes and not ends:
        yield _fault("cannot-end", nodes[0], "从这里没有通向结束的路径。", "no way leads from here to an end")


def _connections(model: Model, node: Node) -> Iterator[Finding]:
    if node.kind == "boundaryEvent" and not node.attached_to:
        yield _fault("missing-target", node, "边界事件没有依附的活动。", "it is attached to no activity")
    if node.kind in ("startEvent", "boundaryEvent") and node.incoming:
        yield _fault("flow-into-start", node, "不能有流向进入这里。", "no flow may lead into this event")
    if node.kind == "endEvent" and node.outgoing:
        yield _fault("flow-out-of-end", node, "结束事件不能有流出。", "no flow may leave an end")
    if node.default and node.default not in node.outgoing:
        yield _fault("missing-target", node, "默认流向不存在。", f"the default flow {node.default!r} is not there")
    if node.by_event and (node.incoming or node.outgoing):
        yield _fault(
            "flow-into-start", node, "事件子流程不能有流向。", "no flow may lead to or from an event sub-process"
        )
    if node.kind == "eventBasedGateway":
        if not node.outgoing:
            yield _fault("not-an-event", node, "事件网关之后没有事件。", "no event follows this gateway")
        for flow in node.outgoing:
            if model.target(flow).kind not in ("intermediateCatchEvent", "receiveTask"):
                yield _fault("not-an-event", node, "事件网关之后只能是事件。", "only events may follow this gateway")


def _ways_out(model: Model, node: Node) -> Iterator[Finding]:
    conditions = [flow for flow in node.outgoing if model.flows[flow].condition]
    if node.kind == "parallelGateway" and conditions:
        yield _fault(
            "condition-ignored", node, "并行网关不看条件。", "a parallel gateway takes no conditions", "warning"
        )
    if node.kind in _CHOOSING and len(node.outgoing) > 1:
        for flow in set(node.outgoing) - set(conditions) - {node.default}:
            line = model.flows[flow].line
            message = text(
                "选择的分支没有条件，也不是默认流向。", "a way out of a choice needs a condition, or to be the default"
            )
            yield Finding("no-condition", "error", flow, line, message)
    if node.kind == "complexGateway" and len(node.incoming) > 1 and not _FIRST.fullmatch(node.activation):
        told = "可能永远达不到继续的条件。", "perhaps its condition for going on never comes true"
        yield _fault("no-activation", node, *told, severity="data-dependent")
    if node.kind != "parallelGateway" and conditions and not always_has_a_way(model, node):
        told = "可能没有一个条件成立；请指定默认流向。", "perhaps no condition holds: name a default flow"
        yield _fault("no-way-out", node, *told, severity="data-dependent")


def _declared(node: Node) -> Iterator[Finding]:
    """What the extension elements must say."""
    if node.kind in ("userTask", "manualTask"):
        yield from _task(node)
    if node.kind == "serviceTask" and not (node.service and node.service.name):
        yield _fault("no-service", node, "自动步骤没有写明做什么。", "the service task names no service")
    if node.kind == "businessRuleTask" and not (node.decision and node.decision.ref):
        yield _fault("no-decision", node, "规则步骤没有写明决策。", "the business rule task names no decision")
    if node.kind == "callActivity" and not (node.call and node.call.procedure):
        yield _fault("no-procedure", node, "调用活动没有写明事项。", "the call activity names no procedure")
    if node.kind == "scriptTask" and not (node.script and node.result):
        yield _fault("no-script", node, "脚本步骤没有脚本或结果。", "the script task has no script or no result")
    if node.kind == "task":
        yield _fault(
            "undefined-task", node, "这一步没有写明由谁做。", "the task is of no kind: nothing is done", "warning"
        )
    if node.trigger and node.trigger.kind == "timer" and not _is_time(node.trigger.text):
        when = node.trigger.text
        told = f"时限“{when}”无法识别。", f"not a time limit or a date: {when!r}"
        yield _fault("bad-timer", node, *(told if when else ("定时没有写明时间。", "the timer says no time")))
    elif node.trigger and node.trigger.kind == "timer" and node.trigger.times != 1 and not _goes_on_beside(node):
        told = "重复的定时只能用在不中断的事件上。", "a timer that repeats belongs on an event that does not interrupt"
        yield _fault("bad-repeat", node, *told)
    if node.trigger and node.trigger.kind in ("message", "signal") and not node.trigger.name:
        yield _fault("no-name", node, "没有写明消息或信号的名称。", "the message or signal has no name", "warning")


def _goes_on_beside(node: Node) -> bool:
    """Whether what it is attached to, or stands in, goes on when it is triggered."""
    return not node.interrupting and (bool(node.attached_to) or node.kind == "startEvent")


def _is_time(written: str) -> bool:
    """Whether it is a duration, also one that repeats (`R6/P1D`), or a day or moment that there is."""
    if repeat := REPEAT.fullmatch(written):  # of no time at all it would never stop
        return _DURATION.fullmatch(repeat[2]) is not None and any(digit in repeat[2] for digit in "123456789")
    if not _DATE.fullmatch(written):
        return _DURATION.fullmatch(written) is not None
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def _uncaught(model: Model, node: Node) -> Iterator[Finding]:
    """An error that is thrown where nobody catches it."""
    if node.kind != "endEvent" or not node.trigger or node.trigger.kind != "error":
        return
    scope, around = node.parent, [node.parent]
    while scope:
        scope = model.nodes[scope].parent
        around.append(scope)
    listeners = (each.trigger for scope in around for each in model.routes.listeners.get(scope, ()))
    if not any(each and each.kind == "error" and each.name in ("", node.trigger.name) for each in listeners):
        yield _fault("uncaught", node, "没有人处理这个错误。", "nobody catches this error", severity="data-dependent")


def _task(node: Node) -> Iterator[Finding]:
    if not node.task or not node.task.post:
        yield _fault("no-post", node, "这一步没有负责的岗位。", "no post is responsible for the step")
    if not node.task or not node.task.clock:
        yield _fault("no-clock", node, "这一步没有时限。", "the step has no time limit")
    elif not LIMIT.fullmatch(node.task.clock):
        told = node.task.clock
        yield _fault(
            "bad-clock", node, f"时限“{told}”无法识别。", f"not a time limit: {told!r}; write P5WD, P30D or P1M"
        )
