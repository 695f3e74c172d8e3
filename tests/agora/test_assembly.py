"""A residents' council meets: it moves, is counted, votes by name, and publishes its minutes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.agora.assembly import acts
from zhengtong.agora.assembly.decide import is_carried, is_quorate
from zhengtong.agora.assembly.errors import NoQuorum, NoSuchMeeting, NotAChoice, NotAMember, NotNow, NoWords
from zhengtong.agora.assembly.meetings import meeting_of, meetings
from zhengtong.agora.assembly.models import Motion, RollVote
from zhengtong.agora.reconciled import meetings as every_count
from zhengtong.cases.acts import complete, fire_due, open_by_office
from zhengtong.cases.errors import NotYourTask
from zhengtong.cases.models import Case, Task
from zhengtong.charter.model import Organ
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import leave_post
from zhengtong.people.models import Account

CHAIR, MEMBER = "riverside-council/chair", "riverside-council/member"
SAYS = {"title": "2026年第三次会议", "summary": "3月11日19时，滨河路1号二楼，议题：夜市收摊时间、楼道充电。"}
LIGHTS = {"title": "楼道不得给电动车充电", "text": "在一楼设充电棚，楼道内一律不得充电。"}


@pytest.fixture
def bai_ruo(cast) -> Actor:
    """The chair."""
    return Actor(Account.objects.get(username="bai-ruo").person, CHAIR)


@pytest.fixture
def fan_cheng(cast) -> Actor:
    return Actor(Account.objects.get(username="fan-cheng").person, MEMBER)


@pytest.fixture
def kong_min(cast) -> Actor:
    return Actor(Account.objects.get(username="kong-ming").person, MEMBER)


@pytest.fixture
def meeting(bai_ruo, monday) -> Case:
    return open_by_office(
        procedure="riverside-meeting", answers=SAYS, by=bai_ruo, language="zh-Hans", request_key="one", now=monday
    )


@pytest.fixture
def motion(meeting, fan_cheng, monday) -> Motion:
    return acts.put_motion(case=meeting, by=fan_cheng, now=monday, **LIGHTS)


@pytest.fixture
def evening(motion, monday):
    """Eight days later: the notice is over, and the meeting has begun."""
    later = monday + timedelta(days=8)
    fire_due(now=later)
    return later


@pytest.fixture
def called(meeting, motion, bai_ruo, fan_cheng, evening) -> Motion:
    """Two of three are there, and the motion is put to the vote."""
    for each in (bai_ruo, fan_cheng):
        acts.attend(case=meeting, by=each, now=evening)
    return acts.call_vote(case=meeting, number=1, by=bai_ruo, now=evening)


def vote(meeting, who, choice, now):
    return acts.cast(case=meeting, number=1, choice=choice, by=who, now=now)


def test_a_motion_is_carried_and_the_minutes_are_published(meeting, called, bai_ruo, fan_cheng, evening):
    vote(meeting, bai_ruo, "yes", evening)
    vote(meeting, fan_cheng, "no", evening)
    vote(meeting, fan_cheng, "yes", evening)
    closed = acts.close_vote(case=meeting, number=1, by=bai_ruo, now=evening)
    assert closed.outcome == Motion.Outcome.CARRIED
    assert {each.person.name: each.choice for each in closed.votes.all()} == {"白若": "yes", "范成": "yes"}
    complete(task=open_step(meeting), output="held", by=bai_ruo, now=evening)
    complete(task=open_step(meeting), output="answered", reasons="到会两人，议案一通过。", by=bai_ruo, now=evening)
    ended = meeting_of(meeting.number)
    assert (ended.case.outcome, ended.minutes, ended.at) == ("answered", "到会两人，议案一通过。", "")


def open_step(meeting) -> Task:
    return meeting.tasks.get(status=Task.Status.OPEN)


def test_every_step_of_it_is_on_record_without_a_name(meeting, called, bai_ruo, evening):
    vote(meeting, bai_ruo, "abstain", evening)
    acts.close_vote(case=meeting, number=1, by=bai_ruo, now=evening)
    kinds = [each.kind for each in Act.objects.filter(subject=meeting.number).order_by("position")]
    assert [each for each in kinds if each.startswith("assembly.")] == [
        "assembly.motion.put",
        "assembly.attended",
        "assembly.attended",
        "assembly.vote.called",
        "assembly.vote.cast",
        "assembly.vote.closed",
    ]
    closed = Act.objects.get(kind="assembly.vote.closed")
    assert closed.particulars == {"motion": 1, "outcome": "lost", "yes": 0, "no": 0, "abstain": 1}
    assert closed.power == "council-meetings"


def test_one_of_three_is_no_quorum(meeting, bai_ruo, evening):
    acts.attend(case=meeting, by=bai_ruo, now=evening)
    acts.attend(case=meeting, by=bai_ruo, now=evening)
    with pytest.raises(NoQuorum) as told:
        acts.call_vote(case=meeting, number=1, by=bai_ruo, now=evening)
    assert "1 of 3" in told.value.told()["en"]


def test_whoever_has_left_the_council_no_longer_counts_for_a_quorum(meeting, bai_ruo, fan_cheng, kong_min, evening):
    for each in (bai_ruo, fan_cheng):
        acts.attend(case=meeting, by=each, now=evening)
    leave_post(holding=fan_cheng.person.holdings.get(post=MEMBER), last_on=evening.date(), by=PROGRAM, now=evening)
    tomorrow = evening + timedelta(days=1)
    with pytest.raises(NoQuorum):
        acts.call_vote(case=meeting, number=1, by=bai_ruo, now=tomorrow)


def test_each_thing_has_its_time(meeting, motion, bai_ruo, fan_cheng, kong_min, monday):
    with pytest.raises(NotNow):
        acts.attend(case=meeting, by=bai_ruo, now=monday)
    with pytest.raises(NotNow):
        acts.call_vote(case=meeting, number=1, by=bai_ruo, now=monday)
    later = monday + timedelta(days=8)
    fire_due(now=later)
    with pytest.raises(NotNow):
        acts.put_motion(case=meeting, by=fan_cheng, now=later, **LIGHTS)
    with pytest.raises(NotNow):
        vote(meeting, fan_cheng, "yes", later)


def test_who_is_not_there_does_not_vote_and_nobody_votes_on_what_is_closed(meeting, called, bai_ruo, kong_min, evening):
    with pytest.raises(NotNow):
        vote(meeting, kong_min, "yes", evening)
    acts.close_vote(case=meeting, number=1, by=bai_ruo, now=evening)
    with pytest.raises(NotNow):
        vote(meeting, bai_ruo, "yes", evening)
    with pytest.raises(NotNow):
        acts.call_vote(case=meeting, number=1, by=bai_ruo, now=evening)


def test_only_members_take_part_and_only_the_chair_calls(meeting, called, cast, fan_cheng, evening, monday):
    for stranger in (cast.window, cast.lin_yue):
        with pytest.raises(NotAMember):
            vote(meeting, stranger, "yes", evening)
    with pytest.raises(NotYourTask):
        acts.close_vote(case=meeting, number=1, by=fan_cheng, now=evening)
    assert RollVote.objects.count() == 0


def test_a_motion_has_words_and_a_vote_is_one_of_three(meeting, called, bai_ruo, evening, monday):
    with pytest.raises(NotAChoice):
        vote(meeting, bai_ruo, "perhaps", evening)
    later = open_by_office(
        procedure="riverside-meeting", answers=SAYS, by=bai_ruo, language="en", request_key="two", now=monday
    )
    for wrong in ({"title": " ", "text": "x"}, {"title": "x", "text": ""}, {"title": "x" * 121, "text": "x"}):
        with pytest.raises(NoWords):
            acts.put_motion(case=later, by=bai_ruo, now=monday, **wrong)


def test_one_motion_is_voted_on_at_a_time(meeting, motion, bai_ruo, fan_cheng, monday):
    acts.put_motion(case=meeting, title="夜市", text="二十二时收摊。", by=bai_ruo, now=monday)
    later = monday + timedelta(days=8)
    fire_due(now=later)
    for each in (bai_ruo, fan_cheng):
        acts.attend(case=meeting, by=each, now=later)
    acts.call_vote(case=meeting, number=1, by=bai_ruo, now=later)
    with pytest.raises(NotNow):
        acts.call_vote(case=meeting, number=2, by=bai_ruo, now=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Motion.objects.filter(number=2).update(called_at=later)


def test_what_members_did_agrees_with_the_ledger_and_a_vote_that_was_slipped_in_is_told(
    meeting, called, bai_ruo, fan_cheng, kong_min, evening
):
    vote(meeting, fan_cheng, "no", evening)
    vote(meeting, fan_cheng, "yes", evening)
    held = {each.kind: (each.held, each.recorded) for each in every_count() if each.agrees}
    assert held["assembly.attended"] == (2, 2) and held["assembly.vote.cast"] == (1, 2) and len(held) == 7
    for each in (bai_ruo, kong_min):
        RollVote.objects.create(motion=called, person=each.person, post=MEMBER, choice="no", at=evening)
    assert [(each.kind, each.held) for each in every_count() if not each.agrees] == [("assembly.vote.cast", 3)]


def test_what_is_no_meeting_is_not_found(cast, monday):
    with pytest.raises(NoSuchMeeting):
        meeting_of("QI-2026-NONE")
    assert meetings(["riverside-meeting"], page=1) == []


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["half", "two-thirds"]))
def test_what_carries_a_motion_is_never_a_minority(yes, no, share):
    organ = Organ.model_construct(quorum=share, majority=share)
    if is_carried(organ, yes=yes, no=no):
        assert yes > no
        assert is_carried(organ, yes=yes + 1, no=no)
    if is_quorate(organ, present=yes, members=yes + no):
        assert 2 * yes > yes + no


@pytest.mark.parametrize(
    ("share", "yes", "no", "carried"),
    [
        ("half", 2, 1, True),
        ("half", 2, 2, False),
        ("half", 0, 0, False),
        ("two-thirds", 2, 1, True),
        ("two-thirds", 5, 3, False),
        ("two-thirds", 0, 0, False),
    ],
)
def test_a_tie_and_no_votes_carry_nothing(share, yes, no, carried):
    assert is_carried(Organ.model_construct(majority=share), yes=yes, no=no) is carried
