"""Whoever is decided about is heard first, by an officer who has not examined the case; the decision waits for it."""

from datetime import timedelta

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.errors import CaseIsClosed, NoReason, NoSuchCase, NotYourTask
from zhengtong.cases.hearing_errors import (
    DidTheOtherStep,
    HearingIsOpen,
    HearingNotArranged,
    HearingTooSoon,
    MinutesMissing,
    NoSuchHearing,
)
from zhengtong.cases.models import Hearing, Letter
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import take_post
from zhengtong.people.errors import NoPower

WHY = "招牌不遮挡隔壁窗户，请当面核对。"
MINUTES = "林悦出示照片，证明招牌低于窗台；隔壁住户到场，没有异议。"
LAW = ["qingshan-rules/9"]
PLACE = "市城市管理局二楼听证室"


@pytest.fixture
def sign(cast, monday):
    """A sign on a roof, which an officer decides on."""
    joint = apply(cast, now=monday, sign_position="roof", sign_width="4", sign_height="3.5")
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    return part(joint, "shop-sign")


@pytest.fixture
def head(cast):
    return cast.officer("urban-management/head")


@pytest.fixture
def asked(sign, cast, monday) -> Hearing:
    return acts.ask_for_hearing(case=sign, reason=WHY, by=cast.lin_yue, now=monday)


@pytest.fixture
def arranged(asked, sign, head, monday) -> Hearing:
    return acts.arrange_hearing(task=task(sign, "hear"), at=on(monday), place=PLACE, by=head, now=monday)


def on(monday):
    """Two weeks later: more than seven working days lie between."""
    return monday + timedelta(days=14)


def decide(sign, cast, now):
    return do(sign, "decide", "granted", by=cast.signs, now=now)


def kinds_of(case) -> list[str]:
    return list(Act.objects.filter(subject=case.number).order_by("position").values_list("kind", flat=True))


def test_the_applicant_is_heard_and_the_decision_follows(sign, arranged, cast, head, monday):
    later = on(monday) + timedelta(hours=2)
    do(sign, "hear", "held", by=head, now=later, findings=MINUTES)
    do(sign, "read_minutes", "confirmed", by=cast.lin_yue, now=later)
    decide(sign, cast, later)
    sign.refresh_from_db()
    arranged.refresh_from_db()
    assert (sign.outcome, arranged.minutes) == ("granted", MINUTES)
    assert [each for each in kinds_of(sign) if "hearing" in each] == [
        "case.hearing.asked",
        "case.hearing.arranged",
        "case.hearing.held",
    ]
    letter = Letter.objects.get(case=sign, name="hearing")
    assert PLACE in letter.body and "七" not in letter.subject


def test_the_clock_stands_still_from_the_asking_until_the_minutes_are_read(sign, arranged, cast, head, monday):
    sign.refresh_from_db()
    assert sign.stopped and sign.due_on is None
    later = on(monday) + timedelta(hours=2)
    do(sign, "hear", "held", by=head, now=later, findings=MINUTES)
    sign.refresh_from_db()
    assert sign.stopped
    do(sign, "read_minutes", "confirmed", by=cast.lin_yue, now=later)
    sign.refresh_from_db()
    assert not sign.stopped and sign.due_on is not None


def test_nobody_decides_while_a_hearing_is_open(sign, arranged, cast, head, monday):
    with pytest.raises(HearingIsOpen):
        decide(sign, cast, monday)
    later = on(monday) + timedelta(hours=2)
    do(sign, "hear", "held", by=head, now=later, findings=MINUTES)
    with pytest.raises(HearingIsOpen):
        decide(sign, cast, later)


def test_minutes_that_nobody_reads_hold_nothing_up_for_longer_than_five_working_days(
    sign, arranged, cast, head, monday
):
    later = on(monday) + timedelta(hours=2)
    do(sign, "hear", "not_attended", by=head, now=later, findings="当事人未到场。")
    decide(sign, cast, later)
    sign.refresh_from_db()
    assert sign.outcome == "granted"


def test_silence_about_the_minutes_ends_by_itself(sign, arranged, cast, head, monday):
    later = on(monday) + timedelta(hours=2)
    do(sign, "hear", "held", by=head, now=later, findings=MINUTES)
    after = later + timedelta(days=9)
    acts.fire_due(now=after)
    decide(sign, cast, after)
    sign.refresh_from_db()
    assert sign.outcome == "granted"


def test_everybody_is_told_seven_working_days_ahead(sign, asked, head, monday):
    for days in (-1, 0, 3, 9):
        with pytest.raises(HearingTooSoon) as told:
            acts.arrange_hearing(
                task=task(sign, "hear"), at=monday + timedelta(days=days), place=PLACE, by=head, now=monday
            )
    assert "licensing-law/48" in told.value.ground
    assert not Letter.objects.filter(case=sign, name="hearing").exists()


def test_a_hearing_can_be_moved_and_everybody_is_told_again(sign, arranged, head, monday):
    later = on(monday) + timedelta(days=3)
    acts.arrange_hearing(task=task(sign, "hear"), at=later, place=PLACE, by=head, now=monday)
    arranged.refresh_from_db()
    assert arranged.at == later and Letter.objects.filter(case=sign, name="hearing").count() == 2


def test_a_hearing_is_not_held_before_its_time_nor_without_minutes(sign, asked, cast, head, monday):
    with pytest.raises(HearingNotArranged):
        do(sign, "hear", "held", by=head, now=monday, findings=MINUTES)
    acts.arrange_hearing(task=task(sign, "hear"), at=on(monday), place=PLACE, by=head, now=monday)
    with pytest.raises(HearingNotArranged):
        do(sign, "hear", "held", by=head, now=monday + timedelta(days=1), findings=MINUTES)
    with pytest.raises(MinutesMissing):
        do(sign, "hear", "held", by=head, now=on(monday), findings="  ")


def test_whoever_leads_the_hearing_does_not_decide_nor_the_other_way_round(sign, arranged, cast, head, monday):
    acts.claim(task=task(sign, "decide"), by=cast.signs, now=monday)
    take_post(person=cast.signs.person, post=head.post, from_on=monday.date(), by=PROGRAM, now=monday)
    both = Actor(cast.signs.person, head.post)
    with pytest.raises(DidTheOtherStep):
        do(sign, "hear", "held", by=both, now=on(monday), findings=MINUTES)


def test_a_hearing_is_asked_for_once_with_a_reason_and_before_the_decision(sign, cast, monday):
    with pytest.raises(NoReason):
        acts.ask_for_hearing(case=sign, reason=" ", by=cast.lin_yue, now=monday)
    acts.ask_for_hearing(case=sign, reason=WHY, by=cast.lin_yue, now=monday)
    with pytest.raises(NoSuchHearing):
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.lin_yue, now=monday)


def test_after_the_decision_there_is_only_the_appeal(sign, cast, monday):
    decide(sign, cast, monday)
    with pytest.raises(CaseIsClosed):
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.lin_yue, now=monday)


def test_a_matter_without_hearings_has_none(sign, cast, monday):
    fire = sign.parent.parts.get(procedure="fire-check")
    with pytest.raises(NoSuchHearing):
        acts.ask_for_hearing(case=fire, reason=WHY, by=cast.lin_yue, now=monday)


def test_another_citizen_is_told_nothing_and_a_clerk_has_no_power(sign, asked, cast, monday):
    with pytest.raises(NoSuchCase):
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.chen_xiaoyu, now=monday)
    with pytest.raises(NoPower):
        acts.ask_for_hearing(case=sign, reason=WHY, by=cast.window, now=monday)
    with pytest.raises(NotYourTask):
        acts.arrange_hearing(task=task(sign, "hear"), at=on(monday), place=PLACE, by=cast.signs, now=monday)


def test_an_office_orders_a_hearing_of_its_own_motion(sign, cast, head, monday):
    hearing = acts.ask_for_hearing(case=sign, reason="事关多户居民采光，依职权听证。", by=head, now=monday)
    assert hearing.by_office and task(sign, "hear").post == head.post


def test_what_was_said_is_sealed_and_goes_with_the_case(sign, arranged, head, monday):
    from django.db import connection

    do(sign, "hear", "held", by=head, now=on(monday), findings=MINUTES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT minutes, reason, place FROM cases_hearing")
        raw = b"".join(bytes(each) if not isinstance(each, str) else each.encode() for each in cursor.fetchone())
    assert MINUTES.encode() not in raw and WHY.encode() not in raw
