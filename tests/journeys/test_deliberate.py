"""People say what they think of each other's statements, and read in which groups of opinion they stand."""

import pytest

from tests.journeys.hands import click
from tests.rounds import Rounds
from zhengtong.agora.groups import draw_due
from zhengtong.faces.shared.clock import now

pytestmark = pytest.mark.journey

TOLD = {"zh-hans": ("您在 B 组。", "B 组：9 人"), "en": ("You are in group B.", "Group B: 9 people")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_who_weighed_statements_reads_where_they_stand(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    talk = rounds.camps(but=cast.lin_qiang)
    he = visit("lin-qiang", language=language, width=320, scripts=False)
    he.goto("/take-part/")
    click(he, f"a[href$='/{talk.case.number}/']")
    click(he, "a[href$='/voice']")
    click(he, "button[value=get]")
    he.goto(f"/take-part/{talk.case.number}/")
    for number in range(1, 8):
        click(he, f"#said-{number} button[value=disagree]")
    click(he, "#said-8 button[value=agree]")
    draw_due(now=rounds.now)
    he.reload()
    shoot(he, f"groups-own-{language}")
    own, other = TOLD[language]
    assert he.locator("main svg[role=img] ellipse").count() == 2
    assert own in he.locator("main").inner_text() and other in he.locator("main").inner_text()
    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{talk.case.number}/")
    axe(reader)
    assert own not in reader.locator("main").inner_text()
