"""The groups of opinion as a picture and in words; whoever does not see the picture misses nothing."""

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhengtong.agora.groups import Group, Said, told
from zhengtong.agora.models import Drawn, Voice
from zhengtong.agora.rounds import Round
from zhengtong.faces.shared.language import between

NAMES = "ABCDE"
_INKS = ("#1d70b8", "#00703c", "#912b88", "#b10e1e", "#3d3d3d")  # dark enough for white letters on them
_WIDTH, _HEIGHT, _EDGE, _LEAST = 400, 260, 60, 16


@dataclass(frozen=True)
class Part:
    """What a group says to a statement, in percent (None: too few of it said anything)."""

    name: str
    agreeing: int | None
    opposing: int | None


@dataclass(frozen=True)
class Line:
    """A statement with what each group says to it; `agrees` is the side of the group that it stands for."""

    number: int
    text: str
    parts: list[Part]
    agrees: bool = True


@dataclass(frozen=True)
class Camp:
    """A group in words."""

    name: str
    size: int
    stands: list[Line]


@dataclass(frozen=True)
class Map:
    """All of it for the page. `own` is the name of the reader's group, or nothing; after the `last` none is drawn."""

    on: date
    last: bool
    people: int
    svg: SafeString
    camps: list[Camp]
    bridging: list[Line]
    own: str


def mapped(round_: Round, drawn: Drawn | None, voice: Voice | None) -> Map | None:
    """What is shown of a phase; None where nothing was drawn yet. What has been hidden since is left out. One query."""
    if drawn is None:
        return None
    picture, texts = told(round_, drawn, every=False)
    lines = {each.number: _line(each, texts[each.number]) for each in picture.said}
    group = drawn.places.get(str(voice.pk)) if voice else None
    return Map(
        on=drawn.on,
        last=drawn.last,
        people=picture.people,
        svg=_svg(picture.groups),
        camps=[_camp(place, each, lines) for place, each in enumerate(picture.groups)],
        bridging=[lines[each] for each in picture.bridging],
        own="" if group is None else NAMES[group],
    )


def _line(said: Said, text: str, *, agrees: bool = True) -> Line:
    sides = zip(NAMES, said.agreeing, said.opposing, strict=False)
    parts = [Part(name, _percent(agreeing), _percent(opposing)) for name, agreeing, opposing in sides]
    return Line(said.number, text, parts, agrees)


def _percent(part: float | None) -> int | None:
    return None if part is None else round(part * 100)


def _camp(place: int, group: Group, lines: dict[int, Line]) -> Camp:
    stands = [(lines[number], agrees) for number, agrees in group.stands]
    own = [Line(each.number, each.text, [each.parts[place]], agrees) for each, agrees in stands]
    return Camp(NAMES[place], group.size, own)


def _svg(groups: list[Group]) -> SafeString:
    """Each group as an ellipse where it stands, as wide as it spreads, with its letter and how many it has."""
    named = between().join(f"{name}: {each.size}" for name, each in zip(NAMES, groups, strict=False))
    told = _("Where the groups stand to each other. %(named)s.") % {"named": named}
    svg = ET.Element("svg", viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", attrib={"aria-label": told})
    for place, group in enumerate(groups):
        x = _WIDTH / 2 + group.place[0] * (_WIDTH / 2 - _EDGE)
        y = _HEIGHT / 2 - group.place[1] * (_HEIGHT / 2 - _EDGE)
        wide, high = (max(_LEAST, each * (_WIDTH / 2 - _EDGE) * 2) for each in group.spread)
        at = {"cx": f"{x:.0f}", "cy": f"{y:.0f}", "rx": f"{wide:.0f}", "ry": f"{high:.0f}"}
        ET.SubElement(svg, "ellipse", at | {"fill": _INKS[place], "fill-opacity": "0.25", "stroke": _INKS[place]})
        ET.SubElement(svg, "circle", {"cx": f"{x:.0f}", "cy": f"{y:.0f}", "r": f"{_LEAST}", "fill": _INKS[place]})
        letter = {"x": f"{x:.0f}", "y": f"{y + 6:.0f}", "text-anchor": "middle", "font-size": "17", "fill": "#fff"}
        ET.SubElement(svg, "text", letter | {"font-weight": "bold"}).text = NAMES[place]
    return mark_safe(ET.tostring(svg, encoding="unicode"))  # noqa: S308 made of numbers and letters of ours
