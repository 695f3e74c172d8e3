"""The government's area drawn by the server, with numbered dots: no tiles of anybody else, and no scripts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhengtong.charter.model import Region
from zhengtong.common.positions import position
from zhengtong.faces.shared.language import local

_WIDTH, _EDGE = 600, 20
_DOT = 19
_SIGN = 24  # how high the words are
_GRID = 24  # places that are tried each way
_POINTED = 260
_CLOSER = _WIDTH / _POINTED
_LARGE = 36  # of words in the smaller picture
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
    marks = [paper.at(dot[1:]) for dot in within]
    svg = ET.Element("svg", viewBox=f"0 0 {_WIDTH} {paper.height:.0f}", role="img", attrib={"aria-label": told})
    for each in outlined:
        _region(svg, each, paper, marks)
    for (number, *_place), (x, y) in zip(within, marks, strict=True):
        ET.SubElement(svg, "circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=str(_DOT), fill="#1d70b8", stroke="#fff")
        _write(svg, x, y + 8, str(number), fill="#fff")
    return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308 escaped by ElementTree


@dataclass(frozen=True)
class Pointing:
    """A picture of the same area of a size that does not change, so that what was clicked says where it is."""

    regions: tuple[Region, ...]

    @classmethod
    def over(cls, regions: Iterable[Region]) -> "Pointing | None":
        """The area of those regions that have an outline; none where none has."""
        outlined = tuple(each for each in regions if each.outline)
        return cls(outlined) if outlined else None

    @property
    def height(self) -> int:
        """In pixels of the page."""
        return round(self._paper.height / _CLOSER)

    @property
    def width(self) -> int:
        """In pixels of the page: a telephone of 320 shows it whole, beside the bar of an error."""
        return _POINTED

    def picture(self, place: str = "", *, told: str = "") -> SafeString:
        """The area, and the place if it is a position; `told` is what a screen reader says of it."""
        at, paper = position(place), self._paper
        size = {"width": str(self.width), "height": str(self.height), "xmlns": "http://www.w3.org/2000/svg"}
        said = {"role": "img", "aria-label": told} if told else {}
        svg = ET.Element("svg", viewBox=f"0 0 {_WIDTH} {paper.height:.0f}", attrib=size | said)
        marks = [paper.at(at)] if at else []
        for each in self.regions:
            _region(svg, each, paper, marks, sign=_LARGE)
        for x, y in marks:
            ET.SubElement(svg, "circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=str(_DOT), fill="#d4351c", stroke="#fff")
            ET.SubElement(svg, "circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r="6", fill="#fff")
        return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308 escaped by ElementTree

    def has(self, place: str) -> bool:
        """Whether a place is a position within the area: else there is nothing to show."""
        corner = position(place)
        return corner is not None and self._holds(corner)

    def _holds(self, corner: Corner) -> bool:
        return any(_holds(each.outline, corner) for each in self.regions)

    def pointed(self, x: int, y: int) -> str:
        """Where somebody clicked, as latitude and longitude; empty where that is outside of the area."""
        corner = self._paper.back((x * _CLOSER, y * _CLOSER))
        return f"{corner[1]:.4f}, {corner[0]:.4f}" if self._holds(corner) else ""

    @property
    def _paper(self) -> "_Paper":
        return _Paper([corner for each in self.regions for corner in each.outline])


def _region(svg: ET.Element, region: Region, paper: "_Paper", marks: Sequence[Corner], *, sign: int = _SIGN) -> None:
    corners = [paper.at(corner) for corner in region.outline]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
    ET.SubElement(svg, "polygon", points=points, fill="#f3f2f1", stroke="#505a5f")
    x, y = _free_place(local(region.name), corners, marks)
    _write(svg, x, y + sign / 3, local(region.name), fill="#505a5f", sign=sign)


def _free_place(name: str, outline: Sequence[Corner], marks: Sequence[Corner]) -> Corner:
    """Where a name stands within an outline: of a grid, the point that is farthest from its sides and from the dots,
    where a step sideways counts less than one up or down, as a name is wider than it is high.
    """
    wider = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in name) / 2
    (west, east), (north, south) = ((min(axis), max(axis)) for axis in zip(*outline, strict=True))
    steps = [(step + 0.5) / _GRID for step in range(_GRID)]
    grid = [(west + (east - west) * along, north + (south - north) * down) for along in steps for down in steps]
    within = [point for point in grid if _holds(outline, point)] or [outline[0]]  # a sliver may lie between all
    return max(within, key=lambda point: _room(point, outline, marks, wider))


def _sides(outline: Sequence[Corner]) -> Iterable[tuple[Corner, Corner]]:
    return zip(outline, [*outline[1:], outline[0]], strict=True)


def _holds(outline: Sequence[Corner], point: Corner) -> bool:
    """Whether a line eastwards from the point leaves the outline an odd number of times."""
    x, y = point
    crossed = (
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in _sides(outline)
    )
    return sum(crossed) % 2 == 1


def _room(point: Corner, outline: Sequence[Corner], marks: Sequence[Corner], wider: float) -> float:
    to_sides = (_away(point, a, b, wider) for a, b in _sides(outline))
    return min(*to_sides, *(_away(point, each, each, wider) - _DOT for each in marks))


def _away(point: Corner, a: Corner, b: Corner, wider: float) -> float:
    (px, py), (ax, ay), (bx, by) = ((x / wider, y) for x, y in (point, a, b))
    dx, dy = bx - ax, by - ay
    part = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / ((dx * dx + dy * dy) or 1.0)))
    return hypot(px - ax - part * dx, py - ay - part * dy)


def _write(svg: ET.Element, x: float, y: float, words: str, *, fill: str, sign: int = _SIGN) -> None:
    at = {"x": f"{x:.0f}", "y": f"{y:.0f}", "text-anchor": "middle", "font-size": str(sign), "fill": fill}
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

    def back(self, place: Corner) -> Corner:
        """What lies at a place of the sheet."""
        x, y = place
        return (x - _EDGE) / (self.narrow * self.scale) + self.west, self.north - (y - _EDGE) / self.scale
