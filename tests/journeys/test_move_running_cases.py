"""After a change of process the supervisor moves a running case, on a telephone."""

from datetime import timedelta

import pytest

from tests.cases.test_migration import PROCESS, RULES, enact, examined, renamed, sign
from tests.journeys.hands import MONDAY
from zhengtong.cases.models import Case

__all__ = ["enact", "examined", "sign"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGE = "/oversight/supervision-office/duty/versions"


@pytest.fixture
def monday(settings):
    settings.ZHENGTONG_CLOCK = (MONDAY + timedelta(hours=2)).isoformat()
    return MONDAY


def test_a_running_case_is_moved_and_what_stays_says_why(visit, axe, shoot, examined, enact):
    enact({PROCESS: renamed("decide", "decide_sign")})
    page = visit("lu-zheng", width=320)
    page.goto(PAGE)
    axe(page)
    shoot(page, "versions-320")
    page.locator("main table a").click()
    axe(page)
    shoot(page, "version-320")
    assert page.locator("input[name=cases]").is_checked()
    page.locator("main form button").click()
    page.wait_for_load_state()
    axe(page)
    shoot(page, "version-moved-320")
    assert Case.objects.get(pk=examined.pk).enactment.number == 2
    enact({RULES: [("&lt;= 12<", "&lt;= 6<"), ("&gt; 12<", "&gt; 6<")]})
    page.goto(f"{PAGE}/shop-sign")
    axe(page)
    shoot(page, "version-stays-320")
    assert page.locator("input[name=cases]").count() == 0
