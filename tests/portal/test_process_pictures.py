"""Where a case is in its process: the same marks in the picture of the server, in words, and for the viewer."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from lxml import etree

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts, queries
from zhengtong.engines.process import Model

LATER = timedelta(days=40)


@pytest.fixture
def accepted(cast, monday):
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    case.refresh_from_db()
    return case


def test_what_is_done_and_what_is_under_way_is_marked(accepted, monday):
    marks = queries.standing(accepted, now=monday)
    assert marks["accept"] == "done"
    called = part(accepted, "food-licence").called_by
    assert marks[called] == "now"


def test_a_part_that_has_ended_is_done(accepted, cast, monday):
    ended = accepted.parts.filter(status="closed").first()
    assert queries.standing(accepted, now=monday)[ended.called_by] == "done"


def test_a_step_past_its_day_is_late(accepted, monday):
    food = part(accepted, "food-licence")
    assert queries.standing(food, now=monday)["examine"] == "now"
    assert queries.standing(food, now=monday + LATER)["examine"] == "late"
    assert queries.standing(accepted, now=monday + LATER)[food.called_by] == "late"


def test_a_step_that_was_overtaken_was_not_done(cast, monday):
    case = apply(cast, now=monday)
    task(case, "accept")
    acts.withdraw(case=case, reason="", by=cast.lin_yue, now=monday)
    case.refresh_from_db()
    assert queries.standing(case, now=monday) == {}


@pytest.mark.parametrize(("language", "name", "said"), [("zh-hans", "统一受理", "已完成"), ("en", "Accept", "done")])
def test_the_page_says_the_same_in_a_picture_in_words_and_for_the_viewer(
    signed_in, cast, accepted, language, name, said
):
    client = signed_in(cast.lin_yue)
    client.cookies["django_language"] = language
    page = client.get(f"/cases/{accepted.number}").content.decode()
    assert re.search(rf"<desc[^>]*>[^<]*{name}[^<]*\({said}\)", page)
    assert re.search(rf"<strong>{name}[^<]*: {said}</strong>", page)
    marks = json.loads(unescape(re.search(r'data-marks="([^"]*)"', page)[1]))
    assert marks["accept"] == "done"
    looks = json.loads(unescape(re.search(r'data-looks="([^"]*)"', page)[1]))
    assert looks.keys() == set(marks.values())


def test_no_picture_needs_a_script_or_a_style_of_the_page(signed_in, cast, accepted):
    answer = signed_in(cast.lin_yue).get(f"/cases/{accepted.number}")
    page = answer.content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_viewer_is_sent_only_where_there_is_a_process(signed_in, cast, accepted):
    client = signed_in(cast.lin_yue)
    for address in ("/", "/cases", "/services", f"/cases/{accepted.number}/why"):
        assert "process.js" not in client.get(address).content.decode()


@pytest.mark.parametrize(("language", "name"), [("zh-Hans", "材料审查"), ("en", "Examine the papers")])
def test_a_process_can_be_had_as_a_file_with_its_drawing_in_a_language(client, cast, language, name):
    answer = client.get(f"/charters/1/processes/food-licence.{language}.bpmn")
    root = etree.fromstring(answer.content)
    assert answer["Content-Type"].startswith("application/xml")
    assert root.xpath("string(//*[@id='examine']/@name)") == name
    assert Model.load(answer.content).nodes.keys() == {each.get("bpmnElement") for each in root.iter("{*}BPMNShape")}


@pytest.mark.parametrize("name", ["food-licence.fr", "no-such.en", "food-licence.en\x00", "food-licence"])
def test_a_process_that_is_none_is_not_there(client, cast, name):
    assert client.get(f"/charters/1/processes/{name}.bpmn").status_code == 404
    assert client.get("/charters/99/processes/food-licence.en.bpmn").status_code == 404
