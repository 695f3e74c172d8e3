"""Every page of officers, clerks and supervisors, and the public figures, can be used by everybody (axe, 320 px)."""

from datetime import timedelta

import pytest

from tests.journeys.hands import MONDAY
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Handover
from zhengtong.observatory.rollup import rebuild
from zhengtong.people.actor import PROGRAM
from zhengtong.people.acts import take_post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def joint(cast, settings) -> Case:
    """A restaurant that is being examined: one part corrected, one step offered, one application to be accepted.

    The officer at the counter has a second post.
    """
    settings.ZHENGTONG_CLOCK = (MONDAY + timedelta(days=20)).isoformat()
    case = apply(cast, now=MONDAY)
    do(case, "accept", "accepted", by=cast.window, now=MONDAY)
    apply(cast, now=MONDAY + timedelta(days=19), key="waiting")
    food = part(case, "food-licence")
    acts.hand_over(
        task=task(food, "examine"), to_post="market-bureau/licensing", reason="面积较大", by=cast.licensing, now=MONDAY
    )
    items = [{"what": "平面图", "why": "没有标明燃气管路"}]
    acts.request_correction(task=task(part(case, "fire-check"), "inspect"), items=items, by=cast.fire, now=MONDAY)
    take_post(person=cast.window.person, post="heping-services/clerk", from_on=MONDAY.date(), by=PROGRAM, now=MONDAY)
    list(rebuild(now=MONDAY + timedelta(days=20)))
    return case


def pages(joint: Case) -> dict[str, list[str]]:
    """Who sees which page."""
    food, fire = part(joint, "food-licence"), part(joint, "fire-check")
    step, check = task(food, "examine").pk, task(fire, "inspect").pk
    desk = "/desk/heping-market/licensing"
    business, sign = part(joint, "business-licence"), part(joint, "shop-sign")
    revoke = f"certificates/{business.certificates.get().number}/revoke" if business.certificates.exists() else ""
    counter = "/counter/heping-services/window"
    handle = joint.applicant.handle
    return {
        "": ["/oversight/figures", "/oversight/figures?period=2026-03", "/oversight/powers"],
        "he-ping": [
            f"{desk}/",
            f"{desk}/tasks/{step}",
            f"{desk}/tasks/{step}/correction",
            f"{desk}/tasks/{step}/hand-over",
            f"{desk}/cases/{food.number}",
        ],
        "tang-he": ["/desk/city-government/mayor/motions"],
        "shen-jia": [f"/desk/urban-management/signs/cases/{sign.number}/replay/{sign.decisions.get().pk}"],
        "jiang-lan": [f"/desk/heping-market/registration/cases/{business.number}/{revoke}".rstrip("/")],
        "ma-xiao": [
            "/desk/market-bureau/licensing/",
            f"/desk/market-bureau/licensing/offers/{Handover.objects.get().pk}",
        ],
        "gao-feng": [
            f"/desk/fire-brigade/inspection/tasks/{check}",
            f"/desk/fire-brigade/inspection/tasks/{check}/inspection",
            f"/desk/fire-brigade/inspection/cases/{fire.number}",
        ],
        "lei-ming": [
            f"/desk/fire-brigade/head/tasks/{check}",
            f"/desk/fire-brigade/head/tasks/{check}/extension",
        ],
        "zhou-min": [
            "/desk/",
            "/desk/heping-services/window/",
            f"/desk/heping-services/window/cases/{joint.number}",
            f"{counter}/",
            f"{counter}/applicants/{handle}",
            f"{counter}/applicants/{handle}/open-restaurant?enterprise={joint.enterprise.uscc}",
            f"{counter}/cases/{joint.number}/receipt",
            f"{counter}/corrections",
            f"{counter}/cases/{fire.number}/correction",
        ],
        "lu-zheng": [
            "/desk/supervision-office/duty/",
            "/oversight/supervision-office/duty/",
            f"/oversight/supervision-office/duty/tasks/{step}/assign",
            "/oversight/supervision-office/duty/process",
            "/desk/supervision-office/duty/tasks/0",  # not there: an attempt, which the next page shows
            "/oversight/supervision-office/duty/attempts",
        ],
    }


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 320), ("en", 320), ("zh-hans", 1100)])
def test_every_office_page_can_be_used_by_everybody(visit, axe, shoot, joint, language, width):
    for username, addresses in pages(joint).items():
        page = visit(username, language=language, width=width)
        for address in addresses:
            answer = page.goto(address)
            assert answer.status == (404 if address.endswith("/tasks/0") else 200), address
            axe(page)
            name = address.split("?")[0].strip("/").replace("/", "-")
            shoot(page, f"office-{name}-{language}-{width}"[:120])


def test_numbers_of_a_stacked_table_stand_where_reading_begins(visit, joint):
    page = visit(width=320)
    page.goto("/oversight/figures")
    numbers = page.locator("td.govuk-table__cell--numeric")
    assert numbers.count() > 8
    assert numbers.evaluate_all("cells => [...new Set(cells.map(cell => getComputedStyle(cell).textAlign))]") == [
        "start"
    ]
