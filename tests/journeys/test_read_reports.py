"""What people have reported, as a list and drawn on a map, on a telephone, without scripts; and what is withheld of it,
which its judge sees.
"""

import pytest

from tests.agora.test_reports import reported
from tests.cases.test_photographs import photograph
from zhengtong.agora.acts import contest
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.reports.acts import publish_due
from zhengtong.faces.shared import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_anybody_reads_how_far_it_is_and_a_moderator_withholds_it(visit, axe, shoot, cast, language):
    now = clock.now()
    case = reported(cast, now, photo=photograph())
    reported(cast, now, "other", petition_region="990103", petition_kind="proposal", petition_place="人民路")
    publish_due(now=now)
    reader = visit(language=language, width=320, scripts=False)
    reader.goto("/take-part/")
    reader.locator("a[href$='/reports']").click()
    reader.wait_for_load_state()
    assert reader.locator(".zt-map circle").count() == 1
    assert reader.locator("ol.zt-results li").count() == 2
    shoot(reader, f"reports-{language}")
    reader.locator("#region").select_option("990102")
    reader.locator("main form button").click()
    reader.wait_for_load_state()
    assert reader.locator("ol.zt-results li").count() == 1
    reader.locator("ol.zt-results a").click()
    reader.wait_for_load_state()
    assert reader.locator("img.zt-photo").evaluate("picture => picture.naturalWidth") > 0
    for path in ("/take-part/reports", f"/take-part/reports/{case.number}"):
        looking = visit(language=language, width=320)
        looking.goto(path)
        axe(looking)

    moderator = visit("fang-yuan", language=language)
    moderator.goto(f"/take-part/office/petition-office/moderation/reports/{case.number}")
    axe(moderator)
    moderator.locator("input[name=rule][value=privacy]").check()
    moderator.locator("input[name=place]").check()
    moderator.locator("#facts").fill("有他人姓名 names somebody")
    moderator.locator("button[value=withhold]").click()
    moderator.wait_for_load_state()
    reader.reload()
    assert "有他人姓名 names somebody" in reader.locator("main").inner_text()
    assert reader.locator("img.zt-photo").count() == reader.locator(".zt-map circle").count() == 0
    moderator.reload()
    axe(moderator)  # to show it again, or delete it
    moderator.locator("details summary").first.click()
    assert moderator.locator("button[value=delete]").is_visible()

    told = {"by": cast.lin_yue, "language": "zh-Hans", "now": now}
    appeal = contest(measure=Measure.objects.get(), grounds="没有写他人的事 it says nothing of others", **told)
    judge = visit("lu-zheng", language=language, width=320)
    judge.goto(f"/desk/supervision-office/duty/tasks/{appeal.tasks.get(status='open').pk}")
    axe(judge)
    assert judge.locator("img.zt-photo").evaluate("picture => picture.naturalWidth") > 0
    shoot(judge, f"reports-judge-{language}")
