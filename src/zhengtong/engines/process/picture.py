"""Where everything stands on the drawing: read from the BPMN DI of a file, or made by `layout`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from zhengtong.common.text import Text
from zhengtong.engines.process import elements
from zhengtong.engines.process.elements import BPMN
from zhengtong.engines.process.model import EVENTS, GATEWAYS, LINK, SUB_PROCESSES, Model, Node

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
NAME_HEIGHT = 14.3  # of a line of text at a flow

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner and its size, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> "Box":
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes of nodes, lines of flows, both by id; and the lanes and pools around them."""

    boxes: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Box] = field(default_factory=dict)  # where a modeler put a name
    lanes: tuple[tuple[Box, Text], ...] = ()

    def frame(self, margin: float = 20) -> Box:
        """The rectangle around everything."""
        boxes = [*self.boxes.values(), *self.labels.values(), *(box for box, _ in self.lanes)]
        xs = [x for box in boxes for x in (box.x, box.right)] + [x for line in self.lines.values() for x, _ in line]
        ys = [y for box in boxes for y in (box.y, box.bottom)] + [y for line in self.lines.values() for _, y in line]
        if not xs:
            return Box(0, 0, 2 * margin, 2 * margin)
        left, top = min(xs) - margin, min(ys) - margin
        return Box(left, top, max(xs) + margin - left, max(ys) + margin - top)


def drawn(model: Model) -> Picture | None:
    """The drawing in the file, or None where it is missing or leaves something out."""
    root = etree.fromstring(model.xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    shapes = {_of(shape): shape for shape in root.iter(f"{DI}BPMNShape")}
    boxes = {id_: box for id_, shape in shapes.items() if (box := _bounds(shape))}
    lines = {_of(edge): _points(edge) for edge in root.iter(f"{DI}BPMNEdge")}
    nodes = {node.id for node in shown(model, boxes)}
    flows = {
        flow.id
        for flow in model.flows.values()
        if flow.source in nodes and flow.target in nodes and not flow.id.startswith(LINK)
    }
    if not nodes <= boxes.keys() or not all(len(lines.get(flow, ())) > 1 for flow in flows):
        return None
    return Picture(
        boxes={id_: boxes[id_] for id_ in model.nodes if id_ in nodes},
        lines={id_: lines[id_] for id_ in model.flows if id_ in flows},
        labels=_labels(root, nodes | flows),
        lanes=tuple(_lanes(root, model, boxes)),
    )


def shown(model: Model, boxes: Mapping[str, Box]) -> Iterable[Node]:
    """The nodes to be drawn: what is inside a collapsed sub-process is not."""
    hidden: set[str] = set()
    for node in model.nodes.values():  # a sub-process comes before what is inside
        if node.parent in hidden:
            hidden.add(node.id)
            continue
        yield node
        inside = model.inside(node.id)
        if node.kind in SUB_PROCESSES and not any(each.id in boxes for each in inside):
            hidden.add(node.id)


def _of(element: etree._Element) -> str:
    return element.get("bpmnElement", "").rpartition(":")[2]


def _bounds(element: etree._Element) -> Box | None:
    bounds = element.find(f"{DC}Bounds")
    if bounds is None:
        return None
    try:
        x, y, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    except ValueError:
        return None
    return Box(x, y, width, height)


def _points(edge: etree._Element) -> tuple[Point, ...]:
    try:
        return tuple((float(at.get("x", "")), float(at.get("y", ""))) for at in edge.iterchildren(f"{DD}waypoint"))
    except ValueError:
        return ()


def _labels(root: etree._Element, wanted: set[str]) -> dict[str, Box]:
    found: dict[str, Box] = {}
    for label in root.iter(f"{DI}BPMNLabel"):
        owner = label.getparent()
        box = _bounds(label)
        if owner is not None and box and box.width > 0 and _of(owner) in wanted:
            found[_of(owner)] = box
    return found


def _lanes(root: etree._Element, model: Model, boxes: Mapping[str, Box]) -> Iterable[tuple[Box, Text]]:
    participants = root.iter(f"{BPMN}participant")
    pools = [each for each in participants if each.get("processRef", "").rpartition(":")[2] == model.id]
    process = next((each for each in root.iter(f"{BPMN}process") if each.get("id") == model.id), root)
    for element in [*pools, *process.iter(f"{BPMN}lane")]:
        if box := boxes.get(element.get("id", "")):
            yield box, elements.name(element)


def is_small(node: Node) -> bool:
    """Whether its name stands beside it."""
    return node.kind in GATEWAYS or node.kind in EVENTS


def over(points: Sequence[Point]) -> Box:
    """Room for a line of text over the first piece of a flow that is level and long enough."""
    level = [(a, b) for a, b in pairwise(points) if abs(a[1] - b[1]) < 1 and abs(a[0] - b[0]) > 40]
    begin, end = level[0] if level else (points[0], points[1])
    room = max(70.0, min(abs(end[0] - begin[0]) - 16, 130.0))
    return Box(min(begin[0], end[0]) + 6, begin[1] - 5 - NAME_HEIGHT, room, NAME_HEIGHT)
