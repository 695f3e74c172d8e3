"""A process as it was drawn: nodes, flows, and the XML text that they were read from."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from zhengtong.common.text import Text
from zhengtong.engines.process.extensions import Call, Decision, End, Service, Task
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.memory import Memory
from zhengtong.engines.process.routes import Routes

ACTIVITIES = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask"}
    | {"callActivity", "subProcess", "transaction", "adHocSubProcess"}
)
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
PASSED = "+"  # before the id of a flow: its token has been passed over by a complex join
REPEAT = re.compile(r"R([1-9][0-9]{0,3})?/(.+)")  # of a timer, as in ISO 8601-1, 5.6: how often, and every how long
LINK = "link:"  # a flow whose id begins so stands for a pair of link events, and is not drawn


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or throws.

    `kind` is `timer`, `message`, `signal`, `error`, `escalation`, `conditional`, `link`, `terminate`, `compensate`,
    `cancel` or `multiple`. `name` is the name of the message or signal, the code of the error or escalation, the link;
    `text` is the timer as it was written (`P5WD`, `PT24H`, `2026-05-01`, `R3/P1D`: three times, a day apart) or the
    condition.
    """

    kind: str
    name: str = ""
    text: str = ""

    @property
    def every(self) -> str:
        """How long a timer runs: of one that repeats, each time."""
        repeat = REPEAT.fullmatch(self.text)
        return repeat[2] if repeat else self.text

    @property
    def times(self) -> int:
        """How often a timer counts while it is waited for; 0 where that has no end."""
        repeat = REPEAT.fullmatch(self.text)
        return int(repeat[1] or 0) if repeat else 1


@dataclass(frozen=True, slots=True)
class Loop:
    """An activity done several times: `each` of a list, or `while` a condition holds."""

    kind: str  # "parallel", "sequential" or "while"
    over: str = ""  # FEEL: the list, or the number of times; of a `while` loop the condition
    item: str = ""  # the fact that holds the present element
    until: str = ""  # FEEL: true when no more instances are needed
    test_before: bool = False
    at_most: int = 0  # 0: no limit of its own


@dataclass(frozen=True, slots=True)
class Node:
    """One event, activity or gateway. `kind` is the name of its BPMN element, such as `userTask`."""

    id: str
    kind: str
    name: Text
    line: int
    parent: str = ""  # the sub-process that it is in
    incoming: tuple[str, ...] = ()  # ids of flows
    outgoing: tuple[str, ...] = ()
    default: str = ""  # the flow taken when no condition holds
    trigger: Trigger | None = None
    attached_to: str = ""  # of a boundary event
    interrupting: bool = True  # of a boundary event, or of the start of an event sub-process
    by_event: bool = False  # an event sub-process
    undoes: bool = False  # a compensation handler, or the event that it hangs on
    undone_by: str = ""  # of an activity: its compensation handler
    activation: str = ""  # FEEL of a complex join: when it goes on
    enough: str = ""  # FEEL of an ad hoc sub-process: when it is complete
    one_at_a_time: bool = False  # of an ad hoc sub-process
    cancels_rest: bool = True  # of an ad hoc sub-process that is complete
    loop: Loop | None = None
    script: str = ""  # FEEL of a script task
    result: str = ""  # the fact that the script's value becomes
    task: Task | None = None
    service: Service | None = None
    decision: Decision | None = None
    call: Call | None = None
    end: End | None = None
    legal_basis: tuple[str, ...] = ()
    extensions: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)  # every zt: element

    @property
    def undoing(self) -> bool:
        """Whether it throws compensation, or cancels the transaction that it is in."""
        throws = self.kind in ("intermediateThrowEvent", "endEvent")
        return throws and self.trigger is not None and self.trigger.kind in ("compensate", "cancel")


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition` is FEEL; empty where there is none."""

    id: str
    source: str
    target: str
    line: int
    name: Text
    condition: str = ""


@dataclass(frozen=True, eq=False)
class Model:
    """One executable process of a BPMN file. It compares by identity, so that what is derived is kept with it."""

    id: str
    name: Text
    line: int
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    xml: bytes  # the legal text: what the modeler wrote, byte by byte
    faults: tuple[Finding, ...] = ()  # found while reading

    @staticmethod
    def load(source: str | os.PathLike[str] | bytes, *, process: str = "") -> "Model":
        """Read BPMN 2.0 XML from a path or from bytes; `process` names one where the file holds several.

        Raises `ProcessFault` where the file cannot be read as a process. Whatever can be read but not run is
        told by `check`.
        """
        from zhengtong.engines.process.read import read  # it builds Models: the other way round at import

        return read(source, process)

    @cached_property
    def memory(self) -> Memory:
        """The rounds that were played before."""
        return Memory()

    @cached_property
    def routes(self) -> Routes:
        """Who listens to what, and what can be reached from where."""
        return Routes(self)

    def target(self, flow: str) -> Node:
        """The node that a flow leads to."""
        return self.nodes[self.flows[flow].target]

    def inside(self, scope: str) -> tuple[Node, ...]:
        """The nodes directly in a sub-process, or in the process itself (`""`)."""
        return self._inside.get(scope, ())

    @cached_property
    def _inside(self) -> Mapping[str, tuple[Node, ...]]:
        scopes: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            scopes.setdefault(node.parent, []).append(node)
        return MappingProxyType({scope: tuple(nodes) for scope, nodes in scopes.items()})

    @property
    def adverse_ends(self) -> tuple[Node, ...]:
        """The ends that burden the party."""
        return tuple(node for node in self.nodes.values() if node.end and node.end.adverse)
