"""Processes are drawn by bpmn-js where scripts run, by the server where not, with the same marks (axe, both widths)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.restaurant import apply, do, part
from zhengtong.cases.models import Case

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def food(site, cast, monday, settings) -> Case:
    """The food licence of a restaurant: accepted and examined, to be inspected, and late."""
    settings.ZHENGTONG_CLOCK = (monday + timedelta(days=60)).isoformat()
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    return do(part(case, "food-licence"), "examine", "satisfied", by=cast.licensing, now=monday)


def pages(food: Case) -> list[tuple[str, str]]:
    """Who sees a process where."""
    return [
        ("lin-yue", f"/cases/{food.number}"),
        ("", "/services/open-restaurant"),
        ("he-ping", f"/desk/heping-market/licensing/cases/{food.number}"),
        ("lu-zheng", "/oversight/supervision-office/duty/process?service=food-licence&period=2026"),
    ]


def drawn(page: Page) -> Locator:
    """The picture, once the viewer has drawn it."""
    figure = page.locator("figure.zt-process-figure")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".djs-element").first).to_be_visible()
    expect(figure.locator("[data-zoom]").first).to_be_visible()
    return figure


@pytest.mark.parametrize(
    ("language", "width", "most"), [("zh-hans", 320, 4), ("en", 320, 1), ("zh-hans", 1100, 1), ("en", 1100, 4)]
)
def test_the_viewer_draws_every_process_under_a_strict_policy(visit, axe, shoot, food, language, width, most):
    for username, address in pages(food)[:most]:
        page, said = visit(username, language=language, width=width), []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda fault, said=said: said.append(str(fault)))
        page.goto(address)
        figure = drawn(page)
        axe(page)
        shoot(page, f"process-{username or 'anybody'}-{language}-{width}")
        assert said == [], address
        frame, mark = figure.locator(".bjs-container").bounding_box(), figure.locator(".bjs-powered-by").bounding_box()
        assert frame["x"] <= mark["x"] and mark["x"] + mark["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= mark["y"] and mark["y"] + mark["height"] <= frame["y"] + frame["height"]


def test_the_picture_opens_where_the_case_is_and_can_be_seen_whole(visit, food):
    page = visit("lin-yue", width=320)
    page.goto(f"/cases/{food.number}")
    figure = drawn(page)
    assert figure.locator(".djs-overlay .zt-process-badge").all_inner_texts() == ["✓", "!"]
    assert in_sight(figure, "inspect")
    assert not in_sight(figure, "start")
    figure.locator("[data-zoom='0']").click()
    assert in_sight(figure, "inspect")
    assert in_sight(figure, "start")


def in_sight(figure: Locator, node: str) -> bool:
    """Whether a node stands within the frame, without scrolling it."""
    frame = figure.locator(".bjs-container").bounding_box()
    box = figure.locator(f"[data-element-id={node}] .djs-visual").bounding_box()
    return frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_picture_of_the_server_stays_where_the_viewer_cannot_draw(visit, axe, food, scripts):
    page = visit("lin-yue", language="en", width=320, scripts=scripts)
    page.route("**/*.bpmn", lambda route: route.abort())
    page.goto(f"/cases/{food.number}")
    page.locator("figure.zt-process-figure").scroll_into_view_if_needed()
    picture = page.locator("figure.zt-process-figure .zt-scroll svg")
    expect(picture).to_be_visible()
    assert "Inspect the premises (late)" in picture.locator("desc").text_content()
    expect(page.locator(".zt-process-figure__legend")).to_contain_text("late")
    page.get_by_text("The picture in words").click()
    expect(page.get_by_text("Inspect the premises: late")).to_be_visible()
    if scripts:
        axe(page)
