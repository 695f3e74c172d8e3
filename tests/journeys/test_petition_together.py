"""Many petition together on a telephone without scripts: one of those named accepts, on a page of their own."""

import pytest

from tests.cases.test_petition_clocks import TOLD
from tests.journeys.hands import click
from zhengtong.cases.models import Case, Draft, Representative

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ROW = "petition_representatives-{at}-{name}"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_are_named_and_one_of_them_accepts(visit, axe, shoot, cast, language):
    lin = visit("lin-yue", language=language, width=320, scripts=False)
    lin.goto("/services/complaint/start")
    lin.locator("input[type=radio]").first.check()
    click(lin, "form button[type=submit]")
    draft = Draft.objects.get()
    draft.answers = TOLD | {"petition_jointly": True}
    draft.save()
    lin.goto(f"/drafts/{draft.pk}/questions/representatives")
    chen = cast.chen_xiaoyu.person
    for at, row in (
        (1, {"name": "邻居一号", "reach": "0000-555-0188"}),
        (2, {"name": chen.name, "id_number": chen.id_number}),
    ):
        if at > 1:
            lin.locator("details.zt-row > summary").first.click()
        for name, value in row.items():
            lin.locator(f"[name='{ROW.format(at=at, name=name)}']").fill(value)
    click(lin, "form button[type=submit]")
    assert lin.locator("#petition_representatives-error").is_visible(), "how to reach the second is missing"
    shoot(lin, f"petition-together-{language}")
    lin.locator(f"[name='{ROW.format(at=2, name='reach')}']").fill("和平区长安街道 5 号")
    click(lin, "form button[type=submit]")
    lin.goto(f"/drafts/{draft.pk}/check")
    for box in lin.locator("main input[type=checkbox]").all():
        box.check()
    shoot(lin, f"petition-together-check-{language}")
    click(lin, "form button[type=submit]")
    case = Case.objects.get(procedure="complaint")

    named = visit("chen-xiaoyu", language=language, width=320, scripts=False)
    named.goto("/cases")
    click(named, f"a[href$='/representing/{Representative.objects.get().pk}']")
    shoot(named, f"petition-representing-{language}")
    click(named, "button[value=accept]")
    assert named.url.endswith(f"/cases/{case.number}")
    assert (
        "邻居一号" in named.locator("main").inner_text() and "0000-555-0188" not in named.locator("main").inner_text()
    )
    looking = visit("chen-xiaoyu", language=language, width=320)
    looking.goto(f"/representing/{Representative.objects.get().pk}")
    axe(looking)
