"""The government's area drawn by the server, with numbered dots: no tiles of anybody else, and no scripts."""

from collections.abc import Iterable, Sequence
from math import cos, radians
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhengtong.charter.model import Region
from zhengtong.faces.shared.language import local

_WIDTH, _EDGE = 600, 20
Dot = tuple[int, float, float]  # its number, longitude, latitude
Corner = tuple[float, float]


def drawn(regions: Iterable[Region], dots: Sequence[Dot]) -> SafeString | str:
    """The outlines that the charter declares, and the dots that lie within them; nothing where it declares none."""
    outlined = [each for each in regions if each.outline]
    if not outlined:
        return ""
    paper = _Paper([corner for each in outlined for corner in each.outline])
    within = [dot for dot in dots if paper.holds(dot[1:])]
    told = _("Map of what is on this page. The numbers are those of the list.")
    svg = ET.Element("svg", viewBox=f"0 0 {_WIDTH} {paper.height:.0f}", role="img", attrib={"aria-label": told})
    for each in outlined:
        corners = [paper.at(corner) for corner in each.outline]
        points = " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
        ET.SubElement(svg, "polygon", points=points, fill="#f3f2f1", stroke="#505a5f")
        x, y = (sum(axis) / len(corners) for axis in zip(*corners, strict=True))
        _write(svg, x, y, local(each.name), fill="#505a5f")
    for number, *place in within:
        x, y = paper.at((place[0], place[1]))
        ET.SubElement(svg, "circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r="19", fill="#1d70b8", stroke="#fff")
        _write(svg, x, y + 8, str(number), fill="#fff")
    return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308 escaped by ElementTree


def _write(svg: ET.Element, x: float, y: float, words: str, *, fill: str) -> None:
    at = {"x": f"{x:.0f}", "y": f"{y:.0f}", "text-anchor": "middle", "font-size": "24", "fill": fill}
    ET.SubElement(svg, "text", at).text = words


class _Paper:
    """Where longitude and latitude lie on the sheet (equirectangular, true at the middle latitude)."""

    def __init__(self, corners: Sequence[Corner]) -> None:
        self.west, self.east = min(x for x, _y in corners), max(x for x, _y in corners)
        self.south, self.north = min(y for _x, y in corners), max(y for _x, y in corners)
        narrow = cos(radians((self.south + self.north) / 2))
        self.scale = (_WIDTH - 2 * _EDGE) / ((self.east - self.west) * narrow)
        self.narrow = narrow
        self.height = (self.north - self.south) * self.scale + 2 * _EDGE

    def holds(self, corner: Corner) -> bool:
        return self.west <= corner[0] <= self.east and self.south <= corner[1] <= self.north

    def at(self, corner: Corner) -> Corner:
        x = (corner[0] - self.west) * self.narrow * self.scale + _EDGE
        return x, (self.north - corner[1]) * self.scale + _EDGE
