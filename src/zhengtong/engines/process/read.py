"""From BPMN 2.0 XML (OMG formal/2013-12-09) to a Model. Nothing outside the file is ever fetched or expanded."""

import os
import re
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from lxml import etree

from zhengtong.common.text import Text, text
from zhengtong.engines.process import elements
from zhengtong.engines.process.elements import BPMN, Definitions
from zhengtong.engines.process.faults import Finding, ProcessFault
from zhengtong.engines.process.model import ACTIVITIES, EVENTS, GATEWAYS, LINK, SUB_PROCESSES, Flow, Model, Node

LARGEST = 20_000_000  # bytes; a model of ten thousand nodes with its diagram has about 8 MB
NODES = ACTIVITIES | GATEWAYS | EVENTS
SILENT = frozenset(  # what carries no token: data, remarks, lanes
    {"documentation", "extensionElements", "laneSet", "dataObject", "dataObjectReference", "dataStoreReference"}
    | {"textAnnotation", "association", "group", "ioSpecification", "property", "auditing", "monitoring", "artifact"}
    | {"incoming", "outgoing", "supportedInterfaceRef", "ioBinding", "dataInputAssociation", "dataOutputAssociation"}
    | {"resourceRole", "performer", "potentialOwner", "humanPerformer", "standardLoopCharacteristics", "category"}
    | {"multiInstanceLoopCharacteristics", "completionCondition", "correlationSubscription"}
)


_NO_NAME = re.compile(r"[\s#/~!+]")  # what an XML id cannot hold, and a state writes between ids
NAMELESS = "nameless-"  # begins the ids of elements that have none of their own
CHOREOGRAPHIES = frozenset({"choreography", "globalChoreographyTask"})


def read(source: str | os.PathLike[str] | bytes, process: str = "") -> Model:
    """Read one process of a BPMN file, given as a path or as bytes; ProcessFault where that cannot be done."""
    xml = contents(source)
    root = parse(xml)
    chosen, faults = _choose(root, process)
    reading = _Reading(Definitions(root), faults)
    reading.scope(chosen, "")
    return Model(
        id=chosen.get("id", ""),
        name=elements.name(chosen),
        line=elements.line(chosen),
        nodes=reading.connected(chosen),
        flows=reading.flows,
        xml=xml,
        faults=tuple(reading.faults),
    )


def parse(xml: bytes) -> etree._Element:
    """The root of a BPMN document; DTDs and entities are refused."""
    if len(xml) > LARGEST:
        raise ProcessFault(text("文件过大。", f"the file is larger than {LARGEST // 1_000_000} MB"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as fault:
        line = fault.lineno or 0
        raise ProcessFault(
            text(f"不是格式正确的 XML：{fault.msg}", f"not well-formed XML: {fault.msg}"), line
        ) from fault
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs do not know it
        raise ProcessFault(text("不允许 DTD 和实体。", "document types and entities are not allowed"), 1)
    if root.tag != f"{BPMN}definitions":
        raise ProcessFault(
            text(f"根元素 {root.tag} 不是 BPMN 2.0 的 definitions。", f"{root.tag} is not BPMN 2.0 definitions"),
            elements.line(root),
        )
    _name_the_nameless(root)
    return root


def _name_the_nameless(root: etree._Element) -> None:
    """BPMN lets an element go without an id (tBaseElement, formal/2013-12-09, 8.2.1); it gets one by its place."""
    known = {each.get("id", "") for each in root.iter()}
    for each in root.iter():
        kind = elements.kind(each)
        if (kind in NODES or kind == "sequenceFlow") and not each.get("id"):
            made = next(m for n in count(1) if (m := f"{NAMELESS}{kind}-{elements.line(each)}-{n}") not in known)
            known.add(made)
            each.set("id", made)


def contents(source: str | os.PathLike[str] | bytes) -> bytes:
    """The bytes of a file, given as a path or as bytes."""
    if isinstance(source, bytes):
        return source
    path = Path(source)
    if path.stat().st_size > LARGEST:
        raise ProcessFault(text("文件过大。", f"the file is larger than {LARGEST // 1_000_000} MB"))
    return path.read_bytes()


def processes(root: etree._Element) -> list[str]:
    """The ids of the processes of a file that hold anything."""
    return [each.get("id", "") for each in root.iterchildren(f"{BPMN}process") if _has_nodes(each)]


def _choose(root: etree._Element, wanted: str) -> tuple[etree._Element, list[Finding]]:
    processes = list(root.iterchildren(f"{BPMN}process"))
    if wanted:
        processes = [each for each in processes if each.get("id") == wanted]
    executable = [each for each in processes if each.get("isExecutable") == "true"]
    candidates = executable or [each for each in processes if _has_nodes(each)] or processes
    if not candidates:
        held = ", ".join(dict.fromkeys(filter(None, map(elements.kind, root)))) or "–"
        message = text(f"文件中没有流程，只有：{held}。", f"the file holds no process, only: {held}")
        raise ProcessFault(message, elements.line(root))
    chosen = candidates[0]
    beside = [
        _fault("not-executable", each, text("无法执行编排图。", f"a {elements.kind(each)} cannot be run"))
        for each in root
        if elements.kind(each) in CHOREOGRAPHIES
    ]
    return chosen, beside + [
        _fault(
            "several-processes",
            other,
            text("文件中只能有一个可执行的流程；运行的是第一个。", "only one process can be run; the first one is"),
        )
        for other in candidates[1:]
    ]


def _has_nodes(process: etree._Element) -> bool:
    return any(elements.kind(child) in NODES for child in process)


def _fault(code: str, element: etree._Element, message: Text) -> Finding:
    return Finding(code, "error", element.get("id", ""), elements.line(element), message)


def _own_id(kind: str, id_: str, known: Container[str], line: int) -> None:
    """Every element has an id of its own: a name without blanks and signs, as XML demands it (xsd:ID)."""
    if not id_ or id_ in known:
        message = text(f"元素 {kind} 的编号“{id_[:80]}”缺失或重复。", f"{kind} has no id of its own ({id_[:80]!r})")
        raise ProcessFault(message, line)
    if _NO_NAME.search(id_):
        message = text(
            f"元素 {kind} 的编号“{id_[:80]}”含有不允许的字符。", f"the id {id_[:80]!r} of a {kind} is no name"
        )
        raise ProcessFault(message, line)


class _Reading:
    """What has been read of one process so far."""

    def __init__(self, definitions: Definitions, faults: list[Finding]) -> None:
        self.definitions = definitions
        self.faults = faults
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}

    def scope(self, container: etree._Element, parent: str) -> None:
        """Read what is in a process or sub-process; flows are read last, when every node is known."""
        children = [(kind, child) for child in container if (kind := elements.kind(child))]
        for kind, child in children:
            if child.get("id", "").startswith(NAMELESS):
                told = text(
                    f"元素 {kind} 没有编号；换了位置就无从辨认。", f"the {kind} has no id: moved, it is not known again"
                )
                self.faults.append(replace(_fault("no-id", child, told), severity="warning"))
            if kind in NODES:
                self._node(kind, child, parent)
            elif kind not in SILENT and kind != "sequenceFlow":
                self._unknown(kind, child)
        for kind, child in children:
            if kind == "sequenceFlow":
                self._flow(child)

    def _node(self, kind: str, element: etree._Element, parent: str) -> None:
        node = elements.node(kind, element, parent, self.definitions)
        _own_id(kind, node.id, self.nodes, node.line)
        self.nodes[node.id] = node
        self.faults.extend(elements.faults(node, element))
        if kind in SUB_PROCESSES:
            self.scope(element, node.id)

    def _unknown(self, kind: str, element: etree._Element) -> None:
        message = text(f"无法执行元素 {kind}。", f"the element {kind} cannot be run")
        self.faults.append(_fault("not-executable", element, message))

    def _flow(self, element: etree._Element) -> None:
        flow, fault = elements.flow(element)
        if fault:
            self.faults.append(fault)
        for end in (flow.source, flow.target):
            if end not in self.nodes:
                message = text(
                    f"流向“{flow.id}”的端点“{end}”不存在。", f"flow {flow.id!r} leads to {end!r}, which is not there"
                )
                self.faults.append(_fault("missing-target", element, message))
                return
        _own_id("sequenceFlow", flow.id, self.flows, flow.line)
        if self.nodes[flow.source].parent != self.nodes[flow.target].parent:
            message = text(
                f"流向“{flow.id}”越过了子流程的边界。", f"flow {flow.id!r} crosses the border of a sub-process"
            )
            self.faults.append(_fault("crosses-border", element, message))
            return
        self.flows[flow.id] = flow

    def connected(self, process: etree._Element) -> dict[str, Node]:
        """The nodes with their flows and handlers. A link is a flow that is not drawn."""
        self.nodes = {id_: self._hung(node) for id_, node in self.nodes.items()}
        handlers = self._handlers(process)
        self.flows.update((flow.id, flow) for flow in list(self._links()))
        incoming: dict[str, list[str]] = {}
        outgoing: dict[str, list[str]] = {}
        for flow in self.flows.values():
            outgoing.setdefault(flow.source, []).append(flow.id)
            incoming.setdefault(flow.target, []).append(flow.id)
        return {
            id_: replace(
                node,
                incoming=tuple(incoming.get(id_, ())),
                outgoing=tuple(outgoing.get(id_, ())),
                undone_by=handlers.get(id_, ""),
            )
            for id_, node in self.nodes.items()
        }

    def _hung(self, node: Node) -> Node:
        """A boundary event hangs on an activity beside it, or on nothing, which `check` tells."""
        host = self.nodes.get(node.attached_to)
        fits = host is not None and host.kind in ACTIVITIES and host.parent == node.parent
        return node if fits or not node.attached_to else replace(node, attached_to="")

    def _handlers(self, process: etree._Element) -> dict[str, str]:
        """By activity: what undoes it, hung on its compensation event, or inside of it as an event sub-process."""
        found = {
            node.parent and self.nodes[node.parent].parent: node.parent
            for node in self.nodes.values()
            if node.kind == "startEvent" and node.trigger and node.trigger.kind == "compensate"
        }
        ends = {
            each.get("sourceRef", "").rpartition(":")[2]: each.get("targetRef", "").rpartition(":")[2]
            for each in process.iter(f"{BPMN}association")
        }
        for node in self.nodes.values():
            if node.undoes and node.kind == "boundaryEvent" and ends.get(node.id) in self.nodes:
                found[node.attached_to] = ends[node.id]
        return found

    def _links(self) -> Iterator[Flow]:
        targets = {
            (node.parent, node.trigger.name): node.id
            for node in self.nodes.values()
            if node.kind == "intermediateCatchEvent" and node.trigger and node.trigger.kind == "link"
        }
        for node in self.nodes.values():
            if node.kind != "intermediateThrowEvent" or not node.trigger or node.trigger.kind != "link":
                continue
            if target := targets.get((node.parent, node.trigger.name)):
                yield Flow(f"{LINK}{node.id}", node.id, target, node.line, Text())
            else:
                message = text(f"链接“{node.trigger.name}”没有目标。", f"the link {node.trigger.name!r} leads nowhere")
                self.faults.append(Finding("missing-target", "error", node.id, node.line, message))
