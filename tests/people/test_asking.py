"""Who may do what: the page for everybody and for officers, and the API, answer the one question in sentences."""

import pytest
from django.test import Client

from tests.cast import signed_in
from tests.restaurant import apply, do, part

ASKED = {"post": "heping-services/window", "act": "decide", "matter": "food-licence", "region": "990102"}


@pytest.fixture(autouse=True)
def on_monday(settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()


def reading(language: str) -> Client:
    return Client(headers={"Accept-Language": language})


def test_the_page_explains_the_answer_in_both_languages(cast):
    page = reading("en").get("/oversight/powers", ASKED).content.decode()
    assert "may accept and take in, but not decide," in page
    assert "Who may: Heping Market Regulation" in page
    assert "可以受理、收件，但无权决定" in reading("zh-Hans").get("/oversight/powers", ASKED).content.decode()


def test_the_table_is_narrowed_and_what_nobody_knows_narrows_nothing(cast):
    whole = reading("en").get("/oversight/powers").content.decode()
    narrowed = reading("en").get("/oversight/powers", {"matter": "fire-check", "act": "decide"}).content.decode()
    assert "Food licensing officer</th>" in whole and "Food licensing officer</th>" not in narrowed
    assert "Fire" in narrowed
    assert reading("en").get("/oversight/powers", {"post": "<b>", "act": "'"}).status_code == 200


def test_an_officer_sees_what_may_be_done_in_a_case_and_why_not(cast, monday):
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    food = part(case, "food-licence")
    page = signed_in(cast.licensing, headers={"Accept-Language": "en"}).get(
        f"/desk/heping-market/licensing/cases/{food.number}/may"
    )
    told = page.content.decode()
    assert "Yes. The post “Heping Market Regulation · Food licensing officer” may decide" in told
    assert "but not supervise" in told


def test_the_api_gives_the_same_answer_to_all(cast):
    answer = Client().get("/api/v1/may-act", ASKED).json()
    assert (answer["allowed"], answer["against"], answer["power"]) == (False, ["no-act"], "")
    assert answer["may"] == ["accept", "file"]
    allowed = Client().get("/api/v1/may-act", ASKED | {"post": "heping-market/licensing"}).json()
    assert (allowed["allowed"], allowed["power"]) == (True, "food-licensing")
    assert "职权“食品经营许可”" in allowed["told"][0]["zh-Hans"]


@pytest.mark.parametrize("wrong", [{"post": "no/such"}, {"act": "eat"}, {"matter": "nothing"}, {"region": "999999"}])
def test_what_is_not_there_is_not_found(cast, wrong):
    assert Client().get("/api/v1/may-act", ASKED | wrong).status_code == 404


def test_the_api_lists_what_the_posts_hold(cast):
    found = Client().get("/api/v1/grants", {"matter": "fire-check", "act": "decide"}).json()
    assert {each["power"] for each in found} == {"fire-safety-check"}
    assert all("decide" in each["acts"] for each in found)


def test_of_a_case_only_an_officer_whose_post_reaches_it_may_ask(cast, monday):
    case = apply(cast, now=monday)
    assert Client().get(f"/api/v1/cases/{case.number}/may-act", {"post": "x/y", "act": "decide"}).status_code == 401
