"""What a service tells before one starts."""

import pytest


@pytest.fixture
def page(client, cast):
    def read(service: str, language: str = "zh-hans") -> str:
        client.cookies["django_language"] = language
        answer = client.get(f"/services/{service}")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_it_tells_who_what_how_long_and_what_it_costs(page):
    told = page("open-restaurant")
    for fact in ("10个工作日", "45个工作日", "不收费", "场所平面布置图", "企业已依法登记"):
        assert fact in told


def test_it_tells_the_same_in_english(page):
    told = page("open-restaurant", "en")
    for fact in ("10 working days", "45 working days", "Free", "Floor plan of the premises", "Enterprises"):
        assert fact in told


def test_it_quotes_the_law_with_its_wording(page):
    told = page("food-licence")
    assert "《食品安全法》第三十五条" in told
    assert "国家对食品生产经营实行许可制度" in told


def test_it_says_which_papers_need_not_be_handed_in_and_why(page):
    told = page("open-restaurant", "en")
    assert "Papers that you need not hand in" in told
    assert "It results from this same application" in told


def test_it_draws_the_process_and_tells_it_in_words(page):
    told = page("food-licence")
    assert "<svg" in told
    assert '<ol class="govuk-list govuk-list--number">' in told


def test_it_says_where_to_complain_and_appeal(page):
    told = page("food-licence", "en")
    assert "Complain to the Office for the Supervision of Public Services" in told
    assert 'href="/services/appeal"' in told


def test_every_listed_service_has_a_page_in_both_languages(client, cast, page):
    from datetime import date

    from zhengtong.charter.queries import in_force

    for listed in in_force(date(2026, 3, 2)).charter.all_listed():
        for language in ("zh-hans", "en"):
            assert listed.name.in_("en" if language == "en" else "zh-Hans") in page(listed.id, language)


def test_an_article_of_law_can_be_read(client, cast):
    assert 'id="article-32"' in client.get("/laws/licensing-law").content.decode()


def test_every_enacted_charter_and_each_of_its_files_can_be_read(client, cast):
    assert b"/charters/1" in client.get("/charters").content
    assert b"services/food-licence/process.bpmn" in client.get("/charters/1").content
    assert client.get("/charters/1/services/food-licence/process.bpmn").status_code == 200
    assert client.get("/charters/1/nothing.yaml").status_code == 404
    assert client.get("/charters/99").status_code == 404
