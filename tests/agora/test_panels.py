"""A panel is drawn by lot: several bodies commit before, nobody alone can choose, and anybody draws it again."""

import json
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.agora.keepers import Keepers, charter_without_keepers
from tests.cast import signed_in
from tests.restaurant import do
from zhengtong.agora.errors import NotEligible, PhaseIsClosed
from zhengtong.agora.proceedings import panels
from zhengtong.agora.proceedings.errors import (
    DrawNotAtThisStage,
    KeeperHasEntered,
    NotACommitment,
    NotAKeeperOfTheDraw,
    NotTheSecret,
    NotToBeginAgain,
)
from zhengtong.agora.proceedings.models import Entrant, Panel, Pledge
from zhengtong.agora.proceedings.panels import enter, panels_due
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.rounds import round_of
from zhengtong.cases.errors import ReasonsMissing
from zhengtong.engines.sortition import commitment, draw, joint_seed, seats_within
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NoPower

DUE = "your secret is awaited"


@pytest.fixture
def keepers(rounds):
    """A round in whose draw twenty residents entered."""
    round_ = rounds.open("city-conversation")
    panels_due(now=rounds.now)
    made = Keepers(rounds, round_)
    made.residents_enter(20)
    return made


def again(tmp_path, told):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told))
    out = StringIO()
    call_command("draw", str(file), stdout=out, stderr=StringIO())
    return out.getvalue().split()


def page(keepers, language="en"):
    return Client().get(keepers.page, headers={"accept-language": language}).content.decode()


def as_json(keepers):
    return Client().get(reverse("round-lot", args=[keepers.round.case.number, "panel"])).json()


def kinds(start="agora.panel"):
    return list(Act.objects.filter(kind__startswith=start).order_by("pk").values_list("kind", flat=True))


def test_each_step_is_an_act_in_its_order(keepers):
    keepers.drawn()
    assert kinds() == [
        "agora.panel.committed",
        *["agora.panel.entered"] * 20,
        *["agora.panel.pledged"] * 2,
        "agora.panel.closed",
        "agora.panel.head-fixed",
        *["agora.panel.told"] * 2,
        "agora.panel.drawn",
    ]
    assert {each.actor_post for each in Act.objects.filter(kind="agora.panel.told")} == {
        "supervision-office/duty",
        "justice-bureau/reconsideration",
    }


def test_anybody_draws_it_again_and_a_change_is_seen(keepers, tmp_path):
    told = keepers.drawn()
    assert len(told["panel"]) == 12 and set(told["panel"]) <= set(told["entrants"])
    assert again(tmp_path, told) == told["panel"] and as_json(keepers) == told
    other, keeper = told | {"panel": told["panel"][::-1]}, told["keepers"][0]
    swapped = told | {"keepers": told["keepers"][::-1]}
    lied = told | {"keepers": [keeper | {"secret": "00" * 32}, told["keepers"][1]]}
    for changed in (other, swapped, lied, told | {"kept": "00" * 32}, told | {"seats": 99}, {}, told | {"entrants": 3}):
        with pytest.raises(CommandError):
            again(tmp_path, changed)


def test_the_seed_is_of_all_secrets_in_the_order_of_the_charter_and_the_head(keepers):
    told = keepers.drawn()
    secrets = [told["kept"], *(each["secret"] for each in told["keepers"])]
    assert secrets[1:] == keepers.secrets
    seed = joint_seed([bytes.fromhex(each) for each in secrets], bytes.fromhex(told["public"]))
    weights = {tuple(each["stratum"]): each["people"] for each in told["shares"]["people"]}
    drawn = draw(told["entrants"], seats=12, seed=seed, weights=weights, fill=True)
    assert list(drawn.panel) == told["panel"]


def test_places_follow_the_public_at_large_as_the_charter_numbers_it_and_anybody_checks_it(keepers, tmp_path):
    told = keepers.drawn()
    assert "常住人口" in told["shares"]["source"]["zh-Hans"] and again(tmp_path, told) == told["panel"]
    with pytest.raises(CommandError):  # by those who entered others would sit there
        again(tmp_path, {name: each for name, each in told.items() if name != "shares"})
    places, people = Counter(map(tuple, told["entrants"].values())), told["shares"]["people"]
    weights = {tuple(each["stratum"]): each["people"] for each in people}
    sits = Counter(tuple(told["entrants"][code]) for code in told["panel"])
    assert {shape: many for shape, many in seats_within(weights, places, 12).items() if many} == sits
    assert "Places follow" in page(keepers) and "invented" in page(keepers)


def test_a_draw_of_before_there_were_keepers_is_still_verified(rounds, tmp_path):
    kept, public = "11" * 32, "22" * 32
    entrants = {f"{number:02}": ["16", "990102"] for number in range(8)}
    told = {"commitment": commitment(bytes.fromhex(kept)), "kept": kept, "public": public, "checkpoint": 7}
    # as it came out when the seed was SHA-256 of "zhengtong sortition seed\n", secret and head
    old = told | {"seats": 3, "entrants": entrants, "panel": ["04", "05", "01"]}
    assert again(tmp_path, old) == old["panel"]
    with pytest.raises(CommandError):
        again(tmp_path, old | {"keepers": []})


def test_without_keepers_the_node_draws_alone_and_the_page_says_so(keepers, monkeypatch):
    charter_without_keepers(monkeypatch, keepers.round)
    told = keepers.closed().fixed()
    assert len(told["panel"]) == 12 and told["keepers"] == []
    assert "kept by this node alone" in page(keepers)


def test_it_is_drawn_once(keepers, rounds):
    told = keepers.drawn()
    assert panels_due(now=rounds.now) == 0
    assert Panel.objects.get().published == told


def test_a_person_enters_once_and_only_while_it_is_open(keepers, rounds, cast):
    person = Entrant.objects.first().person
    assert enter(round_=keepers.round, phase="panel", by=Actor(person), now=rounds.now).person == person
    assert Entrant.objects.count() == 20
    with pytest.raises(PhaseIsClosed):
        enter(round_=rounds.later(keepers.round, 30), phase="panel", by=cast.lin_yue, now=rounds.now)


def test_an_officer_does_not_enter_in_a_post(keepers, rounds):
    with pytest.raises((PhaseIsClosed, NotEligible)):
        enter(round_=keepers.round, phase="panel", by=rounds.host, now=rounds.now)


def test_who_keeps_a_secret_does_not_enter_as_they_could_withhold_it_where_they_are_not_drawn(keepers, cast):
    with pytest.raises(NotEligible):
        enter(round_=keepers.round, phase="panel", by=Actor(cast.supervisor.person), now=keepers.now)


def test_who_entered_and_came_to_a_keepers_post_later_keeps_nothing(keepers, cast):
    Entrant.objects.filter(pk=Entrant.objects.first().pk).update(person=cast.supervisor.person)
    with pytest.raises(KeeperHasEntered):
        keepers.commit(0)
    assert not Pledge.objects.exists()


def test_nothing_that_is_published_leads_to_a_person(keepers):
    told = json.dumps(keepers.drawn())
    assert not any(each.person.id_number in told or each.person.name in told for each in Entrant.objects.all())


# keepers


def test_the_list_waits_for_every_commitment_and_the_page_says_who_is_missing(keepers):
    keepers.commit(0)
    keepers.closed()
    assert Panel.objects.get().closed_at is None and "agora.panel.closed" not in kinds()
    assert "entrants" not in as_json(keepers)
    assert "Justice Bureau · Reconsideration officer: " in page(keepers) and "has not sealed its secret yet" in page(
        keepers
    )
    keepers.commit(1)  # late, but the list is not published yet
    panels_due(now=keepers.now)
    assert Panel.objects.get().closed_at and len(as_json(keepers)["entrants"]) == 20


def test_a_commitment_after_the_list_does_not_count(keepers):
    keepers.commit(0, 1)
    keepers.closed()
    with pytest.raises(DrawNotAtThisStage):
        keepers.pledge(0, "ab" * 32)
    keepers.fixed()
    with pytest.raises(DrawNotAtThisStage):
        keepers.pledge(0, "ab" * 32)
    assert Pledge.objects.get(place=1).commitment == keepers.commitments[0]


def test_until_then_another_commitment_takes_its_place(keepers):
    keepers.commit(0, 1)
    lost, keepers.secrets[0] = keepers.secrets[0], "5a" * 32
    keepers.commit(0)
    keepers.commit(0)  # sent twice: one act
    assert kinds("agora.panel.pledged") == ["agora.panel.pledged"] * 3
    keepers.closed().fixed()
    with pytest.raises(NotTheSecret):
        keepers.tell(0, lost)
    keepers.tell(0)


@pytest.mark.parametrize("written", ["", "5a" * 31, "zz" * 32, "5a" * 33])
def test_what_is_no_commitment_is_refused(keepers, written):
    with pytest.raises(NotACommitment):
        keepers.pledge(0, written)
    assert not Pledge.objects.exists()


def test_nobody_hands_in_the_commitment_of_another_or_of_the_node(keepers):
    keepers.commit(0)
    for taken in (keepers.commitments[0], Panel.objects.get().commitment):
        with pytest.raises(NotACommitment):
            keepers.pledge(1, taken.upper())


def test_a_secret_told_before_entering_closes_is_refused(keepers):
    keepers.commit(0, 1)
    with pytest.raises(DrawNotAtThisStage):
        keepers.tell(0)
    keepers.closed()
    with pytest.raises(DrawNotAtThisStage):  # nor before the head is fixed: who knows a secret could choose the head
        keepers.tell(0)
    assert not Pledge.objects.exclude(secret="").exists()


def test_another_secret_changes_nothing(keepers):
    keepers.commit(0, 1)
    keepers.closed().fixed()
    for wrong in (keepers.secrets[1], "00" * 32, "", "no hexadecimal", keepers.commitments[0]):
        with pytest.raises(NotTheSecret):
            keepers.tell(0, wrong)
    assert not Pledge.objects.exclude(secret="").exists() and not kinds("agora.panel.told")
    keepers.tell(0, f" {keepers.secrets[0].upper()}\n")


def test_a_secret_is_told_once(keepers):
    keepers.commit(0, 1)
    keepers.closed().fixed()
    first = keepers.tell(0)
    assert keepers.tell(0).told_at == first.told_at  # sent twice: one act
    with pytest.raises(DrawNotAtThisStage):
        keepers.tell(0, "00" * 32)
    assert kinds("agora.panel.told") == ["agora.panel.told"]


def test_nobody_acts_for_another_keeper(keepers, rounds, cast):
    keepers.commit(0)
    for stranger in (rounds.host, rounds.moderator, cast.licensing, cast.officer("justice-bureau/head")):
        with pytest.raises(NotAKeeperOfTheDraw):
            keepers.pledge(1, "5a" * 32, by=stranger)
    keepers.commit(1)
    keepers.closed().fixed()
    with pytest.raises(NotAKeeperOfTheDraw):
        keepers.tell(1, by=rounds.host)
    with pytest.raises(NotTheSecret):  # the secret of the other, by the wrong keeper
        keepers.tell(0, keepers.secrets[1])


def test_the_operator_alone_can_neither_draw_nor_try_what_comes_out(keepers, rounds):
    keepers.commit(0, 1)
    keepers.closed().fixed()
    keepers.tell(0)
    for _minutes in range(3):  # new heads of the ledger change nothing any more
        before = Panel.objects.get()
        keepers.fixed()
        after = Panel.objects.get()
        assert (after.public, after.checkpoint, after.drawn_at) == (before.public, before.checkpoint, None)
    held = Panel.objects.get()
    known = [bytes.fromhex(str(held.kept)), bytes.fromhex(keepers.secrets[0])]
    # whoever holds the node's secret and one keeper's still gets another panel with each secret of the other keeper
    entrants = {each.code: each.stratum for each in held.entrants.all()}
    guesses = {
        draw(entrants, seats=12, seed=joint_seed([*known, bytes([guess]) * 32], bytes.fromhex(held.public))).panel
        for guess in range(5)
    }
    assert len(guesses) == 5
    told = keepers.tell(1).panel.published
    assert told["panel"] and told["public"] == held.public


def test_the_host_begins_again_in_time_with_reasons_and_everybody_sees_it(keepers, rounds, tmp_path):
    keepers.commit(0, 1)
    keepers.closed().fixed()
    keepers.tell(0)
    entrants = as_json(keepers)["entrants"]
    with pytest.raises(NotToBeginAgain):
        keepers.begin_again("复议机关没有公开")
    rounds.now += timedelta(days=7)
    with pytest.raises(ReasonsMissing):
        keepers.begin_again(" ")
    keepers.begin_again("复议机关丢失了秘密")
    assert "came to nothing" in page(keepers) and "复议机关丢失了秘密" in page(keepers)
    with pytest.raises(DrawNotAtThisStage):  # the attempt that ended is not taken up again
        keepers.tell(1)
    with pytest.raises(NotACommitment):  # nor is a secret of it, which others know
        keepers.commit(0)
    keepers.secrets = ["5a" * 32, "5b" * 32]
    keepers.commit(0, 1)
    panels_due(now=rounds.now)
    keepers.fixed()
    keepers.tell(0)
    told = keepers.tell(1).panel.published
    (ended,) = told["ended"]
    assert (ended["reasons"], ended["missing"]) == ("复议机关丢失了秘密", ["reconsideration/reconsideration"])
    assert ended["kept"] and ended["kept"] != told["kept"] and told["entrants"] == entrants
    assert again(tmp_path, told) == told["panel"]
    with pytest.raises(CommandError):
        again(tmp_path, told | {"ended": [ended | {"kept": "00" * 32}]})
    assert kinds().count("agora.panel.closed") == 1 and "agora.panel.begun-again" in kinds()
    assert Act.objects.get(kind="agora.panel.begun-again").reason == "复议机关丢失了秘密"


def test_only_the_host_begins_again_and_never_what_is_drawn(keepers, rounds, cast):
    keepers.drawn()
    rounds.now += timedelta(days=30)
    with pytest.raises(NotToBeginAgain):
        keepers.begin_again("换一批人")
    with pytest.raises(NoPower):
        keepers.begin_again("换一批人", by=cast.supervisor)


def test_a_draw_goes_on_when_its_round_is_over(keepers, rounds):
    keepers.commit(0, 1)
    keepers.closed()
    case, told = keepers.round.case, {"by": rounds.host, "now": rounds.now, "reasons": "没有意见。"}
    do(case, "respond", "completed", **told)
    do(case, "publish", "answered", **told, basis=["qingshan-participation-rules/8"])
    assert not round_of(case.number).case.is_open
    keepers.fixed()
    keepers.tell(0)
    assert keepers.tell(1).panel.drawn_at


def test_counts_agree_with_the_ledger(keepers):
    keepers.drawn()
    assert all(line.agrees for line in reconciled([keepers.round]))


def test_a_keeper_finds_the_draw_at_the_desk_and_does_all_of_it_there(keepers, cast):
    browser = signed_in(cast.supervisor)
    desk = reverse("forum-post", args=["supervision-office", "duty"])
    place = reverse("forum-draw", args=["supervision-office", "duty", keepers.round.case.number, "panel"])
    assert place in browser.get(desk, headers={"accept-language": "en"}).content.decode()
    assert DUE in browser.get(desk, headers={"accept-language": "en"}).content.decode()
    wrong = browser.post(place, {"do": "commit", "commitment": "abc"})
    assert wrong.status_code == 422 and not Pledge.objects.exists()
    assert browser.post(place, {"do": "commit", "commitment": keepers.commitments[0]}).status_code == 302
    assert DUE not in browser.get(desk, headers={"accept-language": "en"}).content.decode()
    keepers.commit(1)
    keepers.closed()
    assert DUE not in browser.get(desk, headers={"accept-language": "en"}).content.decode()  # the head is not fixed yet
    keepers.fixed()
    assert DUE in browser.get(desk, headers={"accept-language": "en"}).content.decode()
    assert Panel.objects.get().public in browser.get(place).content.decode()
    assert browser.post(place, {"do": "tell", "secret": "00" * 32}).status_code == 422
    assert browser.post(place, {"do": "tell", "secret": keepers.secrets[0]}).status_code == 302
    assert Pledge.objects.get(place=1).secret == keepers.secrets[0]
    assert DUE not in browser.get(desk, headers={"accept-language": "en"}).content.decode()


def test_a_secret_is_made_on_ones_own_machine():
    out = StringIO()
    call_command("draw", "secret", stdout=out)
    kept, committed = (line.split()[-1] for line in out.getvalue().splitlines())
    assert commitment(bytes.fromhex(kept)) == committed


def test_a_panel_with_a_fault_keeps_no_other_from_its_draw(rounds, monkeypatch, caplog):
    """The first round cannot commit; the second does all the same, and the first when it is its turn again."""
    broken, other = (rounds.open("city-conversation", key=key).case for key in ("one", "two"))
    commit = panels.commit

    def fails(case, phase, *, now):
        if case.pk == broken.pk:
            raise KeyError("a fault of this panel")
        return commit(case, phase, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(panels, "commit", fails)
        assert panels_due(now=rounds.now) == 1
    assert [each.case_id for each in Panel.objects.all()] == [other.pk]
    assert broken.number in caplog.text
    assert panels_due(now=rounds.now) == 1
    assert {each.case_id for each in Panel.objects.all()} == {broken.pk, other.pk}
