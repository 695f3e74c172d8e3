"""The supervisor sees what is late and what nobody wants; the public sees figures of nobody in particular."""

import csv
import io
from datetime import timedelta

import pytest

from tests.restaurant import part, task
from zhengtong.cases import acts
from zhengtong.observatory.rollup import rebuild

DUTY = "/oversight/supervision-office/duty/"


@pytest.fixture
def supervisor(browser, cast):
    return browser(cast.supervisor)


@pytest.fixture
def contested(accepted, cast, monday):
    """The food licence, which nobody wants."""
    food = part(accepted, "food-licence")
    for reason in ("一", "二"):
        offer = acts.hand_over(
            task=task(food, "examine"),
            to_post="urban-management/signs",
            reason=reason,
            by=cast.licensing,
            now=monday,
        )
        acts.decline(handover=offer, answer="不是我的", competent=offer.from_post, by=cast.signs, now=monday)
    acts.hand_over(
        task=task(food, "examine"), to_post="urban-management/signs", reason="三", by=cast.licensing, now=monday
    )
    return food


def test_nothing_is_late_on_the_first_day(supervisor, accepted):
    page = supervisor.get(DUTY, {"light": "red"}).content.decode()
    assert accepted.number not in page


def test_a_late_case_is_red(supervisor, accepted, settings, monday):
    settings.ZHENGTONG_CLOCK = (monday + timedelta(days=90)).isoformat()
    page = supervisor.get(DUTY, {"light": "red"}).content.decode()
    assert part(accepted, "food-licence").number in page
    assert "Late" in page


def test_what_nobody_wants_comes_first_and_is_assigned(supervisor, contested, cast):
    page = supervisor.get(DUTY).content.decode()
    assert page.index("Contested") < page.index("due within two working days")
    assert contested.number in page
    step = task(contested, "examine")
    path = f"{DUTY}tasks/{step.pk}/assign"
    assert "不是我的" in supervisor.get(path).content.decode()
    assert supervisor.post(path, {"to": "heping-market/licensing", "reason": ""}).status_code == 422
    assert supervisor.post(path, {"to": "heping-market/licensing", "reason": "本属你处"})["Location"] == DUTY
    step.refresh_from_db()
    assert step.post == "heping-market/licensing"


def test_who_does_not_supervise_finds_nothing(browser, cast, accepted):
    assert browser(cast.licensing).get("/oversight/heping-market/licensing/").status_code == 404
    assert browser(cast.licensing).get(DUTY).status_code == 404


def test_the_public_page_needs_no_sign_in_and_names_nobody(client, accepted, cast, monday):
    list(rebuild(now=monday))
    page = client.get("/oversight/figures", headers={"Accept-Language": "en"}).content.decode()
    assert "Heping District Administration for Market Regulation" in page
    assert "fewer than 5" in page
    for person in (cast.lin_yue.person, cast.licensing.person, cast.window.person):
        assert person.name not in page


def test_the_figures_can_be_downloaded(client, accepted, monday):
    list(rebuild(now=monday))
    answer = client.get("/oversight/figures.csv", {"period": "2026"}, headers={"Accept-Language": "en"})
    assert 'filename="zhengtong-2026.csv"' in answer["Content-Disposition"]
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0][:3] == ["Office", "Service", "Cases filed"]
    assert {len(row) for row in table} == {len(table[0])}
    assert any("<5" in row for row in table)


@pytest.mark.parametrize("period", ["2026-13", "\x00", "x" * 300])
def test_a_period_that_is_none_is_refused(client, cast, period):
    assert client.get("/oversight/figures", {"period": period}).status_code == 422


def test_before_there_are_figures_the_page_says_so(client, cast):
    page = client.get("/oversight/figures", headers={"Accept-Language": "en"}).content.decode()
    assert "There are no figures for this period yet." in page


def test_the_power_list_names_posts_matters_and_law(client, cast):
    page = client.get("/oversight/powers", headers={"Accept-Language": "en"}).content.decode()
    assert "Licensing of food businesses" in page
    assert "Food licensing officer" in page
    assert "Food Safety Law" in page
