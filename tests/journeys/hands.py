"""What journeys do on every page, and the day on which most of them begin."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def press(page: Page, name: str) -> None:
    """Press the first button of this name, and wait for the page that follows."""
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def click(page: Page, selector: str) -> None:
    """Click the first that a selector finds and a reader sees, in any language; wait for the page that follows."""
    page.locator(f"main {selector}").locator("visible=true").first.click()
    page.wait_for_load_state()


def end(page: Page, output: str, reasons: str = "") -> None:
    """End a step on its page, by the first article that is offered for it."""
    page.locator(f"input[name=output][value='{output}']").check()
    page.locator("#reasons").fill(reasons)
    for article in page.locator("input[name=basis]").all()[:1]:
        article.check()
    click(page, "form[action$=complete] button")
