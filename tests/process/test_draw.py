"""A process draws itself so that everybody can read it, and so that a strict page may show it."""

from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from tests.process.blocks import TREES, drawn
from tests.process.drawings import model, xml
from zhengtong.engines.process import Model, draw, layout, presented, told
from zhengtong.engines.process.layout import arranged
from zhengtong.engines.process.lettering import width, wrap
from zhengtong.engines.process.model import SUB_PROCESSES
from zhengtong.engines.process.picture import Box, Picture
from zhengtong.engines.process.picture import drawn as drawn_in_file

SVG = "{http://www.w3.org/2000/svg}"
PERMIT = """
    user examine name=Examine
    boundary late on=examine timer=P5WD
    start -> examine -> xor1
    xor1 -> inspect : x = 1
    xor1 => end
    inspect -> end
    late -> supervise -> end
"""


def svg(text: str, language: str = "en", **marks: str) -> ElementTree.Element:
    return ElementTree.fromstring(draw(model(text), language, marks))


def test_it_has_a_title_and_says_in_words_what_it_shows() -> None:
    picture = svg(PERMIT, examine="done", inspect="now")
    title, told = (picture.findtext(f".//*[@id='{id_}']", "") for id_ in picture.attrib["aria-labelledby"].split())
    assert picture.attrib["role"] == "img"
    assert title == "A process"
    assert "Examine (done)" in told
    assert "inspect (under way now)" in told
    assert told.index("Examine") < told.index("inspect")


def test_it_has_nothing_that_a_strict_page_forbids() -> None:
    written = draw(model(PERMIT), "en", {"examine": "now"})
    for forbidden in ("style=", "<style", "<script", "onclick", "href", "<image", "<foreignObject"):
        assert forbidden not in written


def test_it_can_be_told_as_a_list_in_the_order_of_the_picture() -> None:
    rows = told(model(PERMIT), "en", {"examine": "done", "inspect": "late"})
    assert rows.index(("Examine", "done")) < rows.index(("inspect", "late"))
    assert ("supervise", "") in rows


def test_what_is_presented_has_a_drawing_and_names_in_the_language() -> None:
    named = b'<zt:text lang="en">Look</zt:text><zt:text lang="zh-Hans">\xe7\x9c\x8b</zt:text>'
    given = Model.load(xml(PERMIT).replace(b"<zt:task", named + b"<zt:task", 1))
    written = presented(given, "en")
    root = ElementTree.fromstring(written)
    assert [each.get("name") for each in root.iter() if each.get("id") == "examine"] == ["Look"]
    assert drawn_in_file(Model.load(written)) is not None
    assert draw(Model.load(written), "en").count("Look") == draw(given, "en").count("Look")


def test_what_a_modeler_has_drawn_is_presented_as_it_is() -> None:
    given = layout(xml(PERMIT)).replace(b'x="', b'x="1')
    assert drawn_in_file(Model.load(presented(Model.load(given), "en"))) == drawn_in_file(Model.load(given))


def test_what_people_write_is_text_and_nothing_else() -> None:
    written = draw(model('user a name=<script>alert("1")</script>&\nstart -> a -> end'), "en", {"a": '"><script>'})
    assert "<script" not in written
    ElementTree.fromstring(written)


def test_a_mark_is_not_told_by_colour_alone() -> None:
    picture = svg(PERMIT, examine="done", inspect="now", supervise="late")
    texts = {element.text for element in picture.iter(f"{SVG}text")}
    assert {"✓", "▶", "!"} <= texts


def test_names_are_in_the_readers_language() -> None:
    texts = '<zt:text lang="zh-Hans">审查材料</zt:text><zt:text lang="en">Examine</zt:text>'
    process = Model.load(xml("user a\nstart -> a -> end").replace(b"<zt:task ", f"{texts}<zt:task ".encode()))
    assert "审查材料" in draw(process, "zh-Hans")
    assert "Examine" not in draw(process, "zh-Hans")
    assert "Examine" in draw(process, "en")


def test_lines_of_text_fit() -> None:
    assert wrap("现场核查经营场所，并记录结果。", within=60, size=12, lines=9) == [
        "现场核查经",
        "营场所，并",
        "记录结果。",
    ]
    assert wrap("Decide on the licence", within=80, size=12, lines=9) == ["Decide on the", "licence"]
    assert wrap("a b c d e f", within=20, size=12, lines=1) == ["a…"]
    assert wrap("", within=20, size=12, lines=1) == []
    assert width("汉字", 12) == 24


@pytest.mark.parametrize("text", ["Verwaltungsverfahrensgesetz", "许可许可许可许可许可许可许可", "x" * 200])
def test_a_word_that_is_wider_than_its_line_is_broken(text: str) -> None:
    assert all(width(line, 12) <= 90 for line in wrap(text, within=90, size=12, lines=4))


def test_it_opens_in_a_modeler_after_layout() -> None:
    before = xml(PERMIT)
    after = layout(before)
    assert after.count(b"BPMNShape ") == len(Model.load(before).nodes)
    assert after.count(b"BPMNEdge ") == len(Model.load(before).flows)
    assert layout(after) == after, "the layout of a layout is the same"
    assert Model.load(after).nodes["examine"].task == Model.load(before).nodes["examine"].task


def test_a_sub_process_stands_around_what_is_in_it() -> None:
    picture = arranged(model("sub s\nstart s1 in=s\nuser u in=s\nend e1 in=s\nstart -> s -> end\ns1 -> u -> e1"))
    frame = picture.boxes["s"]
    for inner in ("s1", "u", "e1"):
        box = picture.boxes[inner]
        assert frame.x < box.x < box.right < frame.right
        assert frame.y < box.y < box.bottom < frame.bottom


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def crosses(picture: Picture, flow: str, box: Box) -> bool:
    """Whether a piece of the line, which is level or upright, goes through the box."""
    for (x, y), (to_x, to_y) in pairwise(picture.lines[flow]):
        piece = Box(min(x, to_x), min(y, to_y), max(abs(to_x - x), 0.1), max(abs(to_y - y), 0.1))
        if overlap(piece, Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2)):
            return True
    return False


@settings(max_examples=60)
@given(tree=TREES)
def test_nothing_lies_on_anything_else(tree: tuple[object, ...]) -> None:
    process = drawn(tree)
    picture = arranged(process)
    boxes = {
        id_: box
        for id_, box in picture.boxes.items()
        if process.nodes[id_].kind not in {"boundaryEvent", *SUB_PROCESSES}
    }
    for one, other in combinations(boxes.values(), 2):
        assert not overlap(one, other)
    for flow in process.flows.values():
        ends = {flow.source, flow.target, process.nodes[flow.source].attached_to}
        for id_, box in boxes.items():
            assert id_ in ends or not crosses(picture, flow.id, box), (flow.source, flow.target, id_)
