"""Texts, days, limits and letters in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from zhengtong.common.text import text
from zhengtong.faces.shared import language
from zhengtong.faces.shared.templatetags.zhengtong import light, markdown


@pytest.mark.parametrize(("code", "told"), [("zh-hans", "开"), ("en", "open")])
def test_a_text_is_told_in_the_language_of_the_page(code, told):
    with override(code):
        assert language.local(text("开", "open")) == told


def test_a_text_without_that_language_is_told_in_another():
    with override("en"):
        assert language.local({"zh-Hans": "只有中文"}) == "只有中文"


def test_the_parts_of_a_list_are_told_apart_as_people_write_them():
    with override("zh-hans"):
        assert (language.between(), language.between(";"), language.between(":")) == ("、", "；", "：")
    with override("en"):
        assert (language.between(), language.between(";"), language.between(":")) == (", ", "; ", ": ")


def test_sentences_and_asides_are_set_as_people_write_them():
    with override("zh-hans"):
        assert language.gap() == "" and language.brackets(mark_safe("<b>甲</b>")) == "（<b>甲</b>）"
    with override("en"):
        assert language.gap() == " " and language.brackets("<") == " (&lt;)"


def test_days_are_written_as_people_write_them():
    with override("zh-hans"):
        assert language.day(date(2026, 3, 9)) == "2026年3月9日"
        assert language.weekday(date(2026, 3, 9)) == "周一"
    with override("en"):
        assert language.day(date(2026, 3, 9)) == "9 March 2026"


def test_a_moment_is_told_where_the_government_is():
    with override("en"):
        assert language.moment(datetime(2026, 3, 8, 17, 30, tzinfo=UTC)) == "9 March 2026 01:30"


@pytest.mark.parametrize(
    ("limit", "zh", "en"),
    [("P20WD", "20个工作日", "20 working days"), ("P1D", "1日", "1 day"), ("P60M", "60个月", "60 months")],
)
def test_limits_are_told_in_words(limit, zh, en):
    with override("zh-hans"):
        assert language.limit(limit) == zh
    with override("en"):
        assert language.limit(limit) == en


def test_a_light_has_a_sign_and_a_word():
    with override("en"):
        for state, word in [
            ("green", "On time"),
            ("yellow", "Due soon"),
            ("red", "Late"),
            ("stopped", "Clock stopped"),
        ]:
            assert word in light(state)


def test_a_letter_is_set_in_type_and_brings_no_markup_of_its_own():
    page = markdown("**3** <script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://evil.example/y.png)")
    assert "<strong>3</strong>" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
