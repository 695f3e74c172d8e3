"""Every page of officers, clerks and supervisors, and the public figures, can be used by everybody (axe, 320 px)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case, Handover
from zhengtong.observatory.rollup import rebuild

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def joint(cast, settings) -> Case:
    """A restaurant that is being examined: one step corrected, one offered, one application still to be accepted."""
    settings.ZHENGTONG_CLOCK = (MONDAY + timedelta(days=20)).isoformat()
    case = apply(cast, now=MONDAY)
    do(case, "accept", "accepted", by=cast.window, now=MONDAY)
    apply(cast, now=MONDAY + timedelta(days=19), key="waiting")
    food = part(case, "food-licence")
    acts.hand_over(
        task=task(food, "examine"), to_post="market-bureau/licensing", reason="面积较大", by=cast.licensing, now=MONDAY
    )
    list(rebuild(now=MONDAY + timedelta(days=20)))
    return case


def pages(joint: Case) -> dict[str, list[str]]:
    """Who sees which page."""
    food = part(joint, "food-licence")
    step = task(food, "examine").pk
    desk = "/desk/heping-market/licensing"
    business = part(joint, "business-licence")
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
        "jiang-lan": [f"/desk/heping-market/registration/cases/{business.number}/{revoke}".rstrip("/")],
        "ma-xiao": [
            "/desk/market-bureau/licensing/",
            f"/desk/market-bureau/licensing/offers/{Handover.objects.get().pk}",
        ],
        "zhou-min": [
            "/desk/heping-services/window/",
            f"/desk/heping-services/window/cases/{joint.number}",
            f"{counter}/",
            f"{counter}/applicants/{handle}",
            f"{counter}/applicants/{handle}/open-restaurant?enterprise={joint.enterprise.uscc}",
            f"{counter}/cases/{joint.number}/receipt",
            f"{counter}/corrections",
        ],
        "lu-zheng": [
            "/desk/supervision-office/duty/",
            "/oversight/supervision-office/duty/",
            f"/oversight/supervision-office/duty/tasks/{step}/assign",
        ],
    }


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 320), ("en", 320), ("zh-hans", 1100)])
def test_every_office_page_can_be_used_by_everybody(visit, axe, shoot, joint, language, width):
    for username, addresses in pages(joint).items():
        page = visit(username, language=language, width=width)
        for address in addresses:
            answer = page.goto(address)
            assert answer.status == 200, address
            axe(page)
            name = address.split("?")[0].strip("/").replace("/", "-")
            shoot(page, f"office-{name}-{language}-{width}"[:120])
