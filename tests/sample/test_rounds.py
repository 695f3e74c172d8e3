"""The demonstration opens rounds in which people already speak."""

import html

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.agora.acts import cast_ballot
from zhengtong.agora.ballots.queries import ENROLMENT, VOTING, votes_of
from zhengtong.agora.models import Contribution
from zhengtong.agora.rounds import of_case
from zhengtong.cases.models import Case
from zhengtong.engines.ballots import cast as cast_with
from zhengtong.project.sample.rounds import open_rounds

pytestmark = pytest.mark.django_db(databases=["default", "ballots"])


def test_every_kind_of_round_is_open_and_others_have_spoken(cast, client, monday):
    assert open_rounds(settings.ZHENGTONG_CHARTER, now=monday) == 7
    rounds = Case.objects.filter(request_key__startswith="sample-")
    assert {each.procedure for each in rounds} == {
        *("draft-consultation", "city-conversation", "neighbourhood-budget", "proposal-round", "priorities-ballot"),
        "association-election",
    }
    assert not Contribution.objects.exclude(state=Contribution.State.SHOWN).exists()
    spoken = rounds.exclude(procedure__in=["priorities-ballot", "association-election"])
    assert all(each.contributions.exists() for each in spoken)
    page = client.get("/take-part/").content.decode()
    assert all(each.facts["title"] in page for each in rounds)


def test_whoever_reads_english_sees_what_each_is_about_in_english(cast, client, monday):
    open_rounds(settings.ZHENGTONG_CHARTER, now=monday)
    client.cookies["django_language"] = "en"
    listed = html.unescape(client.get("/take-part/").content.decode())
    for each in Case.objects.filter(request_key__startswith="sample-"):
        assert each.facts["title_en"] in listed and each.facts["title"] not in listed
        assert each.facts["summary_en"] in html.unescape(client.get(f"/take-part/{each.number}/").content.decode())


def test_the_list_says_until_when_with_the_same_questions_for_one_round_and_for_many(cast, client, monday, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    open_rounds(settings.ZHENGTONG_CHARTER, now=monday)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/take-part/").content.decode().count(">至2026年") == 7
    Case.objects.filter(procedure__in=["draft-consultation", "city-conversation"]).update(procedure="gone")
    with CaptureQueriesContext(connection) as few:
        client.get("/take-part/")
    assert len(many) == len(few)


def test_opening_them_again_changes_nothing(cast, monday):
    open_rounds(settings.ZHENGTONG_CHARTER, now=monday)
    before = Contribution.objects.count()
    assert open_rounds(settings.ZHENGTONG_CHARTER, now=monday) == 0
    assert Contribution.objects.count() == before


def test_in_one_secret_ballot_people_enrol_and_in_another_they_vote(cast, monday, settings):
    open_rounds(settings.ZHENGTONG_CHARTER, now=monday)
    cases = Case.objects.filter(procedure="priorities-ballot")
    votes = {vote.stage: vote for case in cases for vote in votes_of(of_case(case))}
    assert set(votes) == {ENROLMENT, VOTING}
    codes = (settings.ZHENGTONG_VAR / "sample" / "voting-codes.txt").read_text().split()
    voting = votes[VOTING]
    written = cast_with(election=voting.election, credential=codes[0], votes=[[1, 0, 0, 0, 0], [1, 0, 0]])
    assert cast_ballot(round_=voting.round, phase=voting.phase.id, written=written, now=monday)
