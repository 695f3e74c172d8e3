"""Texts that say the same are found, in Chinese and in English; a difference reads as what went and what came."""

import csv
import os
import time
from pathlib import Path

import pytest

from zhengtong.engines.likeness import Corpus, difference, fingerprint, substance

POLIS = Path(os.environ.get("POLIS", Path(__file__).parents[3] / "shared" / "participation" / "polis"))
SAID = [
    "建议在滨江步道加装路灯，晚上太黑。",
    "和平路增设公交站",
    "请在社区建图书馆",
    "公园长椅太少，请增加",
    "Put lamps along the river promenade; it is dark at night.",
    "More benches in the park",
    "A library for the district",
]


@pytest.mark.parametrize(
    ("written", "place", "word"),
    [
        ("滨江步道晚上没有灯，请安装路灯", 0, "步道"),
        ("和平路应当设公交站", 1, "公交"),
        ("Please install lamps on the promenade by the river", 4, "promenade"),
        ("The district needs a library", 6, "library"),
    ],
)
def test_what_is_alike_is_found_with_what_both_say(written, place, word):
    (found, *_) = Corpus(SAID).like(written, least=0.3, most=3)
    assert found.place == place and word in found.shared


@pytest.mark.parametrize("written", ["小学门口设斑马线", "Ban cars from the old town", "", "！？…", "a" * 4000])
def test_what_is_another_thing_is_not(written):
    assert Corpus(SAID).like(written, least=0.3, most=3) == []


def test_among_no_texts_nothing_is_found():
    assert Corpus([]).like("路灯", least=0, most=3) == []
    assert Corpus(["", "。"]).like("路灯", least=0.1, most=3) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("路 灯", "路灯"), ("Ａｂｃ", "abc"), ("a\n b", "A b"), ("共 10 盏", "共10盏"), ("好，", "好, ")],
)
def test_blanks_capitals_and_width_change_nothing(one, other):
    assert substance(one) == substance(other) and fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("不可以", "不，可以"),
        ("1.5 km", "15 km"),
        ("10 0", "100"),
        ("10²", "102"),
        ("therapist", "the rapist"),
        ("a", "b"),
    ],
)
def test_what_may_change_the_sense_changes_the_substance(one, other):
    assert fingerprint(one) != fingerprint(other)


def test_a_difference_is_told_in_words_of_english_and_characters_of_chinese():
    def told(earlier, later):
        return [(each.kind, each.text) for each in difference(earlier, later)]

    assert told("装十盏灯。很好。", "装二十盏灯。很好。") == [("same", "装"), ("in", "二"), ("same", "十盏灯。很好。")]
    assert told("Put ten lamps. Now.", "Put six lamps. Now.") == [
        ("same", "Put "),
        ("out", "ten"),
        ("in", "six"),
        ("same", " lamps. Now."),
    ]
    assert told("a", "a") == [("same", "a")] and told("", "b") == [("in", "b")] and told("", "") == []


@pytest.mark.parametrize("hostile", ["。" * 4000, "啊" * 4000, "a " * 2000, "\n" * 4000, "ab" * 2000])
def test_both_texts_can_be_read_out_of_any_difference_and_it_takes_no_time(hostile):
    earlier, later = hostile, "x" + hostile[: len(hostile) // 2] + "y" + hostile[1:]
    begun = time.monotonic()
    pieces = difference(earlier, later)
    assert time.monotonic() - begun < 5
    assert "".join(each.text for each in pieces if each.kind != "in") == earlier
    assert "".join(each.text for each in pieces if each.kind != "out") == later


@pytest.mark.skipif(not POLIS.exists(), reason="the conversations of Polis are not here")
def test_of_a_real_conversation_few_statements_are_like_an_earlier_one():
    with (POLIS / "vtaiwan.uberx" / "comments.csv").open(encoding="utf-8") as file:
        said = [row["comment-body"] for row in csv.DictReader(file) if row["comment-body"]]
    asked = sum(bool(Corpus(said[:at]).like(each, least=0.3, most=1)) for at, each in enumerate(said))
    assert 5 <= asked <= 0.15 * len(said)
