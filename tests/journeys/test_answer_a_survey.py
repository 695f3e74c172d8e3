"""A survey that leads on by what is answered, without scripts and on a telephone, and how it came out."""

import pytest

from tests.rounds import Rounds
from zhengtong.agora.proceedings.surveys import answer_question
from zhengtong.faces.shared.clock import now
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_questions_lead_on_without_scripts(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    round_ = rounds.consultation()
    number = round_.case.number
    others = [each for each in Person.objects.order_by("pk") if each.id_number.startswith("9901")]
    for person in [each for each in others if each != cast.lin_qiang.person][:5]:
        voice = rounds.voice(round_, Actor(person))
        for question, value in (("concerned", "never"), ("opinion", "for")):
            answer_question(
                round_=round_, phase="survey", voice=voice, question=question, values=[value], now=rounds.now
            )
    lin = visit("lin-qiang", language=language, width=320, scripts=False)
    lin.goto(f"/take-part/{number}/voice")
    lin.locator("main button[name=do][value=get]").click()
    lin.wait_for_load_state()
    lin.goto(f"/take-part/{number}/survey/survey")
    for value in ("sometimes", "living", "against", "unclear"):
        lin.locator(f"input[name=answer][value={value}]").check()
        lin.locator("main form button").click()
        lin.wait_for_load_state()
    assert lin.locator("main dl > div").count() == 4
    lin.goto(f"/take-part/{number}/survey/survey?question=concerned")
    lin.locator("input[name=answer][value=never]").check()
    lin.locator("main form button").click()
    lin.wait_for_load_state()
    assert lin.locator("main dl > div").count() == 3
    shoot(lin, f"survey-{language}")

    rounds.later(round_, 31)
    reader = visit(language=language, width=320)
    reader.goto(f"/take-part/{number}/")
    axe(reader)
    assert "6 (100" in reader.locator("section[aria-labelledby=phase-survey]").inner_text()
    reader.goto(f"/take-part/{number}/answers")
    axe(reader)
