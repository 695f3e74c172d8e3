import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import etree, html

from tests.mining.logs import REAL, SHARED, random_cases, small
from tests.process.drawings import model, xml
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import Asked, draw_map, examine, process_map, report, write_csv
from zhengtong.engines.mining.layers import arrange, forward_order

DRAWN = "start -> a -> b -> end"


def test_the_map_shows_the_share_that_is_asked_for_and_leaves_no_step_alone() -> None:
    with small(*random_cases(1)) as log:
        few, every = process_map(log, share=0.3), process_map(log, share=1.0)
        assert 0.3 <= few.share < every.share == 1.0
        assert len(few.edges) < len(every.edges)
        for step in few.steps:
            assert any(edge.target == step.name for edge in few.edges)
            assert any(edge.source == step.name for edge in few.edges)


def test_rare_steps_can_be_left_out_of_the_map() -> None:
    with small(*["a b"] * 50, "a c b") as log:
        assert {step.name for step in process_map(log, activities=0.95).steps} == {"a", "b"}


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_map_is_one_picture_with_a_title_and_no_script(language: str) -> None:
    with small("a<b> &c", "a<b> a<b>") as log:
        drawn = etree.fromstring(draw_map(process_map(log), language))
        assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
        assert drawn[0].tag.endswith("title")
        assert drawn[1].tag.endswith("desc")
        assert not drawn.findall(".//{*}script")


def test_boxes_of_a_layer_do_not_overlap_and_the_last_node_stands_lowest() -> None:
    nodes = list("sabcdefe2z".replace("e2", "g"))
    edges = [("s", each) for each in "abcdefg"] + [(each, "z") for each in "abcdefg"] + [("a", "g"), ("g", "a")]
    layout = arrange(nodes, edges, width=100, height=40)
    by_row: dict[float, list[float]] = {}
    for x, y in layout.nodes.values():
        by_row.setdefault(y, []).append(x)
    assert all(b - a >= 100 for row in by_row.values() for a, b in zip(sorted(row), sorted(row)[1:], strict=False))
    assert layout.nodes["z"][1] == max(y for _, y in layout.nodes.values())
    assert all(0 <= x <= layout.width for x, _ in layout.nodes.values())


def test_most_moves_lead_forward() -> None:
    order = forward_order(list("cba"), {("a", "b"): 9, ("b", "c"): 8, ("c", "a"): 1})
    assert order == ["a", "b", "c"]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_report_needs_nothing_else_and_speaks_one_language(language: str) -> None:
    with small(*random_cases(2), "<script>alert(1)</script>@x") as log:
        asked = Asked(calendar=Calendar(), model=model(DRAWN), limit=0.1, since=date(2026, 2, 1))
        written = report(examine(log, asked), language)
    page = html.fromstring(written)
    assert not page.xpath("//script | //link | //img | //iframe")
    assert not re.search(r'(src|href)\s*=\s*["\']?(https?:)?//', written)
    headings = [each.text_content() for each in page.xpath("//h2")]
    assert len(headings) >= 12
    has_chinese = [bool(re.search(r"[\u4e00-\u9fff]", each)) for each in headings]
    assert all(has_chinese) if language == "zh-Hans" else not any(has_chinese)


def test_the_command_writes_a_report_and_tells_bad_rows(tmp_path: Path) -> None:
    table = tmp_path / "log.csv"
    table.write_text("case,activity,time\n1,a,2026-03-02\n1,b,2026-03-03\n1,c,soon\n")
    (tmp_path / "model.bpmn").write_bytes(xml(DRAWN))
    said, complained = StringIO(), StringIO()
    call_command(
        "mine",
        str(table),
        out=tmp_path / "out.html",
        model=tmp_path / "model.bpmn",
        language="en",
        stdout=said,
        stderr=complained,
    )
    assert "cases: 1, events: 2, variants: 1, rows left out: 1" in said.getvalue()
    assert "(line 4)" in complained.getvalue()
    assert "Fitness 1.000" in (tmp_path / "out.html").read_text()


def test_one_of_something_is_not_told_as_many() -> None:
    asked = Asked(limit=0.001, model=model(DRAWN), since=date(2026, 3, 1), open=["c1"])
    with small("a@x b@y a@x a@x", "c") as log:
        told = report(examine(log, asked), "en")
    assert re.findall(r"(?<![\d.,])1 (?:cases|events|rows|pairs|times|days|months|ways|steps|different)\b", told) == []
    assert "In 1 case (50.0%) work came back to where it had left, 1 time in all." in told
    assert "1 case goes on" in told


def test_the_command_says_in_a_line_why_a_file_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "log.xes").write_text("<log><trace></log>")
    with pytest.raises(CommandError, match="line 1: not well-formed XML: mismatched tag"):
        call_command("mine", str(tmp_path / "log.xes"), language="en")
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("mine", str(tmp_path / "none.xes"), language="en")


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz", "log.csv", "log.json", "log.xml", "log.sqlite"])
def test_the_command_turns_a_log_into_another_form(tmp_path: Path, name: str) -> None:
    with small("a@x b@y", "a@x") as log:
        write_csv(log, tmp_path / "in.csv")
    told = StringIO()
    call_command("mine", str(tmp_path / "in.csv"), out=tmp_path / "1.html", write=tmp_path / name, stdout=StringIO())
    call_command("mine", str(tmp_path / name), out=tmp_path / "2.html", stdout=told)
    assert "案件 2，事件 3，办理路径 2，剔除行 0" in told.getvalue()


@pytest.mark.skipif(not REAL, reason="the real logs are not on this machine")
def test_a_real_permit_log_tells_its_ping_pong(tmp_path: Path) -> None:
    told = StringIO()
    call_command("mine", str(SHARED / "receipt.xes.gz"), due="deadline", out=tmp_path / "out.html", stdout=told)
    assert "办理路径 116" in told.getvalue()
    assert "部门之间 360" in told.getvalue()
