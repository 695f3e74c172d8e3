"""The story of the restaurant in a real browser, without scripts: from the search to the certificates and the rating."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from playwright.sync_api import Page

from tests.restaurant import ANSWERS, NEEDED, picture
from zhengtong.cases.models import Case, Certificate, Task
from zhengtong.ledger.verify import verify
from zhengtong.project.worker import round_of_duties

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Day:
    """The clock of the pages, and of the worker that runs through the night."""

    def __init__(self, settings, start: datetime) -> None:
        self.settings, self.now = settings, start
        self.goes_on()

    def goes_on(self, **more: float) -> None:
        self.now += timedelta(**more)
        self.settings.ZHENGTONG_CLOCK = self.now.isoformat()
        with ThreadPoolExecutor(1) as worker:  # the browser's event loop runs in this thread, the worker's in its own
            worker.submit(self._work).result()

    def _work(self) -> None:
        while round_of_duties(now=self.now):
            pass
        connection.close()


@pytest.fixture
def day(settings, monday, site) -> Day:
    return Day(settings, monday)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def answer_page(page: Page) -> None:
    """Answer every question of the page as Lin Yue would."""
    for name, value in ANSWERS.items():
        text_field = page.locator(f"input[type=text][name={name}], textarea[name={name}]")
        if text_field.count():
            text_field.fill(str(value))
        choice = str(value).lower() if isinstance(value, bool) else value
        radio = page.locator(f"input[type=radio][name={name}][value='{choice}']")
        if radio.count():
            radio.check()
        year = page.locator(f"input[name='{name}-year'], input[name='{name}.year'], input[name='{name}_year']")
        if year.count():
            for part, number in zip(("year", "month", "day"), str(value).split("-"), strict=True):
                page.locator(f"input[name='{year.get_attribute('name').replace('year', part)}']").fill(number)
    press(page, "Continue")


def apply(page: Page) -> str:
    """From the service page to the number of the case."""
    page.goto("/search?q=开餐馆")
    follow(page, "Opening a restaurant")
    assert "45 working days" in page.content() and "art. 26" in page.content()
    page.goto("/services/open-restaurant/start")
    page.get_by_label("临江小馆餐饮").check()
    press(page, "Continue")
    assert "青山市临江小馆餐饮有限公司" in page.content(), "what the registers know is filled in"
    follow(page, "Continue") if not page.locator("main").get_by_role("button", name="Continue").count() else press(
        page, "Continue"
    )
    while "/questions/" in page.url:
        answer_page(page)
    for material in NEEDED:
        upload = {"name": f"{material}.png", "mimeType": "image/png", "buffer": picture()}
        form = page.locator(f"form:has(input[name=material][value='{material}'])")
        form.locator("input[type=file]").set_input_files(upload)
        form.locator("button").click()
    press(page, "Continue")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page, "Submit")
    return page.url.rstrip("/").split("/cases/")[1].split("/")[0]


def officer_ends(page: Page, case: Case, node: str, output: str, reasons: str = "") -> None:
    """The officer opens the step on the desk and ends it."""
    task = case.tasks.get(node=node, status=Task.Status.OPEN)
    page.goto(f"/desk/{task.post}/tasks/{task.pk}")
    page.locator(f"input[name=output][value='{output}']").check()
    if reasons:
        page.locator("textarea[name=reasons]").fill(reasons)
        page.locator("input[name=basis]").first.check()
    press(page, "Complete this step") if page.locator("#complete").count() == 0 else page.locator(
        "section[aria-labelledby=complete] button[type=submit]"
    ).click()
    page.wait_for_load_state()
    task.refresh_from_db()
    assert task.status == Task.Status.DONE, page.locator("main").inner_text()[:600]


def test_one_application_opens_a_restaurant(visit, day, cast):
    lin_yue = visit("lin-yue", language="en", scripts=False)
    number = apply(lin_yue)
    joint = Case.objects.get(number=number)

    window = visit("zhou-min", language="en", scripts=False)
    officer_ends(window, joint, "accept", "accepted")
    joint.refresh_from_db()
    assert joint.status == Case.Status.ACCEPTED
    food, fire = joint.parts.get(procedure="food-licence"), joint.parts.get(procedure="fire-check")

    licensing = visit("he-ping", language="en", scripts=False)
    step = food.tasks.get(status="open")
    licensing.goto(f"/desk/{step.post}/tasks/{step.pk}/correction")
    licensing.locator("main input[type=text], main textarea").first.fill("The plan lacks measurements")
    licensing.locator("main form button[type=submit]").first.click()
    food.refresh_from_db()
    assert food.stopped, "the clock stands still until she answers"
    lin_yue.goto(f"/cases/{food.number}/why")
    assert "stands still" in lin_yue.content()

    day.goes_on(days=1)
    lin_yue.goto(f"/cases/{food.number}/correction")
    lin_yue.locator("textarea[name=note]").fill("A new plan")
    press(lin_yue, "Send the answer")
    food.refresh_from_db()
    assert not food.stopped

    officer_ends(visit("gao-feng", language="en", scripts=False), fire, "inspect", "passed")
    officer_ends(visit("gao-feng", language="en", scripts=False), fire, "decide", "granted")
    officer_ends(licensing, food, "examine", "unsatisfied")
    officer_ends(licensing, food, "decide", "refused", reasons="The kitchen does not fit the plan")
    food.refresh_from_db()
    lin_yue.goto(f"/cases/{food.number}")
    assert "The kitchen does not fit the plan" in lin_yue.content()
    assert "reconsideration" in lin_yue.content().lower(), "a refusal says where to appeal"

    day.goes_on(days=1)
    certificate = Certificate.objects.filter(case=fire).get()
    anyone = visit(language="en", scripts=False)
    anyone.goto(f"/verify/{certificate.number}")
    assert "valid" in anyone.locator("main").inner_text().lower()
    assert "林悦" not in anyone.content(), "it shows no more than it must"
    stranger = visit("lin-qiang", language="en", scripts=False)
    assert stranger.goto(f"/cases/{number}").status == 404

    joint.refresh_from_db()
    assert joint.status == Case.Status.CLOSED
    lin_yue.goto(f"/cases/{number}/rate")
    lin_yue.locator("input[name=level][value='1']").check()
    press(lin_yue, "Send the rating")
    assert joint.ratings.get().follow_up.procedure == "bad-rating"
    anyone.goto("/oversight/figures")
    assert anyone.locator("main table").count()
    day.goes_on(minutes=5)
    assert not verify().faults


def test_silence_accepts(visit, day, cast):
    lin_yue = visit("lin-yue", language="en", scripts=False)
    number = apply(lin_yue)
    day.goes_on(days=8)
    lin_yue.goto(f"/cases/{number}")
    case = Case.objects.get(number=number)
    assert case.status == Case.Status.ACCEPTED and case.parts.count() == 4
