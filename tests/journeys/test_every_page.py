"""Every page of the portal holds at 320 px, in both languages, for everybody (axe, WCAG 2.2 A and AA)."""

from datetime import timedelta

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/search?q=开饭店",
    "/search?q=xyzzy",
    "/services",
    "/for/enterprise",
    "/themes/food-catering",
    "/services/open-restaurant",
    "/services/food-licence",
    "/services/appeal",
    "/laws",
    "/laws/licensing-law",
    "/organisations",
    "/organisations/heping-market",
    "/charters",
    "/charters/1",
    "/charters/1/services/food-licence/form.json",
    "/take-part/",
    "/take-part/reports",
    "/take-part/assemblies",
    "/take-part/moderation",
    "/take-part/owed/city-government",
    "/take-part/letters",
    "/take-part/count",
    "/verify",
    "/verify/QC-2026-0000-0000-0000-01",
    "/accessibility",
    "/sign-in",
    "/nowhere",
]


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 320), ("en", 320), ("zh-hans", 1100)])
def test_every_public_page_can_be_used_by_everybody(visit, axe, shoot, language, width):
    page = visit(language=language, width=width)
    for address in PUBLIC:
        page.goto(address)
        axe(page)
        shoot(page, f"public{address.split('?')[0].replace('/', '-')}-{language}-{width}")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_application_begins_without_and_with_scripts(visit, axe, cast, scripts):
    page = visit("lin-yue", language="en", width=320, scripts=scripts)
    page.goto("/services/open-restaurant")
    page.get_by_role("button", name="Start now").or_(page.get_by_role("link", name="Start now")).first.click()
    page.get_by_label(cast.linjiang.name).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").or_(page.get_by_role("link", name="Continue")).first.click()
    page.get_by_role("button", name="Continue").click()  # an empty answer
    page.wait_for_load_state()
    assert "There is a problem" in page.locator("main").inner_text()
    if scripts:
        axe(page)
    page.locator("#outlet_name").fill("临江小馆")
    page.get_by_role("button", name="Continue").click()
    assert "/questions/place" in page.url


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 320), ("en", 320), ("zh-hans", 1100)])
def test_every_page_of_a_running_case_can_be_used_by_everybody(visit, axe, shoot, cast, story, language, width):
    page = visit("lin-yue", language=language, width=width)
    for address in story:
        page.goto(address)
        axe(page)
        shoot(page, f"mine{address.replace('/', '-')}-{language}-{width}")


@pytest.fixture
def story(site, cast, monday, settings) -> list[str]:
    """A joint case in which one part is refused, one waits for a correction, one for an inspection; and a draft."""
    settings.ZHENGTONG_CLOCK = (monday + timedelta(days=2)).isoformat()
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    case.refresh_from_db()
    food, fire = part(case, "food-licence"), part(case, "fire-check")
    items = [{"what": "平面图缺少尺寸", "why": "无法核对面积"}]
    acts.request_correction(task=task(fire, "inspect"), items=items, by=cast.fire, now=monday)
    do(food, "examine", "unsatisfied", by=cast.licensing, now=monday)
    basis = ["food-licence-rules/11"]
    do(food, "decide", "refused", by=cast.licensing, reasons="操作间与布局不符", basis=basis, now=monday)
    draft = acts.start_draft(
        person=cast.lin_yue.person, procedure="open-restaurant", enterprise=cast.linjiang, now=monday
    )
    certificate = part(case, "business-licence").certificates.get()
    return [
        "/cases",
        f"/cases/{case.number}",
        f"/cases/{case.number}/why",
        f"/cases/{case.number}/filed",
        f"/cases/{case.number}/withdraw",
        f"/cases/{case.number}/letters/{case.letters.first().pk}",
        f"/cases/{food.number}",
        f"/cases/{food.number}/replay/{food.decisions.get().pk}",
        f"/cases/{fire.number}/why",
        f"/cases/{fire.number}/correction",
        "/services/open-restaurant/start",
        "/drafts",
        *(f"/drafts/{draft.pk}/{page}" for page in ("known", "questions/outlet", "questions/place", "papers", "check")),
        "/my-data",
        "/mandates",
        f"/verify/{certificate.number}",
    ]
