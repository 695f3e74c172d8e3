"""A process as an accessible SVG picture: no scripts, no style attributes, nothing from elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from zhengtong.common.text import Text, text
from zhengtong.engines.process.layout import picture as picture_of
from zhengtong.engines.process.lettering import wrap
from zhengtong.engines.process.model import EVENTS, GATEWAYS, SUB_PROCESSES, Flow, Model, Node
from zhengtong.engines.process.picture import Box, Picture, Point, over
from zhengtong.engines.process.symbols import INK, PAPER, SVG, add, symbol

SIZE, SMALL, LEADING = 12.0, 11.0, 1.3
BESIDE = 110.0  # how wide a name beside a symbol may be


@dataclass(frozen=True, slots=True)
class Mark:
    """How a marked node looks, and what is said of it to those who do not see it."""

    paper: str
    ink: str
    weight: float
    badge: str
    said: Text


PLAIN = Mark(PAPER, INK, 1.5, "", Text())
MARKS: Mapping[str, Mark] = {
    "done": Mark("#e6f2ea", "#00552b", 1.5, "✓", text("已完成", "done")),
    "now": Mark("#fff7bf", "#0b0c0c", 3.5, "▶", text("正在办理", "under way now")),
    "late": Mark("#fbe3dd", "#942514", 3.5, "!", text("已超期", "late")),
    "fault": Mark("#fbe3dd", "#942514", 3.5, "✗", text("有问题", "faulty")),
    "deviation": Mark("#fbe3dd", "#942514", 3.5, "≠", text("偏离模型", "deviates from the model")),
    "trace": Mark("#e8f1f8", "#16425b", 2.5, "", text("途经", "on the way")),
}
_TOLD = text("流程图，从左到右：{steps}。", "A process, from left to right: {steps}.")


def draw(model: Model, language: str, marks: Mapping[str, str] | None = None) -> str:
    """The process as one `<svg>` element, with names in `language`.

    `marks` says of nodes and flows, by id, how they stand: one of MARKS, or any other word, which becomes a class
    `zt-process__node--word`. Safe to put into a page: everything is escaped.
    """
    marks = marks or {}
    picture = _picture(model)
    svg = _canvas(model, picture, language, marks)
    for box, name in picture.lanes:
        _lane(svg, box, name.in_(language))
    nodes = [node for node in model.nodes.values() if node.id in picture.boxes]
    for node in sorted(nodes, key=lambda each: each.kind not in SUB_PROCESSES):  # frames lie under what is in them
        if node.kind in SUB_PROCESSES:
            _node(svg, node, picture, language, marks.get(node.id, ""))
    for id_, points in picture.lines.items():
        _flow(svg, model, model.flows[id_], points, marks.get(id_, ""))
    for node in nodes:
        if node.kind not in SUB_PROCESSES:
            _node(svg, node, picture, language, marks.get(node.id, ""))
    for id_, points in picture.lines.items():
        _flow_name(svg, model, model.flows[id_], points, picture.labels.get(id_), language)
    return etree.tostring(svg, encoding="unicode")


@lru_cache(maxsize=256)
def _picture(model: Model) -> Picture:
    return picture_of(model)


def _canvas(model: Model, picture: Picture, language: str, marks: Mapping[str, str]) -> etree._Element:
    frame = picture.frame(margin=40)
    name = f"process-{model.id}"
    svg = etree.Element(
        f"{SVG}svg",
        {
            "viewBox": f"{frame.x:.0f} {frame.y:.0f} {frame.width:.0f} {frame.height:.0f}",
            "width": f"{frame.width:.0f}",
            "height": f"{frame.height:.0f}",
            "role": "img",
            "lang": language,
            "class": "zt-process",
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-size": str(SIZE),
        },
        nsmap={None: SVG[1:-1]},  # type: ignore[dict-item]  # the stubs do not know the default namespace
    )
    add(svg, "title", {"id": f"{name}-title"}, model.name.in_(language) or model.id)
    add(svg, "desc", {"id": f"{name}-desc"}, _told(model, picture, language, marks))
    arrow = add(
        add(svg, "defs", {}),
        "marker",
        {
            "id": f"{name}-arrow",
            "viewBox": "0 0 10 10",
            "refX": 9,
            "refY": 5,
            "markerWidth": 7,
            "markerHeight": 7,
            "orient": "auto",
        },
    )
    add(arrow, "path", {"d": "M0,0 L10,5 L0,10z", "fill": INK})
    return svg


def _told(model: Model, picture: Picture, language: str, marks: Mapping[str, str]) -> str:
    """What the picture shows, in words."""
    joined = "；" if language.startswith("zh") else "; "
    told = joined.join(f"{name} ({said})" if said else name for name, said in _named(model, picture, language, marks))
    return _TOLD.format(steps=told).in_(language)


def told(model: Model, language: str, marks: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """The picture as a list: steps and events by their place, each with how it stands, or nothing."""
    return list(_named(model, _picture(model), language, marks or {}))


def _named(model: Model, picture: Picture, language: str, marks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    steps = [node for node in model.nodes.values() if node.id in picture.boxes and node.kind not in GATEWAYS]
    for node in sorted(steps, key=lambda node: picture.boxes[node.id].x):
        if name := node.name.in_(language):
            mark = MARKS.get(marks.get(node.id, ""), PLAIN)
            yield name, mark.said.in_(language)


def _node(svg: etree._Element, node: Node, picture: Picture, language: str, marked: str) -> None:
    mark, box = MARKS.get(marked, PLAIN), picture.boxes[node.id]
    group = add(svg, "g", {"class": _class("node", node.kind, marked)})
    name = node.name.in_(language)
    if name:
        add(group, "title", {}, name)
    symbol(group, node, box, mark.paper, mark.ink, mark.weight)
    if mark.badge:
        _badge(group, mark, box)
    if node.kind in EVENTS | GATEWAYS:
        _name_beside(group, node, box, picture, name)
    elif node.kind in SUB_PROCESSES and box.height > 100:
        _lines(group, wrap(name, within=box.width - 30, size=SIZE, lines=1), (box.centre[0], box.y + 18), inside=True)
    else:
        lines = wrap(name, within=box.width - 14, size=SIZE, lines=max(1, int((box.height - 24) / (SIZE * LEADING))))
        middle = box.centre[1] + (4 if len(lines) < 4 else 6) - (len(lines) - 1) * SIZE * LEADING / 2
        _lines(group, lines, (box.centre[0], middle + SIZE * 0.35), inside=True)


def _class(part: str, *modifiers: str) -> str:
    return " ".join([f"zt-process__{part}", *(f"zt-process__{part}--{each}" for each in modifiers if each)])


def _badge(group: etree._Element, mark: Mark, box: Box) -> None:
    x, y = box.right - 4, box.y + 2
    add(group, "circle", {"cx": x, "cy": y, "r": 9, "fill": mark.ink})
    add(group, "text", {"x": x, "y": y + 4, "text_anchor": "middle", "fill": PAPER, "font_size": SMALL}, mark.badge)


def _name_beside(group: etree._Element, node: Node, box: Box, picture: Picture, name: str) -> None:
    """The name of an event or gateway: where the modeler put it, else under an event and over a gateway."""
    if place := picture.labels.get(node.id):
        lines = wrap(name, within=max(place.width, 90) + 4, size=SIZE, lines=5)
        _lines(group, lines, (place.centre[0], place.y + SIZE))
        return
    lines = wrap(name, within=BESIDE, size=SIZE, lines=3)
    x, y = box.centre[0], box.bottom + SIZE * 1.2
    if node.kind in GATEWAYS:
        y = box.y - 6 - (len(lines) - 1) * SIZE * LEADING
    if node.kind == "boundaryEvent":
        _lines(group, lines, (box.right + 2, box.bottom + 2), anchor="start")
    else:
        _lines(group, lines, (x, y))


def _lines(
    group: etree._Element,
    lines: Sequence[str],
    at: Point,
    *,
    anchor: str = "middle",
    size: float = SIZE,
    inside: bool = False,
) -> None:
    """Lines of text; outside a symbol with an edge of paper, so that they can be read over a line."""
    edge = {"stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
    for index, line in enumerate(lines):
        place = {"x": at[0], "y": at[1] + index * size * LEADING, "text_anchor": anchor, "fill": INK, "font_size": size}
        add(group, "text", place if inside else {**place, **edge}, line)


def _flow(svg: etree._Element, model: Model, flow: Flow, points: Sequence[Point], marked: str) -> None:
    mark = MARKS.get(marked, PLAIN)
    path = " ".join(f"{'L' if index else 'M'}{x:.1f},{y:.1f}" for index, (x, y) in enumerate(points))
    add(
        svg,
        "path",
        {
            "d": path,
            "class": _class("flow", marked),
            "fill": "none",
            "stroke": mark.ink,
            "stroke_width": mark.weight,
            "stroke_linejoin": "round",
            "marker_end": f"url(#process-{model.id}-arrow)",
        },
    )
    if flow.id == model.nodes[flow.source].default:
        x, y = _along(points, 10)
        add(svg, "path", {"d": f"M{x - 4:.1f},{y + 5:.1f} l8,-10", "stroke": mark.ink, "stroke_width": 1.5})


def _along(points: Sequence[Point], distance: float) -> Point:
    (x, y), (to_x, to_y) = points[0], points[1]
    length = max(1.0, ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5)
    return x + (to_x - x) * distance / length, y + (to_y - y) * distance / length


def _flow_name(
    svg: etree._Element, model: Model, flow: Flow, points: Sequence[Point], place: Box | None, language: str
) -> None:
    name = flow.name.in_(language)
    if not name:
        return
    group = add(svg, "g", {"class": "zt-process__label"})
    if place:
        lines = wrap(name, within=max(place.width, 90) + 4, size=SMALL, lines=4)
        _lines(group, lines, (place.centre[0], place.y + SMALL), size=SMALL)
        return
    place = over(points)
    lines = wrap(name, within=place.width, size=SMALL, lines=4)
    bottom = place.bottom - (len(lines) - 1) * SMALL * LEADING
    _lines(group, lines, (place.x, bottom), anchor="start", size=SMALL)


def _lane(svg: etree._Element, box: Box, name: str) -> None:
    group = add(svg, "g", {"class": "zt-process__lane"})
    frame = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    add(group, "rect", {**frame, "fill": "none", "stroke": "#505a5f", "stroke_width": 1})
    x, y = box.x + 18, box.centre[1]
    turned = {"transform": f"rotate(-90 {x:.1f} {y:.1f})", "text_anchor": "middle", "fill": INK}
    add(
        group,
        "text",
        {"x": x, "y": y, **turned},
        next(iter(wrap(name, within=box.height - 10, size=SIZE, lines=1)), ""),
    )
