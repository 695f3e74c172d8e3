"""Whose words were hidden reads why, contests it at another office, and sees them stand again."""

import pytest

from tests.journeys.hands import click, end
from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.cases.models import Case
from zhengtong.faces.shared.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAID = "局长应当到现场看看 The director should come and see"
GROUNDS = "是批评，不是侮辱 It is criticism, and insults nobody"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_author_contests_what_was_hidden_and_wins(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    round_ = rounds.consultation()
    home = f"/take-part/{round_.case.number}/"
    key = acts.admit_here(round_=round_, by=cast.lin_yue, now=rounds.now)
    voice = acts.come_in(round_=round_, key=key, now=rounds.now)
    acts.contribute(round_=round_, phase="comment", voice=voice, said=SAID, request_key="k", now=rounds.now)
    hidden = {"rule": "insult", "facts": "指名侮辱 names and insults", "by": rounds.moderator, "now": rounds.now}
    acts.hide(round_=round_, number=1, **hidden)

    author = visit("lin-yue", language=language, width=320, scripts=False)
    author.goto(f"{home}voice")
    author.locator("textarea[name=key]:visible").fill(key)
    click(author, "button[value=enter]")
    author.goto(home)
    click(author, "section[aria-labelledby=told] a")
    click(author, "a[href*='/contest/']")
    click(author, "form button[type=submit]")
    assert author.locator(".govuk-error-summary").count() == 1
    author.locator("#grounds").fill(GROUNDS)
    shoot(author, f"contest-{language}")
    click(author, "form button[type=submit]")
    appeal = Case.objects.get(procedure="moderation-appeal")
    assert appeal.number in author.locator("main").inner_text()

    other = visit("lu-zheng", language=language, width=320)
    other.goto("/desk/supervision-office/duty/")
    click(other, f"a[href$='/tasks/{appeal.tasks.get(status='open').pk}']")
    shown = other.locator("main").inner_text()
    assert GROUNDS in shown and SAID in shown and "指名侮辱 names and insults" in shown
    axe(other)
    shoot(other, f"contest-desk-{language}")
    end(other, "granted", "属于批评 it is criticism")
    acts.lift_what_ended(now=now())

    author.goto(home)
    assert SAID in author.locator("#said-1").inner_text()
    looking = visit("lin-yue", language=language, width=320)
    for address in (f"/cases/{appeal.number}", home, "/take-part/moderation"):
        looking.goto(address)
        axe(looking)
    shoot(looking, f"contest-log-{language}")
