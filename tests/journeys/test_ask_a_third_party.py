"""A third party is asked by letter, objects on a telephone, and is told why it is disclosed all the same."""

import io

import pytest

from tests.journeys.hands import click, end
from tests.restaurant import do, task
from zhengtong.cases import acts
from zhengtong.faces.shared.clock import now
from zhengtong.openness import acts as give
from zhengtong.openness.models import ThirdParty

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ABOUT = "附件二“设备成本构成” Annex 2, the make-up of costs"
OBJECTION = "属于商业秘密 a trade secret"
WHY = "涉及公众安全，公众有权知道 it concerns the safety of the public"
DESK = "/desk/city-government/information"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_third_party_is_asked_objects_and_is_told_why(visit, axe, shoot, cast, language):
    case = acts.file_application(
        procedure="information-request",
        person=cast.lin_qiang.person,
        answers={"information_description": "采购合同全文 the whole contract", "information_form": "electronic"},
        by=cast.lin_qiang,
        channel="web",
        language="zh-Hans",
        request_key="k",
        now=now(),
    )
    office = cast.officer("city-government/information")
    do(case, "search", "concerned", by=office, now=now())
    page = f"{DESK}/cases/{case.number}/third-parties"

    officer = visit("su-qing", language=language, width=320)
    officer.goto(f"{DESK}/tasks/{task(case, 'consult').pk}")
    shoot(officer, f"third-consult-{language}")
    end(officer, "objects", "x")
    assert officer.locator(".govuk-error-summary").count() == 1, "nobody was asked"
    axe(officer)
    click(officer, "a[href$='/third-parties']")
    officer.locator("#number").fill(cast.chen_xiaoyu.person.id_number)
    officer.locator("#about").fill(ABOUT)
    axe(officer)
    shoot(officer, f"third-ask-{language}")
    click(officer, "button[value=ask]")
    asked = ThirdParty.objects.get()

    chen = visit("chen-xiaoyu", language=language, width=320, scripts=False)
    chen.goto("/cases")
    click(chen, f"a[href$='/third-parties/{asked.pk}']")
    chen.locator("input[name=agrees][value=no]").check()
    click(chen, "form button[type=submit]")
    assert chen.locator(".govuk-error-summary").count() == 1, "an objection has reasons"
    chen.locator("#words").fill(OBJECTION)
    shoot(chen, f"third-answer-{language}")
    click(chen, "form button[type=submit]")
    assert OBJECTION in chen.locator("main").inner_text()

    do(case, "consult", "objects", by=office, now=now())
    officer.goto(page)
    officer.locator("textarea[name=words]").fill(WHY)
    axe(officer)
    shoot(officer, f"third-settle-{language}")
    click(officer, "button[value=overrule]")
    axe(officer)
    by = {"by": office, "now": now()}
    paper = give.add_paper(case=case, name="contract.txt", content=io.BytesIO(b"the whole contract"), **by)
    give.make_ready(paper=paper, title="采购合同", personal=False, **by)
    do(case, "answer", "granted", **by)
    reader = visit("chen-xiaoyu", language=language, width=320)
    reader.goto("/cases")
    axe(reader)
    click(reader, f"a[href$='/third-parties/{asked.pk}']")
    axe(reader)
    click(reader, "details >> nth=1 >> summary")
    assert WHY in reader.locator("main").inner_text()
    assert "林强" not in reader.content()
    shoot(reader, f"third-told-{language}")
