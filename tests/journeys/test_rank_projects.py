"""Residents put projects in an order, on a telephone without scripts, and read how it was counted."""

from decimal import Decimal

import pytest

from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.models import BudgetVote, Contribution
from zhengtong.cases.acts import complete
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_projects_are_put_in_an_order_without_scripts(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    round_ = rounds.open("neighbourhood-budget")
    author = rounds.voice(round_, cast.chen_xiaoyu)
    for said in ("路灯 Lamps", "长椅 Benches"):
        acts.contribute(round_=round_, phase="projects", voice=author, said=said, request_key=said, now=rounds.now)
    Contribution.objects.update(sponsored=True, state="shown", cost=Decimal(100000))
    round_ = rounds.later(round_, 40)
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)
    number = round_.case.number
    lin = visit("lin-qiang", language=language, width=320, scripts=False)
    lin.goto(f"/take-part/{number}/voice")
    lin.locator("main button[name=do][value=get]").click()
    lin.wait_for_load_state()
    lin.goto(f"/take-part/{number}/")
    lin.locator("#order-1").select_option("2")
    lin.locator("#order-2").select_option("1")
    lin.locator("section[aria-labelledby=phase-order] form button").click()
    lin.wait_for_load_state()
    assert BudgetVote.objects.get(phase="order").projects == [2, 1]
    shoot(lin, f"ranking-{language}")
    rounds.later(round_, 40)
    acts.count_due(now=rounds.now)
    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{number}/")
    axe(reader)
    assert "Benches" in reader.locator("section[aria-labelledby=phase-order] ol li").first.inner_text()
    for page in ("/take-part/count", "/take-part/"):
        reader.goto(page)
        axe(reader)
