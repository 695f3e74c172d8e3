"""Where everything stands when nobody has drawn it; and the same written into the file, for modelers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml import etree

from zhengtong.engines.process.elements import BPMN, name
from zhengtong.engines.process.grid import Grid, grid_of
from zhengtong.engines.process.lettering import width, wrap
from zhengtong.engines.process.model import EVENTS, GATEWAYS, LINK, SUB_PROCESSES, Flow, Model, Node
from zhengtong.engines.process.picture import DC, DD, DI, Box, Picture, Point, drawn, over
from zhengtong.engines.process.read import parse
from zhengtong.engines.process.routing import Table, line

TASK = (130.0, 80.0)
EVENT, GATEWAY = 36.0, 50.0
COLUMN_GAP, NAMED_GAP, ROW_GAP = 60.0, 120.0, 50.0
PADDING, TITLE = 30.0, 24.0  # of an expanded sub-process
LABEL_SIZE, LABEL_WIDTH = 12.0, 110.0


def picture(model: Model) -> Picture:
    """The drawing in the file where there is a whole one, else one that is made here."""
    return drawn(model) or arranged(model)


def arranged(model: Model) -> Picture:
    """A layered drawing from left to right, the same each time."""
    boxes: dict[str, Box] = {}
    lines: dict[str, tuple[Point, ...]] = {}
    _scope(model, "", boxes, lines)
    return Picture({id_: boxes[id_] for id_ in model.nodes}, lines)


def layout(xml: bytes) -> bytes:
    """The same BPMN file with a drawing of its (first executable) process, so that a modeler opens it.

    What was drawn before is replaced; nothing else is changed. Raises ProcessFault like `Model.load`.
    """
    return _with_drawing(parse(xml), Model.load(xml))


def presented(model: Model, language: str) -> bytes:
    """The model's file for who reads it in `language`: every name in it, and a drawing where there is no whole one."""
    root = parse(model.xml)
    for element in root.iter(f"{BPMN}*"):
        if told := name(element).in_(language):
            element.set("name", told)
    if drawn(model) is not None:
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _with_drawing(root, model, language)


def _with_drawing(root: etree._Element, model: Model, *languages: str) -> bytes:
    for old in root.findall(f"{DI}BPMNDiagram"):
        root.remove(old)
    root.append(_diagram(model, arranged(model), languages))
    etree.cleanup_namespaces(
        root, top_nsmap={"bpmndi": DI[1:-1], "dc": DC[1:-1], "di": DD[1:-1]}, keep_ns_prefixes=["zt", "xsi"]
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _scope(model: Model, scope: str, boxes: dict[str, Box], lines: dict[str, tuple[Point, ...]]) -> None:
    """Arrange a scope at the origin, what is inside its sub-processes first."""
    nodes = [node for node in model.inside(scope) if not node.attached_to]
    inside: dict[str, tuple[dict[str, Box], dict[str, tuple[Point, ...]]]] = {}
    sizes: dict[str, tuple[float, float]] = {}
    for node in nodes:
        if node.kind in SUB_PROCESSES and model.inside(node.id):
            inside[node.id] = {}, {}
            _scope(model, node.id, *inside[node.id])
            frame = Picture(*inside[node.id]).frame(PADDING)
            sizes[node.id] = frame.width, frame.height + TITLE
        else:
            sizes[node.id] = _size(node)
    grid = grid_of(model, scope)
    table = _table(model, grid, sizes, boxes)
    for host in nodes:
        _boundaries(model, host, boxes)
    flows = [flow for node in model.inside(scope) for flow in node.outgoing if not flow.startswith(LINK)]
    for flow in flows:
        lines[flow] = line(table, model, flow)
    for node_id, (inner_boxes, inner_lines) in inside.items():
        _put(boxes[node_id], inner_boxes, inner_lines, boxes, lines)


def _size(node: Node) -> tuple[float, float]:
    if node.kind in EVENTS:
        return EVENT, EVENT
    return (GATEWAY, GATEWAY) if node.kind in GATEWAYS else TASK


def _put(
    frame: Box,
    inner_boxes: Mapping[str, Box],
    inner_lines: Mapping[str, tuple[Point, ...]],
    boxes: dict[str, Box],
    lines: dict[str, tuple[Point, ...]],
) -> None:
    """Move what is inside a sub-process to where its frame stands."""
    inner = Picture(inner_boxes, inner_lines).frame(PADDING)
    dx, dy = frame.x - inner.x, frame.y + TITLE - inner.y
    boxes.update({id_: box.moved(dx, dy) for id_, box in inner_boxes.items()})
    lines.update({id_: tuple((x + dx, y + dy) for x, y in points) for id_, points in inner_lines.items()})


def _table(model: Model, grid: Grid, sizes: Mapping[str, tuple[float, float]], boxes: dict[str, Box]) -> Table:
    """Give every node its box: in the middle of its column, on the middle line of its row."""
    columns = _columns(model, grid, sizes)
    rows, lines = _rows(model, grid, sizes)
    for node, (wide, high) in sizes.items():
        left, right = columns[grid.column[node]]
        boxes[node] = Box((left + right - wide) / 2, lines[grid.row[node]] - high / 2, wide, high)
    in_row, in_column = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for column, row in sorted((grid.column[node], grid.row[node]) for node in sizes):
        in_row[row].append(column)
        in_column[column].append(row)
    return Table(grid, boxes, columns, rows, in_row, in_column)


def _columns(model: Model, grid: Grid, sizes: Mapping[str, tuple[float, float]]) -> list[tuple[float, float]]:
    """The left and right edge of each column; more room follows where a choice names its ways."""
    widest, gaps = dict[int, float](), dict[int, float]()
    for node, column in grid.column.items():
        widest[column] = max(widest.get(column, 0.0), sizes[node][0])
        if model.nodes[node].kind in GATEWAYS and any(model.flows[flow].name for flow in model.nodes[node].outgoing):
            gaps[column] = NAMED_GAP
    found, edge = list[tuple[float, float]](), 0.0
    for column in sorted(widest):
        found.append((edge, edge + widest[column]))
        edge += widest[column] + gaps.get(column, COLUMN_GAP)
    return found


def _rows(
    model: Model, grid: Grid, sizes: Mapping[str, tuple[float, float]]
) -> tuple[list[tuple[float, float]], list[float]]:
    """The top and bottom edge of each row, and its middle line."""
    over, under = dict[int, float](), dict[int, float]()
    for node, row in grid.row.items():
        above, below = _names(model, model.nodes[node])
        over[row] = max(over.get(row, 0.0), sizes[node][1] / 2 + above)
        under[row] = max(under.get(row, 0.0), sizes[node][1] / 2 + below)
    found, lines, edge = list[tuple[float, float]](), list[float](), 0.0
    for row in sorted(over):
        lines.append(edge + over[row])
        found.append((edge, edge + over[row] + under[row]))
        edge += over[row] + under[row] + ROW_GAP
    return found, lines


def _names(model: Model, node: Node) -> tuple[float, float]:
    """The room above and below a node for names: a gateway's stands above, those of events below."""
    if node.kind in GATEWAYS:
        return _height(node) + 6, 0.0
    if node.kind in EVENTS:
        return 0.0, _height(node) + 6
    boundaries = model.routes.boundaries.get(node.id, ())
    return 0.0, max((EVENT / 2 + _height(each) for each in boundaries), default=0.0)


def _height(of: Node | Flow, languages: Sequence[str] = (), *, within: float = LABEL_WIDTH) -> float:
    """Of the name beside it, in these languages or in whichever takes most room."""
    names = [of.name.in_(each) for each in languages] or of.name.values()
    wrapped = (wrap(each, within=within, size=LABEL_SIZE, lines=3) for each in names)
    return max(map(len, wrapped), default=0) * LABEL_SIZE * 1.3


def _boundaries(model: Model, host: Node, boxes: dict[str, Box]) -> None:
    frame = boxes[host.id]
    for index, node in enumerate(model.routes.boundaries.get(host.id, ())):
        x = frame.right - 1.5 * EVENT - index * 1.25 * EVENT
        boxes[node.id] = Box(x, frame.bottom - EVENT / 2, EVENT, EVENT)


def _diagram(model: Model, arranged_: Picture, languages: Sequence[str]) -> etree._Element:
    diagram = etree.Element(f"{DI}BPMNDiagram", {"id": f"{model.id}_diagram"})
    plane = etree.SubElement(diagram, f"{DI}BPMNPlane", {"id": f"{model.id}_plane", "bpmnElement": model.id})
    for id_, box in arranged_.boxes.items():
        shape = etree.SubElement(plane, f"{DI}BPMNShape", {"id": f"{id_}_shape", "bpmnElement": id_})
        if model.nodes[id_].kind in SUB_PROCESSES:
            shape.set("isExpanded", "true")
        if model.nodes[id_].kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        _bounds(shape, box)
        if place := _beside(model.nodes[id_], box, languages):
            _bounds(etree.SubElement(shape, f"{DI}BPMNLabel"), place)
    for id_, points in arranged_.lines.items():
        edge = etree.SubElement(plane, f"{DI}BPMNEdge", {"id": f"{id_}_edge", "bpmnElement": id_})
        for x, y in points:
            etree.SubElement(edge, f"{DD}waypoint", {"x": _number(x), "y": _number(y)})
        if (place := over(points)) and (high := _height(model.flows[id_], languages, within=place.width)):
            at = Box(place.x, place.bottom - high, place.width, high)
            _bounds(etree.SubElement(edge, f"{DI}BPMNLabel"), at)
    return diagram


def _beside(node: Node, box: Box, languages: Sequence[str]) -> Box | None:
    """Where a name stands that modelers would put over a flow: above a gateway, to the right of a boundary event."""
    high = _height(node, languages)
    if high and node.kind in GATEWAYS:
        return Box(box.centre[0] - LABEL_WIDTH / 2, box.y - 6 - high, LABEL_WIDTH, high)
    if high and node.kind == "boundaryEvent":
        wide = max(width(node.name.in_(each), LABEL_SIZE) for each in languages or node.name)
        return Box(box.right + 2, box.bottom - 8, min(wide, LABEL_WIDTH), high)
    return None


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _bounds(parent: etree._Element, box: Box) -> None:
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    etree.SubElement(parent, f"{DC}Bounds", {name: _number(value) for name, value in bounds.items()})
