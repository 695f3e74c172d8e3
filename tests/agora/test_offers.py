"""A panel ends in people: who was drawn is told by letter, accepts or declines, and the next of the draw follows."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.agora.keepers import Keepers
from tests.cast import signed_in
from zhengtong.agora.proceedings.errors import NotDrawn, NotToBeDrawn, OfferIsOver
from zhengtong.agora.proceedings.models import Entrant, Offer, Panel
from zhengtong.agora.proceedings.offering import accepted, answer_offer, give_back, offers_due, stood
from zhengtong.agora.proceedings.panels import panels_due
from zhengtong.agora.proceedings.redrawn import redrawn, reserves, seated
from zhengtong.agora.reconciled import reconciled
from zhengtong.cases.models import Case, Letter
from zhengtong.cases.queries.case_view import view
from zhengtong.cases.queries.looks import looks_told
from zhengtong.connectors.mail.send import send_due
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NoPower
from zhengtong.people.models import Person


@pytest.fixture
def keepers(rounds, settings):
    """A panel of twelve, drawn from twenty residents who entered, of whom all drawn are told."""
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    round_ = rounds.open("city-conversation")
    panels_due(now=rounds.now)
    made = Keepers(rounds, round_)
    made.residents_enter(20)
    made.drawn()
    assert offers_due(now=rounds.now) == 12
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return made


@pytest.fixture
def first(keepers):
    """Somebody who was drawn, from a stratum in which others wait."""
    panel = Panel.objects.get()
    left = reserves(panel.published)
    return next(each.entrant for each in panel.offers.order_by("pk") if left[tuple(each.entrant.stratum)])


def says(keepers, entrant, accepts):
    by = Actor(entrant.person)
    return answer_offer(round_=keepers.round, phase="panel", accepts=accepts, by=by, now=keepers.now)


def gives_back(keepers, entrant):
    return give_back(round_=keepers.round, phase="panel", by=Actor(entrant.person), now=keepers.now)


def page_of_host(keepers):
    path = reverse("forum-draw", args=[*keepers.rounds.host.post.split("/"), keepers.round.case.number, "panel"])
    return signed_in(keepers.rounds.host).get(path).content.decode()


def published():
    return Panel.objects.get().published


def again(tmp_path, told):
    file, out = tmp_path / "draw.json", StringIO()
    file.write_text(json.dumps(told))
    call_command("draw", str(file), stdout=out, stderr=StringIO())
    return out.getvalue().split()


def test_each_who_is_drawn_has_a_letter_with_a_day_and_without_the_code(keepers):
    offers = list(Offer.objects.select_related("entrant__person"))
    assert {each.entrant.code for each in offers} == set(published()["panel"])
    for each in offers:
        letter = Letter.objects.get(name="panel-drawn", recipient=each.entrant.person)
        assert each.answer_until == keepers.round.day(keepers.now) + timedelta(days=7)
        assert f"{keepers.round.case.number}/offer/panel" in letter.body
        assert f"{each.answer_until.day}日" in letter.body or f"{each.answer_until:%-d %B}" in letter.body
        assert each.entrant.code not in letter.body
    assert offers_due(now=keepers.now) == 0 and Letter.objects.filter(name="panel-drawn").count() == 12


def test_a_panel_with_a_fault_keeps_no_other_from_its_letters(rounds, keepers, caplog):
    broken = rounds.open("city-conversation", key="again").case
    drawn = {"phase": "panel", "committed_at": rounds.now, "drawn_at": rounds.now, "commitment": "0" * 64}
    Panel.objects.create(pk=-1, case=broken, kept="", published={}, **drawn)
    Offer.objects.all().delete()
    assert offers_due(now=keepers.now) == 12
    assert broken.number in caplog.text and "KeyError" in caplog.text


def test_whoever_was_not_drawn_has_no_offer(keepers, cast):
    waits = Entrant.objects.filter(offer=None).first()
    with pytest.raises(NotDrawn):
        says(keepers, waits, True)
    assert (
        signed_in(Actor(waits.person))
        .get(reverse("round-offer", args=[keepers.round.case.number, "panel"]))
        .status_code
        == 404
    )


def test_it_is_answered_on_a_page_by_post_once(keepers, first):
    browser, path = signed_in(Actor(first.person)), reverse("round-offer", args=[keepers.round.case.number, "panel"])
    assert first.code in browser.get(path).content.decode()
    assert Offer.objects.get(entrant=first).state == "open"  # to read it is no answer
    assert browser.post(path, {"do": "accept"}).status_code == 302
    assert browser.post(path, {"do": "accept"}).status_code == 302
    assert browser.post(path, {"do": "decline"}).status_code == 409
    assert Offer.objects.get(entrant=first).state == "accepted"
    assert Act.objects.filter(kind="agora.panel.accepted").count() == 1


def test_nobody_answers_when_the_time_is_over(keepers, first):
    keepers.rounds.now += timedelta(days=8)
    with pytest.raises(OfferIsOver):
        says(keepers, first, True)


def test_who_declines_is_followed_by_the_next_of_the_same_stratum(keepers, first, tmp_path):
    follows = reserves(published())[tuple(first.stratum)][0]
    says(keepers, first, False)
    assert offers_due(now=keepers.now) == 0  # with all who decline on this day: alone, they would stand beside the code
    keepers.rounds.now += timedelta(days=1)
    assert offers_due(now=keepers.now) == 1 and offers_due(now=keepers.now) == 0
    (replaced,) = published()["replaced"]
    assert (replaced["code"], replaced["by"], replaced["because"]) == (first.code, follows, "declined")
    assert Letter.objects.filter(name="panel-drawn", recipient=Entrant.objects.get(code=follows).person).exists()
    act = Act.objects.get(kind="agora.panel.replaced")
    assert act.actor_post == "" and act.subject == keepers.round.case.number
    sits = again(tmp_path, published())
    assert first.code not in sits and follows in sits and len(sits) == 12


def test_a_place_that_was_accepted_is_given_back_and_the_next_of_the_same_stratum_follows(keepers, first, tmp_path):
    follows = reserves(published())[tuple(first.stratum)][0]
    says(keepers, first, True)
    browser, path = signed_in(Actor(first.person)), reverse("round-offer", args=[keepers.round.case.number, "panel"])
    assert 'value="give-back"' in browser.get(path).content.decode()
    assert browser.post(path, {"do": "give-back"}).status_code == 302
    assert browser.post(path, {"do": "give-back"}).status_code == 302  # the same again changes nothing
    assert browser.post(path, {"do": "accept"}).status_code == 409
    assert first.person.name not in page_of_host(keepers).partition('id="accepted"')[2]
    keepers.rounds.now += timedelta(days=1)
    assert offers_due(now=keepers.now) == 1
    (replaced,) = published()["replaced"]
    assert (replaced["code"], replaced["by"], replaced["because"]) == (first.code, follows, "given-back")
    sits = again(tmp_path, published())
    assert first.code not in sits and follows in sits and len(sits) == 12
    assert Act.objects.filter(kind="agora.panel.given-back").count() == 1
    assert all(line.agrees for line in reconciled([keepers.round]))
    assert (
        "accepted, and gave the place back"
        in Client().get(keepers.page, headers={"accept-language": "en"}).content.decode()
    )


def test_only_what_was_accepted_is_given_back_and_only_while_the_round_goes_on(keepers, first):
    with pytest.raises(OfferIsOver):
        gives_back(keepers, first)
    says(keepers, first, True)
    Case.objects.filter(pk=keepers.round.case.pk).update(status="closed", closed_at=keepers.now, post="")
    with pytest.raises(OfferIsOver):
        gives_back(keepers, first)
    assert Offer.objects.get(entrant=first).state == "accepted"


def test_no_act_says_who_does_not_come(keepers, first):
    other = Offer.objects.exclude(entrant=first).select_related("entrant__person").first().entrant
    says(keepers, first, False)
    says(keepers, other, True)
    gives_back(keepers, other)
    acts = Act.objects.filter(kind__in=("agora.panel.declined", "agora.panel.given-back"))
    assert [each.actor for each in acts] == ["drawn", "drawn"]


def test_the_letter_says_what_the_office_called_the_round(keepers):
    letter = Letter.objects.filter(name="panel-drawn").first()
    assert "夜间施工管理规定" in letter.body and "城市议事" not in letter.body


def test_who_is_named_to_the_host_sees_the_look(keepers, first):
    says(keepers, first, True)
    page_of_host(keepers)
    page_of_host(keepers)  # once a sitting
    (look,) = (each for each in looks_told(first.person, now=keepers.now) if each.who)
    assert look.case == keepers.round.case.number and look.what["en"] == "your account"
    assert [each["en"] for each in look.fields] == ["e-mail", "name"]
    assert look.purpose["en"] == "Holding public participation"


def test_only_who_may_hold_the_round_learns_names(keepers, first, cast):
    says(keepers, first, True)
    for officer in (cast.supervisor, cast.signs):
        with pytest.raises(NoPower):
            accepted(keepers.round, Panel.objects.get(), by=officer, now=keepers.now)
    Case.objects.filter(pk=keepers.round.case.pk).update(region="990200")  # where the host has no power
    assert 'id="accepted"' not in page_of_host(keepers) and first.person.name not in page_of_host(keepers)


def test_a_region_that_the_charter_does_not_know_is_shown_by_its_code(keepers):
    panel = Panel.objects.get()
    code = panel.published["panel"][0]
    panel.published["entrants"][code] = ["16", "990199"]
    panel.save()
    assert "990199" in page_of_host(keepers)


def test_who_has_no_email_address_is_numbered_for_the_host_and_the_public(keepers, first):
    panel, public = Panel.objects.get(), {"headers": {"accept-language": "en"}}
    assert 'id="unreached"' not in page_of_host(keepers)
    Person.objects.filter(pk=first.person.pk).update(email=b"")
    send_due(now=keepers.now)
    assert "1 人没有登记电子邮箱" in page_of_host(keepers).partition('id="unreached"')[2]
    assert "1 has none and has not answered" in Client().get(keepers.page, **public).content.decode()
    says(keepers, first, True)
    assert 'id="unreached"' not in page_of_host(keepers)
    panel.offers.all().delete()
    assert "Within minutes the program writes to each" in Client().get(keepers.page, **public).content.decode()


def test_whoever_is_silent_is_followed_when_the_time_is_over_and_not_before(keepers, first):
    for each in Offer.objects.exclude(entrant=first).select_related("entrant__person"):
        says(keepers, each.entrant, True)
    keepers.rounds.now += timedelta(days=7)
    assert offers_due(now=keepers.now) == 0
    keepers.rounds.now += timedelta(days=1)
    assert offers_due(now=keepers.now) == 1
    (replaced,) = published()["replaced"]
    assert (replaced["code"], replaced["because"]) == (first.code, "silent")
    assert Offer.objects.get(entrant__code=replaced["by"]).answer_until == keepers.round.day(keepers.now) + timedelta(
        days=7
    )


def test_where_nobody_is_left_the_place_stays_empty(keepers, tmp_path):
    for _round in range(9):
        for each in Offer.objects.filter(state="open").select_related("entrant__person"):
            says(keepers, each.entrant, False)
        keepers.rounds.now += timedelta(days=1)
        offers_due(now=keepers.now)
    assert Offer.objects.count() <= 20 and not Offer.objects.filter(replaced=False).exists()
    assert "" in [each["by"] for each in published()["replaced"]] and again(tmp_path, published()) == []


def test_another_than_the_next_is_found_out_by_whoever_draws_it_again(keepers, first, tmp_path):
    says(keepers, first, False)
    keepers.rounds.now += timedelta(days=1)
    offers_due(now=keepers.now)
    told = published()
    sitting = told["panel"][-1] if told["panel"][-1] != first.code else told["panel"][0]
    wrong = told | {"replaced": [told["replaced"][0] | {"by": sitting}]}
    with pytest.raises(NotToBeDrawn):
        seated(wrong)
    with pytest.raises(CommandError):
        again(tmp_path, wrong)
    assert redrawn(told) == told["panel"]


def test_the_host_sees_numbers_and_only_who_accepts_and_nobody_sees_a_name_beside_a_code(keepers, first, rounds):
    others = [each.entrant for each in Offer.objects.exclude(entrant=first).select_related("entrant__person")]
    says(keepers, first, False)
    says(keepers, others[0], True)
    keepers.rounds.now += timedelta(days=1)
    offers_due(now=keepers.now)
    browser = signed_in(rounds.host)
    post = rounds.host.post.split("/")
    page = browser.get(reverse("forum-draw", args=[*post, keepers.round.case.number, "panel"])).content.decode()
    accepts, declines = others[0].person, first.person
    assert accepts.name in page.partition('id="accepted"')[2] and declines.name not in page
    assert others[0].code not in page and others[1].person.name not in page
    numbers = stood(Panel.objects.get())
    assert [
        sum(getattr(each, name) for each in numbers) for name in ("seats", "told", "accepted", "declined", "replaced")
    ] == [*(12, 13, 1, 1, 1)]
    public = Client().get(keepers.page).content.decode()
    assert first.code in public.partition('id="replaced"')[2] and declines.name not in public + accepts.name[:0]
    desk = view(keepers.round.case, rounds.host, now=keepers.now)
    assert [each.name for each in desk.letters] == []  # the letters tell who was drawn


def test_keepers_see_no_numbers_and_no_names(keepers, first, cast):
    says(keepers, first, True)
    path = reverse("forum-draw", args=["supervision-office", "duty", keepers.round.case.number, "panel"])
    assert first.person.name not in signed_in(cast.supervisor).get(path).content.decode()


def test_what_was_offered_and_replaced_agrees_with_the_ledger(keepers, first):
    says(keepers, first, False)
    keepers.rounds.now += timedelta(days=1)
    offers_due(now=keepers.now)
    lines = {each.kind: each.held for each in reconciled([keepers.round]) if each.held}
    assert (lines["agora.panel.declined"], lines["agora.panel.replaced"]) == (1, 1)
    assert all(line.agrees for line in reconciled([keepers.round]))
    assert not any(first.code in str(each.__dict__) for each in Act.objects.filter(kind="agora.panel.declined"))


def test_letters_are_written_in_another_order_than_the_codes_stand_in(keepers):
    written = [each.entrant.code for each in Offer.objects.order_by("pk").select_related("entrant")]
    assert sorted(written) == sorted(published()["panel"]) and written != published()["panel"]


def test_who_declines_on_one_day_is_replaced_in_the_order_of_codes(keepers):
    offers = list(Offer.objects.select_related("entrant__person").order_by("-entrant__code")[:4])
    for each in offers:
        says(keepers, each.entrant, False)
    keepers.rounds.now += timedelta(days=1)
    offers_due(now=keepers.now)
    assert [each["code"] for each in published()["replaced"]] == sorted(each.entrant.code for each in offers)


def test_nobody_is_invited_to_what_is_over(keepers, first):
    says(keepers, first, False)
    keepers.rounds.now += timedelta(days=1)
    Case.objects.filter(pk=keepers.round.case.pk).update(status="closed", closed_at=keepers.now, post="")
    assert offers_due(now=keepers.now) == 0


def test_who_entered_finds_their_code_and_the_place_among_all_that_is_held_about_them(keepers, first):
    says(keepers, first, False)
    others = [each.code for each in Entrant.objects.exclude(pk=first.pk)]
    browser = signed_in(Actor(first.person))
    page = browser.get("/my-data/held").content.decode()
    assert first.code in page and "已谢绝" in page
    assert not any(code in page for code in others)
    (held,) = json.loads(browser.get("/my-data/held.json").content)["draws"]
    assert (held["code"], held["place"], held["age_group"]) == (first.code, "declined", first.stratum[0])
