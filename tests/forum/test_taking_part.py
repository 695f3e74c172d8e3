"""The pages of the forum hold against who means ill, and cost the same however much has been said."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.models import Contribution, Drawn, Stance
from zhengtong.ledger.models import Act


@pytest.fixture
def talk(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return rounds.open("city-conversation")


@pytest.fixture
def speaker(rounds, talk):
    """A browser in which a voice speaks, and nobody has signed in."""
    client = Client()
    key = acts.admit_here(round_=talk, by=rounds.cast.lin_yue, now=rounds.now)
    client.post(f"/take-part/{talk.case.number}/voice", {"do": "enter", "key": key})
    return client


def say(client, talk, said, key="k"):
    return client.post(f"/take-part/{talk.case.number}/say/statements", {"said": said, "request_key": key})


def test_without_a_voice_nothing_is_said(client, talk):
    assert say(client, talk, "x").status_code == 403
    assert client.post(f"/take-part/{talk.case.number}/weigh/1", {"value": "agree"}).status_code == 403
    assert not Contribution.objects.exists()


def test_a_cookie_that_was_tampered_with_is_no_voice(speaker, talk):
    name = next(iter(speaker.cookies))
    speaker.cookies[name] = speaker.cookies[name].value[:-2] + "xx"
    assert say(speaker, talk, "x").status_code == 403


def test_a_cookie_of_one_round_is_worth_nothing_in_another(rounds, speaker, talk):
    other = rounds.open("proposal-round")
    kept = next(iter(speaker.cookies.values())).value
    speaker.cookies[f"voice-{other.case.pk}"] = kept
    answer = speaker.post(f"/take-part/{other.case.number}/say/propose", {"said": "x", "request_key": "k"})
    assert answer.status_code == 403


def test_the_cookie_is_kept_from_scripts_and_from_other_pages(speaker, talk):
    cookie = next(iter(speaker.cookies.values()))
    assert cookie["httponly"] and cookie["path"] == f"/take-part/{talk.case.number}/"


def test_sending_twice_says_it_once(speaker, talk):
    for _ in range(2):
        assert say(speaker, talk, "路灯太少").status_code == 302
    assert Contribution.objects.count() == 1


def test_markup_is_shown_as_it_was_typed(speaker, talk):
    say(speaker, talk, "<script>alert(1)</script>")
    page = speaker.get(f"/take-part/{talk.case.number}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


@pytest.mark.parametrize("value", ["", "2", "agree'--", "-1", "\u0000"])
def test_a_stance_that_there_is_not_changes_nothing(speaker, talk, value):
    say(speaker, talk, "路灯太少")
    assert speaker.post(f"/take-part/{talk.case.number}/weigh/1", {"value": value}).status_code in {400, 404}
    assert not Stance.objects.exists()


@pytest.mark.parametrize("place", ["9" * 40, "-1", "x", "１"])
def test_a_page_that_there_is_not_is_the_first_or_empty(speaker, talk, place):
    assert speaker.get(f"/take-part/{talk.case.number}/", {"page": place}).status_code == 200


def test_what_is_refused_keeps_what_was_typed(speaker, talk):
    say(speaker, talk, "路灯太少")
    answer = say(speaker, talk, "路灯太少", key="again")
    assert answer.status_code == 409
    assert "路灯太少</textarea>" in answer.content.decode()


def test_a_case_that_is_no_round_is_not_shown_as_one(client, talk, rounds):
    assert client.get("/take-part/QS-2026-0000-0000-0000-00/").status_code == 404


@pytest.mark.parametrize("page", ["answers", "costs", "moderation"])
def test_the_pages_of_an_office_are_only_for_who_holds_the_post(client, talk, rounds, page):
    client.force_login(rounds.cast.lin_yue.person.account)
    office = "petition-office/moderation" if page == "moderation" else "city-government/participation"
    assert client.get(f"/take-part/office/{office}/{talk.case.number}/{page}").status_code == 404


OFFICE = {"moderation": "petition-office/moderation"}
POSTED = {
    "moderation": {"number": "1", "rule": "insult", "facts": "骂人"},
    "answers": {"numbers": "1", "verdict": "adopted", "text": "好"},
    "costs": {"project": "1", "amount": "5"},
}


@pytest.mark.parametrize("page", POSTED)
def test_an_officer_shows_again_who_they_are_before_the_round_hears_the_office(talk, rounds, page):
    who = rounds.moderator if page == "moderation" else rounds.host
    browser = signed_in(who)
    session = browser.session
    session["sign_in"] |= {"proved": session["sign_in"]["proved"] - 24 * 3600}
    session.save()
    acts_before = Act.objects.count()
    asked = browser.post(f"/take-part/office/{who.post}/{talk.case.number}/{page}", POSTED[page])
    assert 'autocomplete="one-time-code"' in asked.content.decode()
    assert Act.objects.count() == acts_before


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
def test_a_project_that_is_no_number_is_refused_in_words(talk, rounds, number):
    page = f"/take-part/office/{rounds.host.post}/{talk.case.number}/costs"
    answer = signed_in(rounds.host).post(page, {"project": number, "amount": "5"})
    assert answer.status_code == 404
    assert "<title>错误" in answer.content.decode()


def test_a_last_day_that_there_is_not_hides_nothing(speaker, talk, rounds):
    say(speaker, talk, "路灯太少")
    day = {"until-year": "2026", "until-month": "2", "until-day": "30"}
    page = f"/take-part/office/{rounds.moderator.post}/{talk.case.number}/moderation"
    answer = signed_in(rounds.moderator).post(page, POSTED["moderation"] | day)
    assert "没有这一天" in answer.content.decode()
    assert Contribution.objects.get(case=talk.case).state == Contribution.State.SHOWN


def test_the_data_are_safe_in_a_spreadsheet_and_hold_no_person(speaker, talk, rounds):
    say(speaker, talk, "=HYPERLINK(1)")
    written = speaker.get(f"/take-part/{talk.case.number}/said.csv").content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(written)))
    assert row["text"] == "'=HYPERLINK(1)"
    person = rounds.cast.lin_yue.person
    told = speaker.get(f"/take-part/{talk.case.number}/said.json").content.decode()
    assert person.name not in told + written and person.id_number not in told + written


def test_a_hidden_text_is_not_in_the_data(speaker, talk, rounds):
    say(speaker, talk, "王某的电话")
    acts.hide(round_=talk, number=1, rule="privacy", facts="公开他人电话", by=rounds.moderator, now=rounds.now)
    assert "王某的电话" not in speaker.get(f"/take-part/{talk.case.number}/said.json").content.decode()
    assert "王某的电话" not in speaker.get(f"/take-part/{talk.case.number}/").content.decode()


def test_a_page_asks_as_often_with_thirty_contributions_as_with_one(client, talk, rounds):
    address = f"/take-part/{talk.case.number}/"
    voices = rounds.voices(talk, 10)

    def asked(number):
        for at in range(number):
            said, voice = f"说法 {number}/{at}", voices[at % 10]
            acts.contribute(round_=talk, phase="statements", voice=voice, said=said, request_key=said, now=rounds.now)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert asked(1) == asked(30)


def test_the_groups_of_opinion_are_drawn_and_told_in_words_and_each_voice_hears_its_own(speaker, talk, rounds):
    say(speaker, talk, "路灯太少")
    group = {"size": 9, "place": [0.5, 0.1], "spread": [0.1, 0.1], "stands": [[1, True]]}
    said = {"number": 1, "agreeing": [0.9, None], "opposing": [0.1, None]}
    found = {"people": 20, "groups": [group, group], "bridging": [1], "said": [said], "silhouette": 0.5, "chance": 0.3}
    voice = str(talk.case.voices.get().pk)
    Drawn.objects.create(case=talk.case, phase="statements", on=rounds.now.date(), found=found, places={voice: 1})
    address = f"/take-part/{talk.case.number}/"
    page = speaker.get(address).content.decode()
    assert page.count("<ellipse") == 2 and 'role="img"' in page
    assert "您在 B 组" in page and "A 组：9 人" in page and "90% 同意" in page
    assert "您在" not in Client().get(address).content.decode()
    acts.hide(round_=talk, number=1, rule="privacy", facts="公开他人电话", by=rounds.moderator, now=rounds.now)
    assert "路灯太少" not in speaker.get(address).content.decode()


def test_without_scripts_the_page_says_that_our_machine_blinds(talk, rounds):
    browser = signed_in(rounds.cast.lin_yue)
    page = browser.get(f"/take-part/{talk.case.number}/voice").content.decode()
    assert 'data-blinded="there">现在由我们的服务器替您盲化' in page and 'data-blinded="here" hidden>' in page
    assert 'id="key"' in browser.post(f"/take-part/{talk.case.number}/voice", {"do": "get"}).content.decode()


@pytest.mark.parametrize("blinded", ["", "x", "%%%", "AAAA", "A" * 3000, "漢"])
def test_what_is_no_blinded_token_costs_nobody_their_voice(talk, rounds, blinded):
    browser = signed_in(rounds.cast.lin_yue)
    answer = browser.post(f"/take-part/{talk.case.number}/voice", {"do": "blind", "blinded": blinded})
    assert answer.status_code in {400, 403} and answer.json()["final"]
    assert not talk.case.admissions.exists()


def test_nothing_is_signed_for_who_is_not_signed_in(client, talk):
    answer = client.post(f"/take-part/{talk.case.number}/voice", {"do": "blind", "blinded": "AAAA"})
    assert answer.status_code == 401 and not answer.json()["final"]
    assert not talk.case.admissions.exists()


@pytest.mark.parametrize(
    ("page", "back"), [("meetings/convene/riverside-meeting", "meetings"), ("open/proposal-round", "")]
)
def test_the_form_leads_back_to_where_one_came_from(cast, rounds, page, back):
    who = rounds.host if back == "" else cast.officer("riverside-council/chair")
    told = signed_in(who).get(f"/take-part/office/{who.post}/{page}").content.decode()
    assert f'class="govuk-back-link" href="/take-part/office/{who.post}/{back}"' in told
