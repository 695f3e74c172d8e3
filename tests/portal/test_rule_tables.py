"""A decision table can be read as a table on the page of its service, before anybody applies."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from tests.rules.models import decision, input_data, model, table


def read(client, language):
    client.cookies["django_language"] = language
    return " ".join(strip_tags(client.get("/services/food-licence").content.decode()).split())


def test_the_page_of_the_food_licence_shows_its_rules_as_tables(client, cast):
    told = read(client, "en")
    assert "is decided: the rules as tables" in told
    assert "over 500" in told
    assert "high" in told


def test_it_shows_them_in_chinese_without_any_code_of_a_rule(client, cast):
    told = read(client, "zh-hans").split("规则表")[1]
    assert "超过 500" in told
    assert "&gt;" not in told and "hot" not in told


@pytest.mark.parametrize(
    ("cell", "chinese", "english"),
    [
        ("-", "不限", "any"),
        (">= 80", "80 及以上", "80 or over"),
        ("[5..20)", "5 及以上，不满 20", "5 or over, under 20"),
        ('"a", "b"', "a或b", "a or b"),
        ('not("a", "b")', "不是a或b", "not a or b"),
        ("true", "是", "yes"),
        ("null", "未知", "not known"),
        ('< date("2026-01-01")', "2026-01-01 之前", "before 2026-01-01"),
        ('>= duration("P2Y")', "2 年 及以上", "2 years or over"),
        ("? > x + 1", "? > x + 1", "? > x + 1"),
    ],
)
def test_a_cell_is_put_into_words(cell, chinese, english):
    made = model(input_data("x", "Any"), decision("d", table(["x"], [(cell, "1")]), "i-x"))
    (view,) = made.tables("d", on=date(2026, 3, 9))
    told = view.rules[0].tests_told[0]
    assert (told["zh-Hans"], told["en"]) == (chinese, english)
