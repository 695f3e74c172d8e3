"""The main job of the first year: one application opens a restaurant (the story of the journey, act by act)."""

from datetime import date, timedelta

import pytest

from tests import restaurant
from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.acts import fire_due
from zhengtong.cases.acts.handling import outputs_of
from zhengtong.cases.errors import (
    AskedAlready,
    ClockIsStopped,
    InvalidAnswers,
    MaterialStillDue,
    MissingMaterials,
    NotYourTask,
    ReasonsMissing,
)
from zhengtong.cases.handover_errors import HandoverNeedsReason
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case, Handover
from zhengtong.ledger.models import Act
from zhengtong.people.errors import NoMandate, NoPower

BASIS = ["food-safety-law/35"]


@pytest.fixture
def joint(cast, monday):
    return apply(cast, now=monday)


@pytest.fixture
def accepted(joint, cast, monday):
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    joint.refresh_from_db()
    return joint


def test_the_legal_representative_may_apply_for_her_company(joint, cast):
    assert joint.enterprise == cast.linjiang
    assert joint.facts["enterprise_name"] == "青山市临江小馆餐饮有限公司"
    assert joint.sources["enterprise_name"] == "enterprise"


def test_a_relative_without_a_mandate_may_not(cast, monday):
    with pytest.raises(NoMandate):
        acts.start_draft(
            person=cast.lin_qiang.person, procedure="open-restaurant", enterprise=cast.linjiang, now=monday
        )


def test_submitting_twice_makes_one_case(joint, cast, monday):
    again = apply(cast, now=monday)
    assert again == joint
    assert Case.objects.filter(procedure="open-restaurant").count() == 1


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept(cast, monday):
    with pytest.raises(InvalidAnswers) as refusal:
        apply(cast, now=monday, exits="many", sign_width="-1", opening_on="2026-02-30")
    assert set(refusal.value.errors) == {"exits", "sign_width", "opening_on"}
    assert not Case.objects.exists()


def test_a_missing_document_is_named(cast, monday):
    with pytest.raises(MissingMaterials) as refusal:
        acts.file_application(
            procedure="open-restaurant",
            person=cast.lin_yue.person,
            enterprise=cast.linjiang,
            answers=restaurant.ANSWERS,
            by=cast.lin_yue,
            channel="web",
            language="zh-Hans",
            request_key="x",
            now=monday,
        )
    assert "平面" in refusal.value.told()["zh-Hans"]


def test_the_window_of_the_district_has_it_first(joint):
    assert joint.post == "heping-services/window"
    assert joint.status == "filed"
    assert task(joint, "accept").due_on == date(2026, 3, 9)


def test_acceptance_starts_the_departments_in_parallel_each_on_its_own_desk(accepted):
    desks = {case.procedure: case.post for case in accepted.parts.all() if case.is_open}
    assert desks["food-licence"] == "heping-market/licensing"
    assert desks["fire-check"].startswith("fire-brigade/")
    assert all(case.due_on for case in accepted.parts.all() if case.is_open)


def test_everything_that_is_missing_is_told_only_once_before_acceptance(joint, cast, monday):
    items = [{"what": "平面图看不清出口", "why": "消防检查需要"}, {"what": "缺店招尺寸", "why": "城管需要"}]
    stop = acts.request_correction(task=task(joint, "accept"), items=items, by=cast.window, now=monday)
    with pytest.raises(AskedAlready):
        acts.request_correction(task=task(joint, "accept"), items=items, by=cast.window, now=monday)
    later = monday + timedelta(days=3)
    acts.answer_correction(
        stop=stop, by=cast.lin_yue, note="已重画", documents=restaurant.papers("floor-plan"), now=later
    )
    with pytest.raises(AskedAlready):
        acts.request_correction(task=task(joint, "accept"), items=items, by=cast.window, now=later)
    assert task(joint, "accept").due_on == date(2026, 3, 12), "the five days begin anew with the completed papers"


def test_silence_past_five_working_days_counts_as_acceptance_from_the_day_of_receipt(joint, monday):
    assert fire_due(now=monday + timedelta(days=7)) == 0, "the fifth working day is not over"
    assert fire_due(now=monday + timedelta(days=8)) == 1
    joint.refresh_from_db()
    assert joint.status == "accepted"
    assert joint.accepted_at == monday
    assert joint.parts.exists()
    assert fire_due(now=monday + timedelta(days=8)) == 0, "once"


def test_a_correction_stops_the_clock_on_a_legal_ground_and_her_answer_starts_it_again(accepted, cast, monday):
    food = part(accepted, "food-licence")
    before = food.due_on
    stop = acts.request_correction(
        task=task(food, "examine"), items=[{"what": "缺食品安全制度", "why": ""}], by=cast.licensing, now=monday
    )
    food.refresh_from_db()
    assert food.stopped and food.due_on is None and stop.ground == "licensing-law/32"
    with pytest.raises(ClockIsStopped):
        do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    acts.answer_correction(stop=stop, by=cast.lin_yue, note="补上了", now=monday + timedelta(days=2))
    food.refresh_from_db()
    assert not food.stopped
    assert food.due_on == before + timedelta(days=2)


def test_a_hand_over_needs_a_reason_and_acceptance_and_the_third_goes_to_the_supervisor(accepted, cast, monday):
    food = part(accepted, "food-licence")
    with pytest.raises(HandoverNeedsReason):
        acts.hand_over(
            task=task(food, "examine"), to_post="market-bureau/licensing", reason=" ", by=cast.licensing, now=monday
        )
    for _ in range(2):
        offer = acts.hand_over(
            task=task(food, "examine"),
            to_post="urban-management/signs",
            reason="不属于我处",
            by=cast.licensing,
            now=monday,
        )
        food.refresh_from_db()
        assert food.post == "heping-market/licensing", "until the other takes it, it stays theirs"
        with pytest.raises(NoPower):
            acts.take(handover=offer, by=cast.signs, now=monday)
        acts.decline(
            handover=offer,
            answer="应由市场监管部门办理",
            competent="heping-market/licensing",
            by=cast.signs,
            now=monday,
        )
    third = acts.hand_over(
        task=task(food, "examine"), to_post="fire-brigade/inspection", reason="再试", by=cast.licensing, now=monday
    )
    assert third.status == Handover.Status.TO_SUPERVISOR
    food.refresh_from_db()
    assert food.post == "supervision-office/duty"
    acts.assign(
        task=task(food, "examine"),
        to_post="heping-market/licensing",
        reason="本就属于你处",
        by=cast.supervisor,
        now=monday,
    )
    food.refresh_from_db()
    assert food.post == "heping-market/licensing"


def test_an_officer_cannot_touch_what_lies_on_another_desk(accepted, cast, monday):
    with pytest.raises(NotYourTask):
        do(part(accepted, "food-licence"), "examine", "satisfied", by=cast.fire, now=monday)


def test_a_refusal_needs_reasons_and_articles_and_names_the_appeal(accepted, cast, monday):
    food = part(accepted, "food-licence")
    do(food, "examine", "unsatisfied", by=cast.licensing, now=monday)
    with pytest.raises(ReasonsMissing):
        do(food, "decide", "refused", by=cast.licensing, now=monday)
    do(food, "decide", "refused", by=cast.licensing, reasons="操作间与布局不符", basis=BASIS, now=monday)
    food.refresh_from_db()
    decision = food.decisions.get()
    assert (food.status, food.outcome) == ("closed", "refused")
    assert decision.adverse and decision.appeal_until == date(2026, 5, 6)
    assert decision.trace, "the rules that took part stand with the decision"
    letter = food.letters.get(name="refused")
    assert "操作间与布局不符" in letter.body and "行政复议" in letter.body


def finish(joint, cast, now):
    """Every department grants what it has."""
    for case in joint.parts.all():
        for _ in range(6):
            case.refresh_from_db()
            open_task = case.tasks.filter(status="open").first()
            if open_task is None:
                break
            output = {"examine": "satisfied", "inspect": "passed", "decide": "granted"}[open_task.act]
            acts.complete(task=open_task, output=output, by=cast.officer(open_task.post), now=now)


def test_the_food_licence_waits_for_the_business_licence(cast, monday):
    joint = apply(cast, now=monday, outlet_name="中国临江小馆")  # a name that an officer has to look at
    do(joint, "accept", "accepted", by=cast.window, now=monday)
    food = part(joint, "food-licence")
    assert part(joint, "business-licence").is_open
    do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    do(food, "inspect", "passed", by=cast.officer("heping-market/inspection"), now=monday)
    with pytest.raises(MaterialStillDue):
        do(food, "decide", "granted", by=cast.licensing, now=monday)


def test_grants_issue_certificates_and_end_the_joint_case(accepted, cast, monday):
    finish(accepted, cast, monday + timedelta(days=1))
    accepted.refresh_from_db()
    assert accepted.status == "closed"
    assert {case.outcome for case in accepted.parts.all()} == {"granted"}
    assert sum(case.certificates.count() for case in accepted.parts.all()) == 4


def test_a_bad_rating_opens_a_case_with_its_own_deadline(accepted, cast, monday):
    finish(accepted, cast, monday)
    rating = acts.rate(case=accepted, level=1, comment="态度不好", by=cast.lin_yue, channel="web", now=monday)
    assert rating.follow_up.procedure == "bad-rating"
    assert rating.follow_up.about == accepted
    assert rating.follow_up.tasks.get(status="open").due_on


def test_an_appeal_that_succeeds_changes_the_first_case(accepted, cast, monday):
    food = part(accepted, "food-licence")
    do(food, "examine", "unsatisfied", by=cast.licensing, now=monday)
    do(food, "decide", "refused", by=cast.licensing, reasons="布局不符", basis=BASIS, now=monday)
    grounds = {
        "appeal_request": "set-aside",
        "appeal_reasons": "布局符合要求，见平面图",
        "stay_wanted": False,
        "hearing_wanted": False,
        "norm_review_wanted": False,
    }
    appeal = acts.file_application(
        procedure="appeal",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        about=food,
        answers=grounds,
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="appeal",
        now=monday + timedelta(days=1),
    )
    assert appeal.post == "justice-bureau/reconsideration"
    decide_appeal(appeal, "set-aside", cast, monday + timedelta(days=3))
    food.refresh_from_db()
    assert food.outcome == "granted"
    first, second = food.decisions.order_by("pk")
    assert first.set_aside_by == appeal and second.way == "appeal"
    assert food.certificates.count() == 1


APPEAL_STEPS = {"acceptance": "accepted", "defence": "received", "hearing": "in-writing", "opinion": "overturn"}


def decide_appeal(appeal, outcome, cast, now):
    """The reconsideration office goes through its steps, to `outcome`."""
    while open_task := appeal.tasks.filter(status="open").first():
        fact = outputs_of(charter_of(appeal).process("appeal").nodes[open_task.node])[0]
        acts.complete(
            task=open_task,
            output=APPEAL_STEPS.get(fact, outcome),
            by=cast.officer(open_task.post),
            reasons="事实清楚",
            basis=["reconsideration-law/64"],
            now=now,
        )
        appeal.refresh_from_db()


def test_she_may_withdraw_and_all_parts_end(accepted, cast, monday):
    acts.withdraw(case=accepted, reason="不开了", by=cast.lin_yue, now=monday)
    accepted.refresh_from_db()
    assert (accepted.status, accepted.outcome) == ("closed", "withdrawn")
    assert not accepted.parts.exclude(status="closed").exists()


def test_every_open_case_has_one_responsible_post_and_every_act_its_place(accepted):
    for case in [accepted, *accepted.parts.all()]:
        assert bool(case.post) == case.is_open
        positions = list(
            Act.objects.filter(subject=case.number).order_by("position").values_list("position", flat=True)
        )
        assert positions == list(range(1, len(positions) + 1))
