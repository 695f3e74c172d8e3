"""A process that is begun can be finished, and everything it does by itself is something the program can do."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from zhengtong.charter.checks.calendar import bearable
from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.steps import BAD_CLOCK
from zhengtong.charter.finding import Finding, Kind, Place, kind
from zhengtong.charter.model import LifeEvent
from zhengtong.engines import process as engine
from zhengtong.engines.process import Finding as EngineFinding
from zhengtong.engines.process import Node
from zhengtong.engines.process.sound import CODES

FINISH = (
    "办件一旦开始，就必须能够办结。",
    "A case that is begun has to be able to end.",
)
CANNOT_FINISH = kind(
    "process-cannot-finish",
    message=("流程不能办结：{detail}", "The process cannot finish: {detail}"),
    why=FINISH,
    mend=("在流程图中改正。{trace}", "Mend it in the diagram. {trace}"),
)
FAULTY = kind(
    "process-faulty",
    message=("流程有错：{detail}", "The process is faulty: {detail}"),
    why=("流程照图执行，图必须画得明白。", "A process runs as it is drawn, so the drawing has to be plain."),
    mend=("在流程图中改正。{trace}", "Mend it in the diagram. {trace}"),
)
DOUBTFUL = kind(
    "process-may-hang",
    severity="warning",
    message=("流程可能停住：{detail}", "The process may get stuck: {detail}"),
    why=FINISH,
    mend=("检查条件，或者设一个缺省流向。{trace}", "Check its conditions, or give it a default flow. {trace}"),
)
NO_SERVICE = kind(
    "unknown-service",
    message=("自动步骤“{name}”要做“{service}”，程序不会。", "The step “{name}” does “{service}”, which is unknown."),
    why=FINISH,
    mend=("写下列之一：{known}。", "Write one of: {known}."),
)
NO_OUTCOME = kind(
    "outcome-missing",
    message=("“{name}”没有说明结果。", "“{name}” does not say what comes of it."),
    why=("每个决定和每个办结都有一个结果。", "Every decision and every end has an outcome."),
    mend=("写 outcome，或者 from 指出含有结果的事实。", "Write outcome, or name the fact that holds it in `from`."),
)
UNKNOWN_OUTCOME = kind(
    "unknown-outcome",
    message=("“{name}”的结果“{outcome}”没有文字。", "The outcome “{outcome}” of “{name}” has no words."),
    why=("当事人读到的是文字，不是代码。", "People read words, not codes."),
    mend=("在 service.yaml 的 decisions 中写明。", "Declare it under `decisions` in service.yaml."),
)
NO_DECISION = kind(
    "unknown-decision",
    message=("步骤“{name}”要问的决定“{decision}”不在 rules.dmn 中。", "“{name}” asks “{decision}”, not in rules.dmn."),
    why=FINISH,
    mend=("{hint}检查名称，或者补上该决定。", "{hint}Check the name, or add the decision."),
)
NOT_CALLED = kind(
    "service-not-called",
    message=("一件事包含“{service}”，流程却没有调用。", "The event holds “{service}”, but its process never calls it."),
    why=("一件事中的每个事项都要办理。", "Every service of a life event is handled."),
    mend=("在流程中加入调用，或者从 services 中删去。", "Add a call activity, or take it out of `services`."),
)
CALLED_TOO = kind(
    "call-not-declared",
    message=(
        "流程调用“{service}”，一件事却没有列出。",
        "The process calls “{service}”, which the event does not list.",
    ),
    why=(
        "没有列出的事项，其表单和材料不会合并。",
        "The form and documents of a service that is not listed would not be compiled.",
    ),
    mend=("写入 services。", "List it under `services`."),
)
NO_CALL = kind(
    "unknown-call",
    message=("步骤“{name}”调用“{service}”，章程中没有。", "“{name}” calls “{service}”, which does not exist."),
    why=FINISH,
    mend=("{hint}检查拼写。", "{hint}Check its spelling."),
)
CALLS_ITSELF = kind(
    "call-circle",
    message=("调用成环：{circle}。", "The calls go round in a circle: {circle}."),
    why=FINISH,
    mend=("去掉其中一个调用。", "Take one of the calls out."),
)

SERVICES = {"accept", "decide", "letter", "publish", "set-aside", "remit", "erase", "restrict"}
UNSOUND = {*CODES, "no-start", "cannot-end", "unreachable", "missing-target", "no-way-out", "endless", "dead-step"}
TOLD_HERE = {"no-post", "no-clock", "bad-clock", "bad-timer", "no-service", "no-decision", "no-procedure"}
"""What the engine says as well, but without knowing the charter."""
WORDED = {"granted", "refused", "rejected", "accepted", "withdrawn", "answered", "filed", "closed"}
"""The outcomes that the program has words for."""


def check(of: Checked) -> Iterator[Finding]:
    yield from of.unreadable
    yield from _engine(of)
    for procedure, node, place in of.nodes():
        yield from _service(node, place)
        yield from _outcomes(of, procedure, node, place)
        yield from _decision(of, procedure, node, place)
        yield from _call(of, node, place)
        if node.trigger and node.trigger.kind == "timer" and not bearable(node.trigger.every):
            yield BAD_CLOCK.at(place, clock=node.trigger.text)
    yield from _events(of)
    yield from _circles(of)


def _engine(of: Checked) -> Iterator[Finding]:
    for procedure, model in of.processes.items():
        for found in engine.check(model):
            place = Place(of.process_file(procedure), found.line or 1)
            trace = " → ".join(found.trace)
            if found.code not in TOLD_HERE:
                yield _kind(found).at(place, detail=found.message, trace=f"({trace})" if trace else "")


def _kind(found: EngineFinding) -> Kind:
    if found.severity != "error":
        return DOUBTFUL
    return CANNOT_FINISH if found.code in UNSOUND else FAULTY


def _service(node: Node, place: Place) -> Iterator[Finding]:
    if node.kind not in {"serviceTask", "sendTask"}:
        return
    name = node.service.name if node.service else ""
    if name not in SERVICES:
        yield NO_SERVICE.at(place, name=node.name or node.id, service=name, known=", ".join(sorted(SERVICES)))
    if node.service and name == "decide" and not (node.service.outcome or node.service.source):
        yield NO_OUTCOME.at(place, name=node.name or node.id)


def _outcomes(of: Checked, procedure: str, node: Node, place: Place) -> Iterator[Finding]:
    """What people are told as an outcome has words in their language."""
    named = outcomes(node)
    last = not (node.parent or node.by_event or node.outgoing)
    if last and not (node.kind == "endEvent" and named):
        yield NO_OUTCOME.at(place, name=node.name or node.id)
    words = WORDED | set(getattr(of.charter.listed(procedure), "decisions", {}))
    for outcome in named:
        if outcome not in words:
            yield UNKNOWN_OUTCOME.at(place, name=node.name or node.id, outcome=outcome)


def outcomes(node: Node) -> list[str]:
    """What a node can make of the case: the outcomes of a decision, an answer or an end."""
    if node.task and node.task.act in {"decide", "answer", "review"} and node.task.post != "party":
        return list(node.task.values)
    if node.service and node.service.name == "decide" and node.service.outcome:
        return [node.service.outcome]
    return [node.end.outcome] if node.end and node.end.outcome else []


def _decision(of: Checked, procedure: str, node: Node, place: Place) -> Iterator[Finding]:
    if node.kind != "businessRuleTask":
        return
    wanted = node.decision.ref if node.decision else ""
    rules = of.rules.get(procedure)
    if rules is None and f"services/{procedure}/rules.dmn" in of.charter.files:
        return  # it could not be read, which is told already
    known = list(rules.decisions) if rules else []
    if wanted not in known:
        yield NO_DECISION.at(place, name=node.name or node.id, decision=wanted, hint=hint(wanted, known))


def _call(of: Checked, node: Node, place: Place) -> Iterator[Finding]:
    if node.kind != "callActivity":
        return
    wanted = node.call.procedure if node.call else ""
    if wanted not in of.charter.procedures:
        hinted = hint(wanted, list(of.charter.procedures))
        yield NO_CALL.at(place, name=node.name or node.id, service=wanted, hint=hinted)


def _events(of: Checked) -> Iterator[Finding]:
    for listed, file in of.listed():
        if not isinstance(listed, LifeEvent) or listed.id not in of.processes:
            continue
        declared = {each.service: index for index, each in enumerate(listed.services)}
        called = {each for each, _ in _calls(of, listed.id)}
        for service, index in declared.items():
            if service not in called:
                yield NOT_CALLED.at(of.at(file, "services", index), service=service)
        for service, place in _calls(of, listed.id):
            if service not in declared and service in of.charter.procedures:
                yield CALLED_TOO.at(place, service=service)


def _calls(of: Checked, procedure: str) -> list[tuple[str, Place]]:
    return [(node.call.procedure, place) for owner, node, place in of.nodes() if owner == procedure and node.call]


def _circles(of: Checked) -> Iterator[Finding]:
    calls = {each: dict.fromkeys(service for service, _ in _calls(of, each)) for each in of.processes}
    for procedure in calls:
        circle = _circle(procedure, calls)
        if circle:
            yield CALLS_ITSELF.at(Place(of.process_file(procedure)), circle=" → ".join(circle))


def _circle(start: str, calls: Mapping[str, Iterable[str]]) -> list[str]:
    """The shortest way from a procedure back to itself; empty if there is none."""
    trails = deque([[start]])
    seen: set[str] = set()
    while trails:
        trail = trails.popleft()
        for service in calls.get(trail[-1], ()):
            if service == start:
                return [*trail, service]
            if service not in seen:
                seen.add(service)
                trails.append([*trail, service])
    return []
