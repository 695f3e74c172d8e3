"""The map that the server draws: every region's name stands whole within its outline, and clear of the dots."""

from xml.etree import ElementTree as ET

from django.utils import translation

from zhengtong.charter.model import Region
from zhengtong.charter.queries import in_force_at
from zhengtong.faces.shared.map import _holds, drawn

DOTS = [(1, 150.391, 10.352), (2, 150.24, 10.5), (3, 150.42, 10.535), (4, 150.648, 10.32)]
SIGN = 24  # how wide a Chinese one is


def parts(svg):
    root = ET.fromstring(svg)
    outlines = [
        [tuple(map(float, at.split(","))) for at in each.get("points").split()] for each in root.iter("polygon")
    ]
    words = [(float(each.get("x")), float(each.get("y")), each.text) for each in root.iter("text")]
    return outlines, words


def test_each_name_lies_within_its_region_and_on_no_dot(cast, monday):
    with translation.override("zh-hans"):
        svg = drawn(in_force_at(monday).charter.regions.values(), DOTS)
    outlines, words = parts(svg)
    assert len(outlines) == 3 and len(words) == 3 + len(DOTS)
    dots = [(x, y - 8) for x, y, _number in words[3:]]
    for outline, (x, y, name) in zip(outlines, words, strict=False):
        half = len(name) * SIGN / 2
        corners = [(x + side, y + up) for side in (-half, half) for up in (-20, 4)]
        assert all(_holds(outline, corner) for corner in corners), name
        assert not any(abs(dx - x) < half and abs(dy - y + 8) < 30 for dx, dy in dots), name


def test_a_region_too_thin_for_its_name_is_drawn_all_the_same(cast):
    thin = Region.model_validate(
        {"code": "990199", "name": {"zh-Hans": "细"}, "level": "county", "outline": [[1, 1], [2, 2], [1.5, 1.5001]]}
    )
    assert "细" in drawn([thin], [])
