"""What the page of a round shows is in its data: the draft, what it rests on, limits, groups of opinion, results."""

import io
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rounds import DRAFT
from zhengtong.agora import acts
from zhengtong.agora.groups import draw_due
from zhengtong.agora.models import Contribution, Drawn, Stance
from zhengtong.agora.proceedings.evidence import put_evidence
from zhengtong.agora.proceedings.surveys import answer_question
from zhengtong.cases.acts import complete


@pytest.fixture
def read(client, rounds, settings):
    def told(round_):
        settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
        return client.get(f"/take-part/{round_.case.number}/said.json").json()

    return told


def put(rounds, round_, title="影响测算"):
    given = {"kind": "simulation", "title": title, "name": "effect.svg", "content": io.BytesIO(b"<svg/>")}
    return put_evidence(round_=round_, by=rounds.host, now=rounds.now, **given)


def test_a_draft_is_there_paragraph_by_paragraph_by_the_place_that_opinions_name(rounds, read):
    round_ = rounds.consultation()
    said = {"said": "三日太短", "place": "2", "request_key": "k", "voice": rounds.voices(round_, 1)[0]}
    acts.contribute(round_=round_, phase="comment", now=rounds.now, **said)
    told = read(round_)
    places = {each["place"]: each["text"] for each in told["draft"]}
    assert "\n\n".join(places.values()) == DRAFT
    assert places[told["said"][0]["place"]] == "第二条　公告应当提前三日。"


def test_what_it_rests_on_is_named_with_the_hash_of_the_file_that_is_served(client, rounds, read):
    round_ = rounds.consultation()
    put(rounds, round_)
    (told,) = read(round_)["evidence"]
    served = b"".join(client.get(told["file"]).streaming_content)
    assert (told["title"], told["kind"], told["bytes"]) == ("影响测算", "simulation", len(served))
    assert told["sha256"] == sha256(served).hexdigest() and told["put_on"] == rounds.now.date().isoformat()


def test_a_limit_is_told_with_its_scope_its_ground_and_its_end(rounds, cast, read):
    round_ = rounds.open("city-conversation")
    until = round_.day(rounds.now) + timedelta(days=3)
    asked = {"shown_a_day": 2, "until": until, "reason": "一分钟内涌入上千条", "by": rounds.moderator}
    motion = acts.propose_limit(round_=round_, now=rounds.now, **asked)
    assert read(round_)["limits"] == []  # it holds once another office has confirmed it
    acts.confirm_limit(motion=motion, by=cast.supervisor, now=rounds.now)
    (told,) = read(round_)["limits"]
    assert (told["shown_a_day"], told["until"], told["reason"]) == (2, until.isoformat(), "一分钟内涌入上千条")
    assert told["legal_basis"] and told["proposed_in"] != told["confirmed_in"]


def test_groups_of_opinion_are_those_of_the_page_and_nobody_is_told_one_by_one(client, rounds, read):
    round_ = rounds.camps()
    draw_due(now=rounds.now)
    told = read(round_)["groups"]["statements"]
    assert [(each["name"], each["people"]) for each in told["groups"]] == [("A", 12), ("B", 8)]
    assert told["people"] == 20 and told["bridging"] == [8]
    page = client.get(f"/take-part/{round_.case.number}/").content.decode()
    assert f"{round(told['statements'][-1]['agreeing'][0] * 100)}% 同意" in page
    written = client.get(f"/take-part/{round_.case.number}/said.json").content.decode()
    places = Drawn.objects.get().places
    assert len(places) == 20 and not any(voice in written for voice in places)


def test_while_people_vote_the_data_tell_what_the_page_names_and_then_every_statement(rounds, read):
    round_ = rounds.camps()
    doubtful = acts.contribute(
        round_=round_,
        phase="statements",
        voice=round_.case.voices.first(),
        said="说不清",
        request_key="doubtful",
        now=rounds.now,
    )
    in_camps = Stance.objects.filter(contribution=round_.case.contributions.get(number=1)).order_by("pk")
    few = [-1, -1, -1, 1] * (in_camps.count() // 4)  # of each camp one in four agrees: no camp is told by it
    Stance.objects.bulk_create(
        Stance(contribution=doubtful, voice=each.voice, value=value) for each, value in zip(in_camps, few, strict=True)
    )

    def numbers():
        draw_due(now=rounds.now)
        told = read(round_)["groups"]["statements"]
        named = {*told["bridging"]} | {
            each for group in told["groups"] for each in group["agrees_with"] + group["disagrees_with"]
        }
        return {each["number"] for each in told["statements"]}, named

    told, named = numbers()
    assert told == named and doubtful.number not in told
    round_ = rounds.later(round_, 40)
    told, named = numbers()
    assert told == set(range(1, 10)) > named


def test_between_the_end_and_the_last_drawing_the_data_tell_no_more_than_before(client, rounds, read):
    """The drawing before the last one is never told of every statement: both would tell what the last day changed."""
    round_ = rounds.camps()
    draw_due(now=rounds.now)
    before = read(round_)["groups"]["statements"]
    assert not before["over"] and not before["last"]
    round_ = rounds.later(round_, 40)
    between = read(round_)["groups"]["statements"]
    assert between == before | {"over": True}
    page = client.get(f"/take-part/{round_.case.number}/").content.decode()
    assert "正在根据截止前的全部表态作最后一次绘制" in page and "完成之前显示的是上一次的结果" in page
    draw_due(now=rounds.now)
    after = read(round_)["groups"]["statements"]
    assert after["last"] and len(after["statements"]) == 8 > len(before["statements"])
    page = client.get(f"/take-part/{round_.case.number}/").content.decode()
    assert "这是最后一次绘制" in page and "正在根据" not in page


def test_a_conversation_that_is_over_and_was_never_drawn_says_that_its_drawing_is_being_made(client, rounds, read):
    round_ = rounds.later(rounds.camps(), 40)
    assert read(round_)["groups"] == {}
    page = client.get(f"/take-part/{round_.case.number}/").content.decode()
    assert "正在根据截止前的全部表态作最后一次绘制" in page and "上一次的结果" not in page


def test_what_has_been_hidden_since_is_in_no_group(rounds, read):
    round_ = rounds.camps()
    draw_due(now=rounds.now)
    acts.hide(round_=round_, number=8, rule="privacy", facts="公开电话", by=rounds.moderator, now=rounds.now)
    told = read(round_)["groups"]["statements"]
    assert told["bridging"] == [] and 8 not in {each["number"] for each in told["statements"]}


@pytest.fixture
def counted(rounds):
    """A vote on money of two projects that there is money for, and one that there is none for; the vote is over."""
    round_ = rounds.open("neighbourhood-budget")
    voices = rounds.voices(round_, 5)
    for number, voice in enumerate(voices[:3], 1):
        said = {"said": f"项目 {number}", "request_key": str(number), "voice": voice}
        acts.contribute(round_=round_, phase="projects", now=rounds.now, **said)
    Contribution.objects.update(sponsored=True, state="shown", cost=Decimal(200000))
    round_ = rounds.later(round_, 31)
    complete(task=round_.case.tasks.get(node="check_costs"), output="checked", by=rounds.host, now=rounds.now)
    round_ = rounds.later(round_, 0)
    for voice, chosen in zip(voices, [[1], [1, 2], [1, 2], [3], [2]], strict=True):
        for phase in ("voting", "order"):
            acts.vote_budget(round_=round_, phase=phase, voice=voice, projects=chosen, now=rounds.now)
    round_ = rounds.later(round_, 15)
    acts.count_due(now=rounds.now)
    return round_


def test_a_vote_on_money_is_told_with_cost_votes_and_what_was_chosen_by_which_rule(client, rounds, counted, read):
    told = read(counted)["budgets"]["voting"]
    assert (told["rule"], told["budget"], told["votes"]) == ("equal-shares", "500000.00", 5)
    rows = {each["number"]: (each["cost"], each["votes"], each["chosen"]) for each in told["projects"]}
    assert rows == {1: ("200000.00", 3, True), 2: ("200000.00", 3, True), 3: ("200000.00", 1, False)}
    file = client.get(f"/take-part/{counted.case.number}/vote/voting.pb").content
    assert told["sha256"] == sha256(file).hexdigest()


def test_an_order_is_told_with_its_rule_and_each_count(rounds, counted, read):
    told = read(counted)["rankings"]["order"]
    assert (told["rule"], told["votes"], told["seats"]) == ("schulze", 5, 3)
    assert told["chosen"][0] == 1 and set(told["chosen"]) == {1, 2, 3}
    assert {each["number"] for each in told["counts"][0]["tally"]} == {1, 2, 3}


def test_before_a_vote_is_over_nothing_is_told_of_how_it_goes(rounds, read):
    told = read(rounds.open("neighbourhood-budget"))
    assert (told["budgets"], told["rankings"], told["groups"]) == ({}, {}, {})


@pytest.mark.django_db(databases=["default", "ballots"])
def test_a_secret_ballot_is_told_with_its_sums_once_they_are_opened(polls, read):
    codes = polls.opened()
    for code in codes[:6]:
        polls.voted(code)
    (told,) = read(polls.vote.round)["ballots"].values()
    assert told["stage"] == "voting" and {each["votes"] for each in told["questions"][0]["answers"]} == {None}
    polls.counted()
    (told,) = read(polls.vote.round)["ballots"].values()
    assert [each["votes"] for each in told["questions"][0]["answers"]] == [6, 0, 0]


def test_the_data_ask_as_often_for_many_as_for_one(rounds, read):
    round_ = rounds.consultation()
    voices = rounds.voices(round_, 6)

    def asked(number):
        put(rounds, round_, f"依据 {number}")
        said = {"said": f"意见 {number}", "request_key": str(number), "voice": voices[number]}
        acts.contribute(round_=round_, phase="comment", now=rounds.now, **said)
        given = {"voice": voices[number], "question": "concerned", "values": ["never"]}
        answer_question(round_=round_, phase="survey", now=rounds.now, **given)
        with CaptureQueriesContext(connection) as queries:
            assert len(read(round_)["evidence"]) == number + 1
        return len(queries)

    assert len({asked(number) for number in range(5)}) == 1
