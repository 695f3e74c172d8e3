"""A real browser for the journeys. Where it (or axe) is missing, the tests are skipped and say how to install it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.cast import PASSWORD, next_code, signed_in_as
from tests.journeys.hands import MONDAY
from tests.restaurant import apply, do, part
from tools.browser import chromium
from zhengtong.cases.models import Case
from zhengtong.people.models import Account

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--renderer-process-limit=1",  # starting a process for each device costs more than most pages
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Axe = Callable[[Page], None]
Shoot = Callable[[Page, str], None]

PATIENCE = 120_000  # milliseconds: a machine may be slow
expect.set_options(timeout=PATIENCE)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in the thread of the test


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = chromium()
    if path is None:
        pytest.skip("no browser: `apt-get install chromium-headless-shell`, or set CHROMIUM to the path of one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def it_is_monday(settings) -> None:
    """Of the real day it would depend whether thirty days end on a working day."""
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()


@pytest.fixture
def site(live_server, cast, settings) -> str:
    """The address of the running program, with the sample city in it."""
    settings.ZHENGTONG_URL = live_server.url
    return live_server.url


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open the site as somebody: `visit("lin-yue", language="en", width=320)`; each visit is a device of its own.

    They come signed in: the page for that is tried by the journeys that are about it (see `sign_in`).
    """
    contexts: list[BrowserContext] = []

    def open_(username: str = "", *, language: str = "zh-hans", width: int = 1100, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        if AXE.exists():
            context.add_init_script(path=AXE)
        if username:
            signed = signed_in_as(Account.objects.get(username=username)).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": signed.key, "value": signed.value, "url": site}])
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        return page

    yield open_
    for context in contexts:
        context.close()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page; an officer gives a code besides."""
    page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    for _ in range(2):  # a code may run out between reading and typing it
        if page.url.endswith("/second-step"):
            page.locator("#code").fill(next_code(username))
            page.locator("main form:has(#code) button").click()
            page.wait_for_load_state()


@pytest.fixture
def sign(cast, settings) -> Case:
    """A sign on a roof, accepted, which an officer of the city decides on."""
    settings.ZHENGTONG_CLOCK = MONDAY.isoformat()
    joint = apply(cast, now=MONDAY, sign_position="roof", sign_width="4", sign_height="3.5")
    do(joint, "accept", "accepted", by=cast.window, now=MONDAY)
    return part(joint, "shop-sign")


@pytest.fixture
def axe() -> Axe:
    """No violation of WCAG 2.2 A and AA on this page, and nothing wider than the screen. On SQLite, since no page is
    less accessible for the database behind it.
    """
    if not AXE.exists():
        pytest.skip("axe-core is missing: `npm ci`")

    def check(page: Page) -> None:
        if connection.vendor != "sqlite":
            return
        page.wait_for_load_state()  # a click returns once the next page has begun
        found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", WCAG)
        told = [f"{each['id']}: {each['help']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
        assert told == [], f"{page.url}\n" + "\n".join(told)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} is too wide"

    return check


@pytest.fixture
def shoot() -> Shoot:
    """Take a picture of the whole page, into `ZHENGTONG_SCREENSHOTS` (a folder); none where that is not set."""
    folder = os.environ.get("ZHENGTONG_SCREENSHOTS", "")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take
