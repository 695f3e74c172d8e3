"""A permit of fifteen steps, eight of them by four departments in parallel: one model, written for each side."""

from collections.abc import Callable
from itertools import pairwise

DEPARTMENTS = ("fire", "health", "planning", "water")
OUTPUTS = {"examine": {"examination": "satisfied"}, "decide": {"decision": "grant"}}
ORDER = (  # in which the steps are done
    ["accept", "examine"]
    + [f"{department}_{step}" for step in ("visit", "answer") for department in DEPARTMENTS]
    + ["collect", "review", "decide", "sign", "archive"]
)
_NAMES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:zt="https://zhengtong.example/ns/charter" targetNamespace="t"'
)


def feel(fact: str, value: str) -> str:
    """A condition in FEEL."""
    return f'<bpmn:conditionExpression>{fact} = "{value}"</bpmn:conditionExpression>'


def python(fact: str, value: str) -> str:
    """The same in Python."""
    return f'<bpmn:conditionExpression>{fact} == "{value}"</bpmn:conditionExpression>'


def javascript(fact: str, value: str) -> str:
    """The same in JavaScript, as bpmn-engine wants it."""
    said = f"next(null, this.environment.output.{fact} === '{value}')"
    kind = 'xsi:type="bpmn:tFormalExpression" language="javascript"'
    return f"<bpmn:conditionExpression {kind}>{said}</bpmn:conditionExpression>"


def xml(condition: Callable[[str, str], str] = feel) -> str:
    """The model."""
    steps = "".join(
        f'<bpmn:userTask id="{step}"><bpmn:extensionElements>{_task(step)}</bpmn:extensionElements></bpmn:userTask>'
        for step in ORDER
    )
    nodes = (
        '<bpmn:startEvent id="start"/><bpmn:endEvent id="granted"/><bpmn:endEvent id="refused"/>'
        '<bpmn:exclusiveGateway id="complete" default="flow_incomplete"/>'
        '<bpmn:exclusiveGateway id="outcome" default="flow_refused"/>'
        '<bpmn:parallelGateway id="split"/><bpmn:parallelGateway id="join"/>'
    )
    flows = [("start", "accept"), ("accept", "examine"), ("examine", "complete")]
    for department in DEPARTMENTS:
        visit, answer = f"{department}_visit", f"{department}_answer"
        flows += [("split", visit), (visit, answer), (answer, "join")]
    flows += [("join", "collect"), ("collect", "review"), ("review", "decide"), ("decide", "outcome")]
    flows += [("sign", "archive"), ("archive", "granted")]
    drawn = "".join(_flow(f"flow_{source}_{target}", source, target) for source, target in flows)
    drawn += _flow("flow_complete", "complete", "split", condition("examination", "satisfied"))
    drawn += _flow("flow_incomplete", "complete", "refused")
    drawn += _flow("flow_granted", "outcome", "sign", condition("decision", "grant"))
    drawn += _flow("flow_refused", "outcome", "refused")
    process = f'<bpmn:process id="p" isExecutable="true">{nodes}{steps}{drawn}</bpmn:process>'
    return f'<?xml version="1.0"?><bpmn:definitions {_NAMES}>{process}</bpmn:definitions>'


def _task(step: str) -> str:
    values = {"examine": "examination:satisfied|unsatisfied", "decide": "decision:grant|refuse"}
    outputs = f' outputs="{values[step]}"' if step in values else ""
    return f'<zt:task post="office/{step}" clock="P2WD"{outputs}/>'


def _flow(id_: str, source: str, target: str, inner: str = "") -> str:
    return f'<bpmn:sequenceFlow id="{id_}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def branches(count: int) -> str:
    """`count` branches in parallel of three tasks each, to be proved."""
    tasks = [f"t{branch}_{step}" for branch in range(count) for step in range(3)]
    nodes = "".join(f'<bpmn:userTask id="{task}" name="{task}"/>' for task in tasks)
    nodes += '<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>'
    nodes += '<bpmn:parallelGateway id="split"/><bpmn:parallelGateway id="join"/>'
    flows = [("start", "split"), ("join", "end")]
    for branch in range(count):
        steps = ["split", *(f"t{branch}_{step}" for step in range(3)), "join"]
        flows += list(pairwise(steps))
    drawn = "".join(_flow(f"flow_{source}_{target}", source, target) for source, target in flows)
    process = f'<bpmn:process id="p" isExecutable="true">{nodes}{drawn}</bpmn:process>'
    return f'<?xml version="1.0"?><bpmn:definitions {_NAMES}>{process}</bpmn:definitions>'
