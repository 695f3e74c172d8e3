"""The story of the restaurant in a real browser, without scripts: from the search to the certificates and beyond."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from playwright.sync_api import Page

from tests.journeys.hands import press
from tests.restaurant import ANSWERS, NEEDED, picture
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case, Certificate, Handover, Task
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


class PostOffice:
    """A real SMTP server, and what it was given."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.messages.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    office = PostOffice()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = free.getsockname()
    server = Controller(office, hostname=address[0], port=address[1])
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = address
    yield office
    server.stop()


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
    assert "45 working days" in page.locator("main").inner_text() and "art. 26" in page.locator("main").inner_text()
    page.goto("/services/open-restaurant/start")
    page.get_by_label("临江小馆餐饮").check()
    press(page, "Continue")
    assert "青山市临江小馆餐饮有限公司" in page.locator("main").inner_text(), "what the registers know is filled in"
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
    twin = page.context.new_page()
    twin.goto(page.url)
    first, second = submitted(page), submitted(twin)
    assert first == second
    return first


def submitted(page: Page) -> str:
    """Submit what was checked; the number of the case."""
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
        for article in page.locator("input[name=basis]").all()[:1]:
            article.check()
    press(page, "Complete this step") if page.locator("#complete").count() == 0 else page.locator(
        "section[aria-labelledby=complete] button[type=submit]"
    ).click()
    page.wait_for_load_state()
    task.refresh_from_db()
    assert task.status == Task.Status.DONE, page.locator("main").inner_text()[:600]


def pass_it_on(page: Page, case: Case, to: str) -> None:
    """The officer offers the open step to another post."""
    step = case.tasks.get(status=Task.Status.OPEN)
    page.goto(f"/desk/{step.post}/tasks/{step.pk}/hand-over")
    page.locator("select[name=to]").select_option(to)
    page.locator("textarea[name=reason]").fill("This may be theirs")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


def decline(page: Page, case: Case, office: str) -> None:
    """The other post says why it is not competent, and who is."""
    offer = Handover.objects.get(task__case=case, status=Handover.Status.OFFERED)
    page.goto(f"/desk/{office}/offers/{offer.pk}")
    page.locator("textarea[name=reason]").fill("Food is for market regulation")
    page.locator("select[name=competent]").select_option("heping-market/licensing")
    press(page, "Decline")


def pass_the_buck_until_the_supervisor_has_it(visit, licensing: Page, food: Case) -> None:
    signs = visit("shen-jia", language="en", scripts=False)
    for _ in range(2):
        pass_it_on(licensing, food, "urban-management/signs")
        food.refresh_from_db()
        assert food.post == "heping-market/licensing", "until the other takes it, it stays theirs"
        decline(signs, food, "urban-management/signs")
    pass_it_on(licensing, food, "fire-brigade/inspection")
    food.refresh_from_db()
    assert food.post == "supervision-office/duty", "the third pass goes to the supervisor by itself"
    supervisor = visit("lu-zheng", language="en", scripts=False)
    supervisor.goto("/oversight/supervision-office/duty/")
    assert food.number in supervisor.content()
    supervisor.goto(f"/oversight/supervision-office/duty/tasks/{food.tasks.get(status='open').pk}/assign")
    supervisor.locator("select[name=to]").select_option("heping-market/licensing")
    supervisor.locator("textarea[name=reason]").fill("It always was yours")
    press(supervisor, "Assign")
    food.refresh_from_db()
    assert food.post == "heping-market/licensing"


def arrange_an_inspection(page: Page, fire: Case) -> None:
    step = fire.tasks.get(status=Task.Status.OPEN)
    page.goto(f"/desk/{step.post}/tasks/{step.pk}/inspection")
    for part, number in {"day": "5", "month": "3", "year": "2026"}.items():
        page.locator(f"input[name$='{part}']").fill(number)
    page.locator("input[name=time]").fill("09:30")
    page.locator("input[name=place]").fill("青山市和平区样例路88号")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    assert step.inspections.count() == 1, page.locator("main").inner_text()[:500]


def the_certificate_is_genuine_until_a_byte_changes(lin_yue: Page, anyone: Page, certificate: Certificate) -> None:
    address = f"/cases/{certificate.case.number}/certificates/{certificate.number}.pdf"
    answer = lin_yue.request.get(address)
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    pdf = answer.body()
    for body, told in ((pdf, "Not one byte was altered"), (pdf[:-900] + b"X" + pdf[-899:], "")):
        anyone.goto(f"/verify/{certificate.number}")
        file = {"name": "c.pdf", "mimeType": "application/pdf", "buffer": body}
        anyone.locator("input[type=file]").set_input_files(file)
        press(anyone, "Compare")
        assert ("Not one byte was altered" in anyone.content()) is bool(told)


def she_appeals_and_wins(visit, lin_yue: Page, food: Case, cast) -> None:
    lin_yue.goto(f"/cases/{food.number}")
    lin_yue.locator(f"form[action$='/{food.number}/contest'] button").first.click()
    lin_yue.wait_for_load_state()
    press(lin_yue, "Continue") if lin_yue.locator("main").get_by_role("button", name="Continue").count() else follow(
        lin_yue, "Continue"
    )
    while "/questions/" in lin_yue.url:
        for name, value in {"appeal_request": "set-aside", "stay_wanted": "false", "hearing_wanted": "false"}.items():
            choice = lin_yue.locator(f"input[name={name}][value='{value}']")
            if choice.count():
                choice.check()
        for choice in lin_yue.locator("input[name=norm_review_wanted][value=false]").all():
            choice.check()
        for field in lin_yue.locator("textarea[name=appeal_reasons]").all():
            field.fill("The kitchen does fit the plan")
        press(lin_yue, "Continue")
    if "/papers" in lin_yue.url:
        press(lin_yue, "Continue")
    press(lin_yue, "Submit")
    appeal = Case.objects.get(procedure="appeal")
    assert appeal.about == food
    office = visit("cheng-lan", language="en", scripts=False)
    outputs = {"acceptance": "accepted", "defence": "received", "hearing": "in-writing", "opinion": "overturn"}
    while step := appeal.tasks.filter(status="open").first():
        fact = charter_of(appeal).process("appeal").nodes[step.node].task.fact
        page = (
            office if step.post == "justice-bureau/reconsideration" else visit("wen-bo", language="en", scripts=False)
        )
        officer_ends(page, appeal, step.node, outputs.get(fact, "set-aside"), reasons="The facts are clear")
        appeal.refresh_from_db()
    food.refresh_from_db()
    assert food.outcome == "granted", "a decision overturned there changes the first case"


def test_one_application_opens_a_restaurant(visit, post_office, day, cast):
    lin_yue = visit("lin-yue", language="en", scripts=False)
    number = apply(lin_yue)
    assert Case.objects.count() == 1, "submitting twice makes one case"
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

    brigade = visit("gao-feng", language="en", scripts=False)
    arrange_an_inspection(brigade, fire)
    officer_ends(brigade, fire, "inspect", "passed")
    officer_ends(brigade, fire, "decide", "granted")
    pass_the_buck_until_the_supervisor_has_it(visit, licensing, food)
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
    the_certificate_is_genuine_until_a_byte_changes(lin_yue, anyone, certificate)
    she_appeals_and_wins(visit, lin_yue, food, cast)
    assert brigade.goto(f"/desk/fire-brigade/inspection/cases/{food.number}").status == 404
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
    told = {message["Subject"] for message in post_office.messages}
    assert len(told) >= 8, "she gets mail about every step"


def test_silence_accepts(visit, day, cast):
    lin_yue = visit("lin-yue", language="en", scripts=False)
    number = apply(lin_yue)
    day.goes_on(days=8)
    lin_yue.goto(f"/cases/{number}")
    case = Case.objects.get(number=number)
    assert case.status == Case.Status.ACCEPTED and case.parts.count() == 4
