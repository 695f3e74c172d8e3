"""好差评: a bad rating becomes a case of its own, is put right by others, and answered to whoever gave it."""

import pytest

from tests.journeys.hands import click, end
from tests.restaurant import do, task
from zhengtong.cases import acts
from zhengtong.cases.models import Case
from zhengtong.faces.shared import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ANSWER = "已向您道歉并培训窗口 we apologise, and have trained the counter"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_bad_rating_is_answered_in_five_days_by_who_did_not_serve(visit, axe, shoot, cast, language):
    chen = cast.chen_xiaoyu
    told = {"person": chen.person, "by": chen, "answers": {"certified_matter": "relation"}, "channel": "counter"}
    given = {"procedure": "household-certificate", "language": "zh-Hans", "request_key": "k", "now": clock.now()}
    certificate = acts.file_application(**told, **given)
    page = visit("chen-xiaoyu", language=language, width=320, scripts=False)
    page.goto("/cases")
    click(page, f"a[href$='/{certificate.number}']")
    click(page, "a[href$='/rate']")
    click(page, "form button[type=submit]")
    assert page.locator(".govuk-error-summary").count() == 1
    page.locator("input[name=level][value='1']").check()
    page.locator("#comment").fill("让我回县里办 sent me away")
    click(page, "form button[type=submit]")
    follow_up = Case.objects.get(procedure="bad-rating")

    supervisor = visit("lu-zheng", language=language, width=320)
    supervisor.goto("/desk/supervision-office/duty/")
    axe(supervisor)
    click(supervisor, f"a[href$='/tasks/{task(follow_up, 'verify').pk}']")
    assert "让我回县里办" in supervisor.locator("main").inner_text()
    axe(supervisor)
    shoot(supervisor, f"rating-verify-{language}")
    end(supervisor, "founded")
    counter = task(follow_up, "put_right").post
    do(follow_up, "put_right", "completed", by=cast.officer(counter), now=clock.now())
    supervisor.goto(f"/desk/supervision-office/duty/tasks/{task(follow_up, 'answer').pk}")
    end(supervisor, "put-right", ANSWER)

    page.goto(f"/cases/{certificate.number}")
    shoot(page, f"rated-{language}")
    click(page, f"a[href$='/{follow_up.number}']")
    assert ANSWER in page.locator("main").inner_text()
    shoot(page, f"rating-answered-{language}")
    reader = visit("chen-xiaoyu", language=language, width=320)
    for address in (f"/cases/{certificate.number}", f"/cases/{follow_up.number}"):
        reader.goto(address)
        axe(reader)
