"""Two people work on a proposal, on a telephone without scripts: another text, the author's word, a signature."""

import pytest

from tests.rounds import Rounds
from zhengtong.agora import acts
from zhengtong.agora.models import Contribution, Stance
from zhengtong.faces.shared.clock import now
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_text_is_changed_with_its_authors_word_and_who_signed_keeps_it(visit, axe, shoot, cast, language):
    rounds = Rounds(cast, now())
    round_ = rounds.open("proposal-round")
    number, home = round_.case.number, f"/take-part/{round_.case.number}/"
    keys = {}

    def come_in(who):
        person = next(each for each in Person.objects.all() if each.account and each.account.username == who)
        keys.setdefault(who, acts.admit_here(round_=round_, by=Actor(person), now=rounds.now))
        page = visit(language=language, width=320, scripts=False)
        page.goto(f"{home}voice")
        page.locator("textarea[name=key]:not([readonly])").fill(keys[who])
        page.locator("form:has(textarea[name=key]) button[value=enter]").click()
        page.wait_for_load_state()
        return page

    author = come_in("lin-qiang")
    author.locator("textarea[name=said]").fill("江边步道加装十盏路灯 Ten lamps along the river promenade")
    author.locator("form[action$='/say/propose'] button").click()
    author.wait_for_load_state()
    Contribution.objects.update(sponsored=True, state="shown")

    other = come_in("chen-xiaoyu")
    other.locator("#said-1 button[value=agree]").click()
    other.wait_for_load_state()
    other.locator("#said-1 a[href$='/proposals/1']").click()
    other.wait_for_load_state()
    other.locator("textarea[name=said]").fill("江边步道加装二十盏路灯 Twenty lamps along the river promenade")
    other.locator("textarea[name=why]").fill("十盏不够 Ten are not enough")
    other.locator("form[action$='/amend'] button").click()
    other.wait_for_load_state()
    assert other.locator("#said-2 ins").count() >= 1

    author.goto(home)
    author.locator("section[aria-labelledby=to-decide] a").click()
    author.wait_for_load_state()
    author.locator("#reason-2").fill("有道理 You are right")
    author.locator("#said-2 button[value=accept]").click()
    author.wait_for_load_state()
    shoot(author, f"proposal-{language}")

    other.goto(home)
    assert other.locator("section[aria-labelledby=asked]").count() == 1
    other.locator("section[aria-labelledby=asked] a").click()
    other.wait_for_load_state()
    other.locator("#said-1 button[value=agree]").click()
    other.wait_for_load_state()
    stance = Stance.objects.get(contribution__number=1)
    assert (stance.value, stance.version, stance.asked) == (1, 2, False)
    other.goto(home)
    assert other.locator("section[aria-labelledby=asked]").count() == 0

    other.locator("textarea[name=said]").fill("路灯：江边步道 lamps on the river promenade")
    other.locator("form[action$='/say/propose'] button").click()
    other.wait_for_load_state()
    assert other.locator("#like-it").count() == 1
    shoot(other, f"proposal-like-{language}")

    reader = visit(language=language, width=320)
    for address in (home, f"{home}proposals/1", f"{home}answers"):
        reader.goto(address)
        axe(reader)
    reader.goto(f"{home}proposals/1")
    assert reader.locator("main del").count() >= 1 and number in reader.url
