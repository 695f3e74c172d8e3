"""The signs of BPMN: circles, boxes, diamonds and the small pictures in them, as SVG elements.

CSS classes say what a thing is; presentation attributes make it look right where no style sheet is.
"""

from collections.abc import Mapping

from lxml import etree

from zhengtong.engines.process.model import EVENTS, GATEWAYS, SUB_PROCESSES, Node
from zhengtong.engines.process.picture import Box

SVG = "{http://www.w3.org/2000/svg}"
INK, PAPER = "#0b0c0c", "#ffffff"
Attributes = Mapping[str, object]


def add(parent: etree._Element, tag: str, attributes: Attributes, text: str = "") -> etree._Element:
    """Add an SVG element; numbers are written short, `_` in a name stands for `-`."""
    named = {name.rstrip("_").replace("_", "-"): _written(value) for name, value in attributes.items()}
    element = etree.SubElement(parent, f"{SVG}{tag}", named)
    element.text = text or None
    return element


def _written(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def symbol(parent: etree._Element, node: Node, box: Box, paper: str, ink: str, weight: float) -> None:
    """The outline of a node and the sign of its kind."""
    pen = {"fill": paper, "stroke": ink, "stroke_width": weight}
    if node.kind in EVENTS:
        _event(parent, node, box, pen)
    elif node.kind in GATEWAYS:
        _gateway(parent, node, box, pen)
    else:
        _activity(parent, node, box, pen)


def _event(parent: etree._Element, node: Node, box: Box, pen: Attributes) -> None:
    (x, y), radius = box.centre, box.width / 2
    dashes: Attributes = {} if node.interrupting else {"stroke_dasharray": "4 3"}
    heavy = {"stroke_width": 3.5} if node.kind == "endEvent" else {}
    add(parent, "circle", {"cx": x, "cy": y, "r": radius, **pen, **heavy, **dashes})
    if node.kind not in ("startEvent", "endEvent"):
        add(parent, "circle", {"cx": x, "cy": y, "r": radius - 3.5, **pen, **dashes})
    if node.trigger:
        thrown = node.kind in ("endEvent", "intermediateThrowEvent")
        path = _TRIGGERS.get(node.trigger.kind, "")
        _sign(parent, path, x, y, radius / 18, str(pen["stroke"]), filled=thrown)


def _gateway(parent: etree._Element, node: Node, box: Box, pen: Attributes) -> None:
    x, y = box.centre
    corners = (x, box.y), (box.right, y), (x, box.bottom), (box.x, y)
    points = " ".join(f"{_written(px)},{_written(py)}" for px, py in corners)
    add(parent, "polygon", {"points": points, "stroke_linejoin": "round", **pen})
    _sign(parent, _GATEWAYS.get(node.kind, ""), x, y, box.width / 50, str(pen["stroke"]), stroke_width=2.5)


def _activity(parent: etree._Element, node: Node, box: Box, pen: Attributes) -> None:
    shape = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 10}
    heavy = {"stroke_width": 3.5} if node.kind == "callActivity" else {}
    dashes = {"stroke_dasharray": "6 4"} if node.by_event else {}
    add(parent, "rect", {**shape, **pen, **heavy, **dashes})
    if path := _TASKS.get(node.kind):
        _sign(parent, path, box.x + 15, box.y + 15, 1, str(pen["stroke"]))
    bottom = _MARKERS.get(node.loop.kind, "") if node.loop else ""
    if node.kind in SUB_PROCESSES and box.height <= 100:
        bottom = bottom or "M-6,-6 h12 v12 h-12z M0,-4 v8 M-4,0 h8"
    if bottom:
        _sign(parent, bottom, box.centre[0], box.bottom - 10, 1, str(pen["stroke"]))


def _sign(
    parent: etree._Element,
    path: str,
    x: float,
    y: float,
    scale: float,
    ink: str,
    *,
    filled: bool = False,
    stroke_width: float = 1.3,
) -> None:
    if path:
        place = f"translate({_written(x)} {_written(y)})" + (f" scale({scale:.2f})" if abs(scale - 1) > 0.01 else "")
        fill = ink if filled else "none"
        add(parent, "path", {"d": path, "transform": place, "fill": fill, "stroke": ink, "stroke_width": stroke_width})


_ENVELOPE = "M-8,-5.5 h16 v11 h-16z M-8,-5.5 l8,6.5 l8,-6.5"
_TRIGGERS = {
    "timer": "M10,0 a10,10 0 1 1 -20,0 a10,10 0 1 1 20,0 M0,-7 v7 l4,3",
    "message": _ENVELOPE,
    "signal": "M0,-8 l8,13 h-16z",
    "error": "M-8,7 l5,-14 l5,8 l6,-8 l-5,14 l-5,-8z",
    "escalation": "M0,-9 l7,16 l-7,-6 l-7,6z",
    "conditional": "M-6,-8 h12 v16 h-12z M-4,-5 h8 M-4,-1.5 h8 M-4,2 h8 M-4,5.5 h8",
    "link": "M-8,-3 h9 v-4 l8,7 l-8,7 v-4 h-9z",
    "terminate": "M10,0 a10,10 0 1 1 -20,0 a10,10 0 1 1 20,0",
    "compensate": "M0,-6 v12 l-8,-6z M8,-6 v12 l-8,-6z",
    "cancel": "M-7,-7 l14,14 M7,-7 l-14,14",
    "multiple": "M0,-9 l8.6,6.2 l-3.3,10 h-10.6 l-3.3,-10z",
}
_GATEWAYS = {
    "exclusiveGateway": "M-7,-8 l14,16 M7,-8 l-14,16",
    "parallelGateway": "M0,-11 v22 M-11,0 h22",
    "inclusiveGateway": "M11,0 a11,11 0 1 1 -22,0 a11,11 0 1 1 22,0",
    "eventBasedGateway": "M13,0 a13,13 0 1 1 -26,0 a13,13 0 1 1 26,0 M0,-8 l7.6,5.5 l-2.9,9 h-9.4 l-2.9,-9z",
    "complexGateway": "M0,-11 v22 M-11,0 h22 M-8,-8 l16,16 M8,-8 l-16,16",
}
_TASKS = {
    "userTask": "M3.5,-4 a3.5,3.5 0 1 1 -7,0 a3.5,3.5 0 1 1 7,0 M-7,8 c0,-9 14,-9 14,0z",
    "manualTask": "M-7,1 l3,-6 h9 v2 h-4 h5 v2.5 h-5 h4.5 v2.5 h-4.5 h3.5 v2.5 h-7z",
    "serviceTask": "M3,0 a3,3 0 1 1 -6,0 a3,3 0 1 1 6,0 M6,0 a6,6 0 1 1 -12,0 a6,6 0 1 1 12,0 "
    "M0,-6 v-2.5 M0,6 v2.5 M-6,0 h-2.5 M6,0 h2.5 M4.3,-4.3 l1.8,-1.8 M-4.3,4.3 l-1.8,1.8 M4.3,4.3 l1.8,1.8 "
    "M-4.3,-4.3 l-1.8,-1.8",
    "businessRuleTask": "M-8,-6 h16 v12 h-16z M-8,-2.5 h16 M-8,1.8 h16 M-3,-2.5 v8.5",
    "scriptTask": "M-5,-8 h10 c-5,5 5,8 0,16 h-10 c5,-8 -5,-11 0,-16z M-3.5,-4 h6 M-2,0 h6 M-2,4 h6",
    "sendTask": _ENVELOPE,
    "receiveTask": _ENVELOPE,
}
_MARKERS = {
    "parallel": "M-5,-6 v12 M0,-6 v12 M5,-6 v12",
    "sequential": "M-6,-5 h12 M-6,0 h12 M-6,5 h12",
    "while": "M4.5,4.5 a6,6 0 1 0 -7,1 M-6,2 l3.5,4 l-4.5,1.5",
}
