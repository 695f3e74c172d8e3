"""Every page of the portal holds at 320 px, in both languages, for everybody (axe, WCAG 2.2 A and AA)."""

import pytest

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
    assert "There is a problem" in page.content()
    if scripts:
        axe(page)
    page.locator("#outlet_name").fill("临江小馆")
    page.get_by_role("button", name="Continue").click()
    assert "/questions/place" in page.url
