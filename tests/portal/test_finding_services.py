"""A service is found by searching in Chinese or English, by life event, by audience, by theme."""

import pytest

from zhengtong.faces.portal import catalogue

OPEN_RESTAURANT = "/services/open-restaurant"


def found(client, words: str) -> list[str]:
    page = client.get("/search", {"q": words}).content.decode()
    return [part.split('"')[0] for part in page.split('href="/services/')[1:]]


@pytest.mark.parametrize("words", ["开饭店", "餐馆", "我想开奶茶店", "open a restaurant", "restaurants", "Restaurant"])
def test_opening_a_restaurant_is_the_first_result(client, cast, words):
    assert found(client, words)[0] == "open-restaurant"


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("高龄津贴", "old-age-allowance"),
        ("old age allowance", "old-age-allowance"),
        ("居住证明", "residence-certificate"),
        ("户籍证明", "household-certificate"),
        ("food license", "food-licence"),
        ("招牌", "shop-sign"),
    ],
)
def test_a_service_is_found_by_its_words_in_either_language(client, cast, words, service):
    assert service in found(client, words)[:2]


def test_a_two_sign_word_inside_a_longer_one_is_found(client, cast):
    assert "fire-check" in found(client, "消防")


def test_words_that_nobody_uses_find_nothing_and_say_so(client, cast):
    page = client.get("/search", {"q": "xyzzy"})
    assert page.status_code == 200
    assert found(client, "xyzzy") == []


def test_what_only_an_office_can_open_is_not_listed(client, cast):
    assert b"/services/bad-rating" not in client.get("/services").content


def test_the_front_page_leads_to_life_events_audiences_and_themes(client, cast):
    page = client.get("/").content.decode()
    for address in (OPEN_RESTAURANT, "/for/enterprise", "/themes/food-catering"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_an_unknown_audience_theme_or_service_is_not_found(client, cast):
    for address in ("/for/robots", "/themes/none", "/services/none"):
        assert client.get(address).status_code == 404


def test_a_very_long_search_is_cut(client, cast):
    assert client.get("/search", {"q": "开" * 5000}).status_code == 200


def test_chinese_is_cut_into_pairs_and_english_loses_its_plural():
    assert catalogue.tokens("开饭店 Restaurants") == ["开饭", "饭店", "restaurant"]
    assert catalogue.tokens("店") == ["店"]
