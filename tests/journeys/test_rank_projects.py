"""Residents order projects, or approve of some, think again, and read how it was counted; without scripts."""

from decimal import Decimal

import pytest

from tests.journeys.hands import click
from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.models import BudgetVote, Contribution
from zhengtong.cases.acts import complete, put_in_force
from zhengtong.charter.queries import in_force_at
from zhengtong.faces.shared.clock import now
from zhengtong.people.actor import PROGRAM

pytestmark = pytest.mark.journey


RULE = "participation/neighbourhood-budget.yaml"
TOLD = {
    ("schulze", "zh-hans"): "按舒尔茨法计票",
    ("schulze", "en"): "Schulze’s method",
    ("approval", "zh-hans"): "赞成最多的当选",
    ("approval", "en"): "The most approved are chosen.",
}


def choose(page, rule: str, *projects: str) -> None:
    """Say it on the form, whatever it said before."""
    for place, number in enumerate(projects, 1):
        if rule == "schulze":
            page.locator(f"#order-{place}").select_option(number)
    if rule == "approval":
        for box in page.locator("input[id^=order-]").all():
            box.set_checked(box.get_attribute("value") in projects)
    click(page, "section[aria-labelledby=phase-order] form button")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("rule", ["schulze", "approval"])
def test_what_somebody_said_last_is_counted_by_the_rule_that_the_page_explains(visit, axe, shoot, cast, language, rule):
    rounds = Rounds(cast, now())
    files = dict(in_force_at(rounds.now).charter.files)
    files[RULE] = files[RULE].replace(b"count_by: schulze", f"count_by: {rule}".encode())
    put_in_force(files=files, on=rounds.now.date(), by=PROGRAM, now=rounds.now)
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
    choose(lin, rule, "1", "2")
    choose(lin, rule, *(["2", "1"] if rule == "schulze" else ["2"]))
    assert BudgetVote.objects.get(phase="order").projects == ([2, 1] if rule == "schulze" else [2])
    shoot(lin, f"ranking-{rule}-{language}")
    rounds.later(round_, 40)
    acts.count_due(now=rounds.now)
    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{number}/")
    axe(reader)
    assert "Benches" in reader.locator("section[aria-labelledby=phase-order] ol li").first.inner_text()
    assert TOLD[rule, language] in reader.locator("section[aria-labelledby=phase-order]").inner_text()
    shoot(reader, f"ranked-{rule}-{language}")
    for page in ("/take-part/count", "/take-part/"):
        reader.goto(page)
        axe(reader)
