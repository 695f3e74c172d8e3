"""The link by which a proposal finds its sponsors: shown to its author, read by who has it, and guessed by nobody."""

import re

import pytest
from django.test import Client

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.models import Contribution
from zhengtong.agora.queries import numbers, outcome
from zhengtong.agora.rounds import round_of
from zhengtong.faces.forum.speaker import signed_value

SAID = "江边步道加装十盏路灯"
ROUNDS = [("proposal-round", "propose", 3), ("neighbourhood-budget", "projects", 1)]


class Seeking:
    """A round with a proposal that looks for sponsors, and browsers in which voices speak."""

    def __init__(self, rounds, procedure, phase, sponsors):
        self.rounds, self.sponsors = rounds, sponsors
        self.round = rounds.open(procedure)
        self.voices = rounds.voices(self.round, 6)
        self.home = f"/take-part/{self.round.case.number}/"
        self.author = self.speaking(0)
        sent = {"said": SAID, "request_key": "k"}
        self.sent = self.author.post(f"{self.home}say/{phase}", sent, follow=True).content.decode()

    def speaking(self, at):
        client = Client()
        client.cookies[f"voice-{self.round.case.pk}"] = signed_value(self.round.case.pk, str(self.voices[at].pk))
        return client

    @property
    def link(self):
        (found,) = re.findall(r"http://testserver(/take-part/[^<\s]+/sponsor/1/[\w-]+)", self.sent)
        return found

    def sign(self, client, value="sign"):
        return client.post(f"{self.home}sponsor/1", {"value": value}, follow=True).content.decode()


@pytest.fixture(params=ROUNDS, ids=lambda param: param[0])
def seeking(rounds, settings, request):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return Seeking(rounds, *request.param)


@pytest.fixture
def initiative(rounds, settings):
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    return Seeking(rounds, *ROUNDS[0])


def test_its_author_is_told_how_many_it_takes_and_shown_the_link(seeking):
    assert f"另有 {seeking.sponsors} 人联署后公开" in seeking.sent and len(seeking.link.rsplit("/", 1)[1]) == 43
    assert f"{seeking.home}weigh/1" not in seeking.sent, "nobody sponsors what they brought forward themselves"


def test_who_has_the_link_reads_and_signs_it_and_is_told_what_came_of_it(seeking):
    for at in range(1, seeking.sponsors + 1):
        sponsor = seeking.speaking(at)
        page = sponsor.get(seeking.link, follow=True).content.decode()
        assert SAID in page and "还差" in page
        told = seeking.sign(sponsor)
        left = seeking.sponsors - at
        assert (f"还差 {left} 人" if left else "现已公开") in told
    assert SAID in Client().get(seeking.home).content.decode()
    assert Client().get(seeking.link, follow=True).redirect_chain[-1][0] == f"{seeking.home}#said-1"


def test_nobody_else_reads_it_by_counting_up_numbers(seeking):
    stranger = seeking.speaking(5)
    wrong = seeking.link[:-1] + ("A" if seeking.link[-1] != "A" else "B")
    for address in ("proposals/1", "sponsor/1", "sponsor/1/x", "sponsor/2/x"):
        for client in (stranger, Client()):
            assert client.get(seeking.home + address).status_code == 404
    assert stranger.get(wrong).status_code == 404
    for address in ("", "answers", "said.json", "said.csv"):
        assert SAID not in stranger.get(seeking.home + address).content.decode()
    for address in ("weigh/1", "sponsor/1"):
        stranger.post(seeking.home + address, {"value": "sign"})
    assert Contribution.objects.get().signed == 0


def test_a_link_that_is_signed_without_a_voice_is_found_again_once_one_has_one(initiative):
    browser = Client()
    assert f"{initiative.home}voice" in browser.get(initiative.link, follow=True).content.decode()
    assert browser.post(f"{initiative.home}sponsor/1", {"value": "sign"}).status_code == 403
    browser.cookies[f"voice-{initiative.round.case.pk}"] = initiative.speaking(1).cookies.popitem()[1].value
    assert f"{initiative.home}sponsor/1" in browser.get(initiative.home).content.decode()
    assert "还差 2 人" in initiative.sign(browser)
    assert "已撤回" in initiative.sign(browser, "withdraw")


def test_its_author_who_opens_the_link_is_no_sponsor(initiative):
    page = initiative.author.get(initiative.link, follow=True).content.decode()
    assert SAID in page and 'value="sign"' not in page
    assert initiative.author.post(f"{initiative.home}sponsor/1", {"value": "sign"}).status_code == 409


def test_the_secret_is_in_no_address_that_is_kept_sent_on_or_searched(initiative, caplog):
    answer = Client().get(initiative.link)
    secret = initiative.link.rsplit("/", 1)[1]
    assert answer["Referrer-Policy"] == "no-referrer" and secret not in answer["Location"]
    assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]
    browser = Client()
    page = browser.get(initiative.link, follow=True)
    assert "noindex" in page["X-Robots-Tag"] and secret not in page.content.decode()
    cookie = browser.cookies[f"links-{initiative.round.case.pk}"]
    assert cookie["httponly"] and cookie["path"] == initiative.home
    browser.post(f"{initiative.home}sponsor/1", {"value": "sign"})  # refused, and logged
    assert secret not in caplog.text and "sponsor/1" in caplog.text


def test_a_limited_round_shows_it_in_its_turn_and_says_so(initiative, cast):
    rounds, day = initiative.rounds, initiative.round.day(initiative.rounds.now)
    told = {"shown_a_day": 0, "until": day, "reason": "涌入上千条", "by": rounds.moderator}
    motion = acts.propose_limit(round_=initiative.round, now=rounds.now, **told)
    acts.confirm_limit(motion=motion, by=cast.supervisor, now=rounds.now)
    rounds.sponsor(initiative.round, 1, *initiative.voices[1:3])
    last = initiative.speaking(3)
    last.get(initiative.link)
    page = initiative.sign(last)
    assert "依次公开" in page and "现已公开" not in page


def test_when_the_time_is_over_its_author_reads_that_it_is_not_published(initiative, settings):
    rounds = initiative.rounds
    rounds.later(initiative.round, 70)
    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    page = initiative.author.get(initiative.home).content.decode()
    assert "没有等到足够的支持人" in page and "/sponsor/1/" not in page


def test_the_page_of_the_office_and_the_answers_know_nothing_of_it_until_it_is_shown(initiative):
    def received():
        (row,) = Client().get("/take-part/owed/city-government.json").json()["owed"]
        return row["received"], "#1" in Client().get(f"{initiative.home}answers").content.decode()

    assert received() == (0, False)
    initiative.rounds.sponsor(initiative.round, 1, *initiative.voices[1:4])
    assert received() == (1, True)


def test_the_moderator_reads_it_all_the_same(initiative):
    rounds = initiative.rounds
    page = f"/take-part/office/{rounds.moderator.post}/{initiative.round.case.number}/moderation"
    assert SAID in signed_in(rounds.moderator).get(page).content.decode()


def test_what_is_hidden_before_it_was_shown_is_in_the_log_of_moderation_alone_until_it_is_shown(initiative):
    """No place, no number and no row of it is public; its author is told."""
    rounds, home = initiative.rounds, initiative.home

    def public():
        pages = [Client().get(home + each).content.decode() for each in ("", "answers")]
        rows = Client().get(f"{home}said.json").json()["said"]
        (row,) = Client().get("/take-part/owed/city-government.json").json()["owed"]
        counts = numbers(round_of(initiative.round.case.number))
        return any("#1" in each for each in pages), len(rows), row["received"], counts.said, counts.hidden

    hidden = {"number": 1, "rule": "advertising", "facts": "广告", "by": rounds.moderator, "now": rounds.now}
    measure = acts.hide(round_=initiative.round, **hidden)
    assert public() == (False, 0, 0, 0, 0) and outcome(initiative.round).hidden_numbers == []
    log = Client().get(f"/take-part/moderation/{measure.pk}").content.decode()
    assert "公开之前已被隐藏" in log and "#said-1" not in log and SAID not in log
    assert "公开之前已被隐藏" in initiative.author.get(initiative.link, follow=True).content.decode()
    acts.restore(measure=measure, why="误判", by=rounds.moderator, now=rounds.now)
    rounds.sponsor(initiative.round, 1, *initiative.voices[1:4])
    assert public() == (True, 1, 1, 1, 0)


def test_who_has_the_link_of_what_was_hidden_after_it_was_shown_does_not_read_that_it_never_was(initiative):
    rounds = initiative.rounds
    rounds.sponsor(initiative.round, 1, *initiative.voices[1:4])
    hidden = {"number": 1, "rule": "insult", "facts": "侮辱", "by": rounds.moderator, "now": rounds.now}
    measure = acts.hide(round_=initiative.round, **hidden)
    pages = (initiative.link, f"/take-part/moderation/{measure.pk}")
    told = [Client().get(page, follow=True).content.decode() for page in pages]
    assert "已被隐藏。" in told[0] and "#said-1" in told[1]
    assert all("公开之前" not in page for page in told)
