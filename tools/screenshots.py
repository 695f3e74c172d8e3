"""`make screenshots`: the pictures in docs/pictures, made from a city of their own with real cases in it."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import chromium

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
PORT = 8777
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "qingshan-demo-2026"  # noqa: S105 - the demonstration's, printed by `make demo`
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ZHENGTONG_VAR": folder, "DATABASE_URL": "", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        subprocess.run(
            [sys.executable, "-m", "zhengtong", "demo", "--prepare-only"], check=True, stdout=subprocess.DEVNULL
        )
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.project.settings")
        django.setup()
        number, certificate, draft = a_city_at_work()
        with serving(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            shoot_all(browser, number, certificate, draft)
            browser.close()


def a_city_at_work() -> tuple[str, str, int]:
    """Cases of Lin Yue at several stages; returns the number of the one shown, of a certificate, and a draft."""
    from django.utils import timezone

    from tests.cast import Cast
    from tests.restaurant import ANSWERS, NEEDED, apply, do, papers, part, task
    from zhengtong.cases import acts
    from zhengtong.cases.law import charter_of
    from zhengtong.cases.models import Certificate
    from zhengtong.project.worker import round_of_duties

    cast, begun = Cast(), timezone.now() - timedelta(days=6)
    case = apply(cast, now=begun, key="pictures", opening_on="2027-03-01")
    do(case, "accept", "accepted", by=cast.window, now=begun + timedelta(hours=3))
    case.refresh_from_db()
    food = part(case, "food-licence")
    missing = [{"what": "平面布置图未标明操作间尺寸", "why": "《食品经营许可和备案管理办法》要求标明"}]
    acts.request_correction(task=task(food, "examine"), items=missing, by=cast.licensing, now=begun + timedelta(days=1))
    now = timezone.now()
    draft = acts.start_draft(person=cast.lin_yue.person, procedure="open-restaurant", enterprise=cast.linjiang, now=now)
    for page in dict.fromkeys(question.page for question in charter_of(case).form("open-restaurant").questions):
        acts.save_answers(
            draft=draft, page=page, answers=ANSWERS | {"opening_on": "2027-03-01"}, by=cast.lin_yue, now=now
        )
        draft.refresh_from_db()
    for material, (name, content) in papers(*NEEDED).items():
        acts.attach(draft=draft, material=material, name=name, content=content, by=cast.lin_yue, now=now)
    while round_of_duties(now=timezone.now()):
        pass
    return case.number, Certificate.objects.order_by("pk")[0].number, draft.pk


@contextmanager
def serving() -> Iterator[None]:
    """The program itself, until the pictures are made."""
    running = subprocess.Popen([sys.executable, "-m", "zhengtong", "serve", "--port", str(PORT), "--workers", "1"])  # noqa: S603
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{BASE}/healthz", timeout=2).close()  # noqa: S310
                break
            except OSError:  # not there yet, or slow
                time.sleep(0.3)
        yield
    finally:
        running.terminate()
        running.wait(timeout=30)


def shoot_all(browser: Browser, number: str, certificate: str, draft: int) -> None:
    anyone = visit(browser)
    shoot(anyone, "/", "home")
    shoot(anyone, "/search?q=开餐馆", "search")
    shoot(anyone, "/services/open-restaurant", "service")
    shoot(anyone, f"/verify/{certificate}", "certificate")
    shoot(anyone, "/oversight/figures", "figures")
    shoot(anyone, "/take-part/", "take-part")
    anyone.click("main .zt-results a:has-text('夜市')")
    shoot(anyone, anyone.url.removeprefix(BASE), "conversation")
    shoot(anyone, "/take-part/reports", "reports")
    lin_yue = visit(browser, "lin-yue")
    shoot(lin_yue, f"/cases/{number}", "case")
    shoot(lin_yue, f"/cases/{number}/why", "why")
    shoot(lin_yue, f"/drafts/{draft}/questions/size", "question", opened=True)
    shoot(lin_yue, f"/drafts/{draft}/check", "check")
    fire = visit(browser, "gao-feng")
    shoot(fire, "/desk/fire-brigade/inspection/", "desk")
    fire.click("main table a >> nth=0")
    shoot(fire, fire.url.removeprefix(BASE), "task")
    phone = visit(browser, width=320, language="en")
    shoot(phone, "/services/old-age-allowance", "phone")


def visit(browser: Browser, username: str = "", *, width: int = 1000, language: str = "zh-hans") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=BASE)
    context.add_cookies([{"name": "django_language", "value": language, "url": BASE}])
    page = context.new_page()
    if username:
        page.goto("/sign-in")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        if page.url.endswith("/second-step"):
            from tests.cast import next_code

            page.fill("[name=code]", next_code(username))
            page.press("[name=code]", "Enter")
            page.wait_for_load_state()
    return page


def shoot(page: Page, address: str, name: str, *, opened: bool = False) -> None:
    """One picture, at most 1,500 pixels high and in few colours, so that the repository stays small."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} answered {answer and answer.status}")
    if opened:
        for details in page.query_selector_all("main details"):
            details.evaluate("each => each.open = true")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    with Image.open(path) as whole:
        picture = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, 1500))).quantize(64)
    picture.save(path, optimize=True)


if __name__ == "__main__":
    main()
