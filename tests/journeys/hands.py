"""What journeys do on every page, and the day on which most of them begin."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def press(page: Page, name: str) -> None:
    """Press the first button of this name, and wait for the page that follows."""
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()
