"""Processes in a few lines of text, and a small evaluator in the place of FEEL.

    user examine post=desk/one clock=P5WD outputs=examination:good|bad
    start -> examine -> choice
    choice -> granted : examination = "good"
    choice => refused                       (the default flow)

Nodes that no line declares go by their name: `start`, `end…`, `xor…`, `and…`, `or…`, `event…`; others are user tasks.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from zhengtong.engines.process import Effect, Event, Model, State, advance, start

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "script": "scriptTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "task": "task",
    "call": "callActivity",
    "sub": "subProcess",
    "transaction": "transaction",
    "adhoc": "adHocSubProcess",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "event": "eventBasedGateway",
    "complex": "complexGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
}
TASK = ("post", "act", "clock", "outputs", "power", "legalBasis")
TIMES = {"timer": "timeDuration", "conditional": "condition"}
REFS = {"message": "messageRef", "signal": "signalRef", "error": "errorRef", "escalation": "escalationRef"}
REFS["compensate"] = "activityRef"
SCOPES = ("sub", "transaction", "adhoc")


def model(text: str) -> Model:
    """The process that `text` draws."""
    return Model.load(xml(text))


def xml(text: str) -> bytes:
    """The same as BPMN."""
    nodes: dict[str, dict[str, str]] = {}
    flows: list[tuple[str, str, str, bool]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if "->" in line or "=>" in line:
            _flows(line, nodes, flows)
        else:
            kind, id_, *rest = re.split(r"\s+(?=[^\s=]+(?:=|$))|\s+", line, maxsplit=2)
            nodes[id_] = {"kind": kind, **_attributes(" ".join(rest))}
    for index, (source, _target, _condition, is_default) in enumerate(flows):
        if is_default:
            nodes[source]["default"] = f"f{index}"
    body = _scope("", nodes, flows)
    names = {node.get("message") for node in nodes.values()} - {None}
    declared = "".join(f'<bpmn:message id="{name}" name="{name}"/>' for name in sorted(map(str, names)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:zt="https://zhengtong.example/ns/charter" targetNamespace="t">\n'
        f'{declared}<bpmn:process id="p" name="A process" isExecutable="true">\n{body}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def _attributes(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in re.split(r"\s+(?=\w+=)", text.strip()) if "=" in part)


def _flows(line: str, nodes: dict[str, dict[str, str]], flows: list[tuple[str, str, str, bool]]) -> None:
    way, _, condition = line.partition(" : ")
    steps = re.split(r"\s*(->|=>)\s*", way.strip())
    for source, arrow, target in zip(steps[::2], steps[1::2], steps[2::2], strict=False):
        for node in (source, target):
            nodes.setdefault(node, {"kind": _by_name(node)})
        flows.append((source, target, condition.strip(), arrow == "=>"))


def _by_name(node: str) -> str:
    name = re.match(r"[a-z]*", node)
    return next((kind for kind in ("start", "end", "xor", "and", "or", "event") if name and name[0] == kind), "user")


def _scope(scope: str, nodes: Mapping[str, dict[str, str]], flows: list[tuple[str, str, str, bool]]) -> str:
    inside = {id_: node for id_, node in nodes.items() if node.get("in", "") == scope}
    lines = [_node(id_, node, nodes, flows) for id_, node in inside.items()]
    lines += [
        f'<bpmn:association id="undo_{id_}" sourceRef="{node["undoes"]}" targetRef="{id_}"/>'
        for id_, node in inside.items()
        if "undoes" in node
    ]
    lines += [_flow(index, flow) for index, flow in enumerate(flows) if flow[0] in inside]
    return "\n".join(lines) + "\n"


def _flow(index: int, flow: tuple[str, str, str, bool]) -> str:
    source, target, condition, _ = flow
    inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
    return f'<bpmn:sequenceFlow id="f{index}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def _node(
    id_: str, node: dict[str, str], nodes: Mapping[str, dict[str, str]], flows: list[tuple[str, str, str, bool]]
) -> str:
    kind = KINDS[node["kind"]]
    attributes = f' default="{node["default"]}"' if "default" in node else ""
    attributes += f' attachedToRef="{node["on"]}"' if "on" in node else ""
    if node.get("interrupting") == "no":
        attributes += ' cancelActivity="false" isInterrupting="false"'
    if node.get("by") == "event":
        attributes += ' triggeredByEvent="true"'
    attributes += ' isForCompensation="true"' if "undoes" in node else ""
    attributes += ' ordering="Sequential"' if node.get("order") == "one-by-one" and node["kind"] == "adhoc" else ""
    if node["kind"] in ("receive", "send") and "message" in node:
        attributes += f' messageRef="{node["message"]}"'
    inner = _extensions(node) + _trigger(node) + _loop(node)
    inner += f"<bpmn:script>{escape(node['script'])}</bpmn:script>" if "script" in node else ""
    inner += _scope(id_, nodes, flows) if node["kind"] in SCOPES else ""
    for attribute, tag in (("activation", "activationCondition"), ("enough", "completionCondition")):
        inner += f"<bpmn:{tag}>{escape(node[attribute])}</bpmn:{tag}>" if attribute in node else ""
    return f'<bpmn:{kind} id="{id_}" name={quoteattr(node.get("name", id_))}{attributes}>{inner}</bpmn:{kind}>'


def _extensions(node: Mapping[str, str]) -> str:
    found = ""
    if node["kind"] in ("user", "manual", "script"):
        task = {"post": "desk/one", "clock": "P5WD"} | {name: node[name] for name in TASK if name in node}
        found += f"<zt:task {_written(task)}/>"
    if node["kind"] == "service":
        found += f"<zt:service name={quoteattr(node.get('does', 'letter'))}/>"
    if node["kind"] == "rule":
        found += f"<zt:decision ref={quoteattr(node.get('ref', 'd'))} into={quoteattr(node.get('into', ''))}/>"
    if node["kind"] == "call":
        call = {"procedure": node.get("procedure", "other")} | {n: node[n] for n in ("when", "into") if n in node}
        found += f"<zt:call {_written(call)}/>"
    if "outcome" in node:
        found += f"<zt:end {_written({n: node[n] for n in ('outcome', 'adverse') if n in node})}/>"
    return f"<bpmn:extensionElements>{found}</bpmn:extensionElements>" if found else ""


def _written(attributes: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())


def _trigger(node: Mapping[str, str]) -> str:
    if node["kind"] in ("receive", "send"):
        return ""
    for kind, tag in TIMES.items():
        if kind in node:
            inner = f"<bpmn:{tag}>{escape(node[kind])}</bpmn:{tag}>"
            return f"<bpmn:{kind}EventDefinition>{inner}</bpmn:{kind}EventDefinition>"
    for kind, ref in REFS.items():
        if kind in node:
            named = f' {ref}="{node[kind]}"' if node[kind] != "any" else ""
            return f"<bpmn:{kind}EventDefinition{named}/>"
    if "link" in node:
        return f'<bpmn:linkEventDefinition name="{node["link"]}"/>'
    return f"<bpmn:{node['ends']}EventDefinition/>" if "ends" in node else ""


def _loop(node: Mapping[str, str]) -> str:
    if "each" in node:
        sequential = "true" if node.get("order") == "one-by-one" else "false"
        item = f'<bpmn:inputDataItem id="{node["item"]}_item" name="{node["item"]}"/>' if "item" in node else ""
        until = (
            f"<bpmn:completionCondition>{escape(node['until'])}</bpmn:completionCondition>" if "until" in node else ""
        )
        over = f"<bpmn:loopCardinality>{escape(node['each'])}</bpmn:loopCardinality>"
        tag = "multiInstanceLoopCharacteristics"
        return f'<bpmn:{tag} isSequential="{sequential}">{over}{item}{until}</bpmn:{tag}>'
    if "again" in node:
        at_most = f' loopMaximum="{node["most"]}"' if "most" in node else ""
        tag = "standardLoopCharacteristics"
        return f"<bpmn:{tag}{at_most}><bpmn:loopCondition>{escape(node['again'])}</bpmn:loopCondition></bpmn:{tag}>"
    return ""


def ask(text: str, facts: Mapping[str, object]) -> object:
    """As much of FEEL as these tests need: names, literals, comparison, not, and, or."""
    for word, join in ((" or ", any), (" and ", all)):
        if word in text:
            return join(ask(part, facts) is True for part in text.split(word))
    if text.startswith("not("):
        return ask(text[4:-1], facts) is not True
    if match := re.fullmatch(r"(.+?)\s*(!=|>=|<=|=|<|>)\s*(.+)", text):
        left, right = ask(match[1], facts), ask(match[3], facts)
        if match[2] in ("=", "!="):
            return (left == right) == (match[2] == "=")
        return None if left is None or right is None else _ordered(left, match[2], right)
    return _value(text.strip(), facts)


def _ordered(left: object, sign: str, right: object) -> bool:
    order = (left > right) - (left < right)  # type: ignore[operator]
    return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[sign]


def _value(text: str, facts: Mapping[str, object]) -> object:
    if text in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[text]
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if text.startswith('"'):
        return text.strip('"')
    if not re.fullmatch(r"\w+", text):
        raise ValueError(f"cannot be evaluated: {text}")
    return facts.get(text)


class Case:
    """One case of a process, with its facts; effects are those of the last event."""

    def __init__(self, drawn: Model | str, **facts: object) -> None:
        self.model = model(drawn) if isinstance(drawn, str) else drawn
        self.facts = dict(facts)
        self.state, self.effects = start(self.model, self.facts, NOW, ask=ask)
        self._keep()

    def hear(self, event: Event, **facts: object) -> tuple[Effect, ...]:
        """Let something happen; the state goes through JSON, as in a database."""
        self.facts |= facts
        state = State.from_json(self.state.to_json())
        self.state, self.effects = advance(self.model, state, event, NOW, self.facts, ask=ask)
        self._keep()
        return self.effects

    def _keep(self) -> None:
        for effect in self.effects:
            self.facts |= getattr(effect, "facts", {})

    @property
    def waits(self) -> set[str]:
        """The keys of what is waited for."""
        return {key for key, _node in self.state.waiting}
