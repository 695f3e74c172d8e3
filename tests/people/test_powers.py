"""Who may act in a case: powers of the charter, delegated and by deputy; and who has to stand aside."""

from datetime import timedelta

import pytest

from tests.restaurant import apply, do, part, task
from zhengtong.cases import acts
from zhengtong.cases.authority import may
from zhengtong.cases.errors import NoReason
from zhengtong.cases.models import Case, Decision
from zhengtong.charter.queries import in_force
from zhengtong.ledger.acts import record
from zhengtong.ledger.errors import PowerNotNamed
from zhengtong.ledger.models import Act
from zhengtong.people import kinds
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import give_mandate, leave_post, take_post
from zhengtong.people.decide import Against
from zhengtong.people.deputies import be_absent, be_back, delegate, end_delegation
from zhengtong.people.errors import (
    BadPeriod,
    ConflictOfInterest,
    NoDeputy,
    NoPower,
    NotDelegable,
    NotTheHolder,
)
from zhengtong.people.models import Absence, Delegation
from zhengtong.people.permissions import posts_of, require_power
from zhengtong.people.wording import explained
from zhengtong.registry.models import Record

FOOD = {"acts": ["examine"], "matters": ["food-licence"], "region": "990102"}


@pytest.fixture
def food(cast, monday):
    """The food licence of a restaurant in Heping, to be examined by the district's market regulation."""
    case = apply(cast, now=monday)
    do(case, "accept", "accepted", by=cast.window, now=monday)
    return part(case, "food-licence")


def asks(by, act, monday, matter="food-licence", region="990102"):
    charter = in_force(monday.date()).charter
    return require_power(charter, by=by, act=act, procedure=matter, region=region, on=monday.date())


def delegated(cast, monday, **changed) -> Delegation:
    plan = {
        "power": "food-licensing",
        "to_post": "market-bureau/inspection",
        "reason": "和平区人手不足",
        "from_on": monday.date(),
        "to_on": monday.date() + timedelta(days=30),
        "by": cast.licensing,
        "now": monday,
    }
    return delegate(**{**plan, **FOOD, **changed})


# Powers of the charter


def test_the_window_may_accept_but_not_decide_and_is_told_who_may(cast, monday):
    assert asks(cast.window, "accept", monday) == "window-acceptance"
    with pytest.raises(NoPower) as refusal:
        asks(cast.window, "decide", monday)
    told = refusal.value.told()
    assert "may accept and take in, but not decide, “Food business licence (catering)” in Heping District" in told["en"]
    assert "可以受理、收件，但无权决定" in told["zh-Hans"]
    assert "Heping Market Regulation · Food licensing officer" in refusal.value.advice()["en"]


def test_a_district_office_is_told_that_its_power_ends_at_the_district(cast, monday):
    with pytest.raises(NoPower) as refusal:
        asks(cast.licensing, "decide", monday, region="990121")
    assert "It has this power only in: Heping District" in refusal.value.told()["en"]


def test_a_post_that_was_left_has_no_power(cast, monday):
    by = cast.licensing
    leave_post(holding=by.person.holdings.get(), last_on=monday.date(), by=PROGRAM, now=monday)
    assert asks(by, "decide", monday), "the last day belongs to it"
    with pytest.raises(NotTheHolder):
        asks(by, "decide", monday + timedelta(days=1))


def test_who_never_held_the_post_is_refused(cast, monday):
    with pytest.raises(NotTheHolder):
        asks(Actor(cast.lin_qiang.person, "heping-market/licensing"), "decide", monday)


def test_an_act_in_a_post_that_names_no_power_is_not_recorded(cast, monday):
    with pytest.raises(PowerNotNamed):
        record(kind=kinds.POST_TAKEN, subject="post:x", by=cast.licensing, now=monday)


def test_every_act_of_an_officer_in_a_whole_case_names_its_power(food, cast, monday):
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=monday)
    do(food, "examine", "satisfied", by=cast.licensing, now=monday)
    by_officers = Act.objects.exclude(actor_post="")
    assert by_officers.count() >= 3
    assert not by_officers.filter(power="").exists()


# Delegation


def test_a_delegated_power_lets_the_other_post_take_the_step_and_is_named(food, cast, monday):
    given = delegated(cast, monday, to_post="services-bureau/window")
    offer = acts.hand_over(
        task=task(food, "examine"), to_post=given.to_post, reason="已委托", by=cast.licensing, now=monday
    )
    acts.take(handover=offer, by=cast.officer(given.to_post), now=monday)
    taken = Act.objects.get(subject=food.number, kind="case.handover.taken")
    assert taken.power == f"food-licensing/delegation:{given.pk}"


@pytest.mark.parametrize("act", ["decide", "inspect"])
def test_only_what_was_delegated_was(food, cast, monday, act):
    given = delegated(cast, monday, to_post="services-bureau/window")
    with pytest.raises(NoPower):
        asks(cast.officer(given.to_post), act, monday)


def test_a_delegation_lapses_after_its_last_day(cast, monday):
    given = delegated(cast, monday, to_post="services-bureau/window")
    by = cast.officer(given.to_post)
    assert asks(by, "examine", monday + timedelta(days=30))
    with pytest.raises(NoPower):
        asks(by, "examine", monday + timedelta(days=31))


def test_a_delegation_that_was_taken_back_is_over_at_once_and_recorded_once(cast, monday):
    given = delegated(cast, monday, to_post="services-bureau/window")
    for _ in range(2):
        end_delegation(delegation=given, by=cast.licensing, now=monday)
    with pytest.raises(NoPower):
        asks(cast.officer(given.to_post), "examine", monday)
    assert Act.objects.filter(kind=kinds.DELEGATION_ENDED).count() == 1


def test_nobody_else_takes_it_back(cast, monday):
    given = delegated(cast, monday)
    with pytest.raises(NotTheHolder):
        end_delegation(delegation=given, by=cast.fire, now=monday)


def test_what_was_delegated_is_not_delegated_again(cast, monday):
    given = delegated(cast, monday, to_post="services-bureau/window")
    with pytest.raises(NotDelegable):
        delegated(cast, monday, by=cast.officer(given.to_post), to_post="services-bureau/clerk")


@pytest.mark.parametrize(
    "changed",
    [
        {"power": "market-direction"},
        {"power": "prepackaged-filing"},
        {"power": "no-such"},
        {"acts": ["examine", "supervise"]},
        {"acts": []},
        {"matters": ["shop-sign"]},
        {"matters": []},
        {"region": "990121"},
        {"to_post": "no/such"},
        {"to_post": "heping-market/licensing"},
        {"reason": "  "},
    ],
    ids=str,
)
def test_what_is_wider_than_the_post_or_has_no_law_is_not_delegated(cast, monday, changed):
    with pytest.raises(NotDelegable):
        delegated(cast, monday, **changed)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("days", [(-1, 3), (5, 4)])
def test_a_delegation_neither_began_in_the_past_nor_ends_before_it_begins(cast, monday, days):
    with pytest.raises(BadPeriod):
        first, last = (monday.date() + timedelta(days=each) for each in days)
        delegated(cast, monday, from_on=first, to_on=last)


# Absence


def test_the_deputy_sits_in_for_who_is_absent_and_the_act_says_so(food, cast, monday):
    away = be_absent(
        post="heping-market/licensing", from_on=monday.date(), to_on=None, by=Actor(cast.licensing.person), now=monday
    )
    deputy = Actor(cast.officer("heping-market/inspection").person, "heping-market/licensing")
    acts.claim(task=task(food, "examine"), by=deputy, now=monday)
    assert Act.objects.get(kind="case.task.claimed").power == f"food-licensing/absence:{away.pk}"
    assert "heping-market/licensing" in posts_of(deputy.person, on=monday.date())
    with pytest.raises(NotTheHolder):
        acts.claim(task=task(food, "examine"), by=cast.licensing, now=monday)
    be_back(absence=away, by=Actor(cast.licensing.person), now=monday)
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=monday)
    with pytest.raises(NotTheHolder):
        acts.claim(task=task(food, "examine"), by=deputy, now=monday)


def test_while_a_colleague_is_there_the_deputy_does_not_act(cast, monday):
    away = Actor(cast.licensing.person)
    take_post(
        person=cast.lin_qiang.person, post="heping-market/licensing", from_on=monday.date(), by=PROGRAM, now=monday
    )
    be_absent(post="heping-market/licensing", from_on=monday.date(), to_on=None, by=away, now=monday)
    deputy = cast.officer("heping-market/inspection").person
    assert "heping-market/licensing" not in posts_of(deputy, on=monday.date())


def test_a_post_without_a_deputy_and_one_that_is_not_held_cannot_be_left_to_another(cast, monday):
    with pytest.raises(NoDeputy):
        be_absent(post="supervision-office/duty", from_on=monday.date(), to_on=None, by=cast.supervisor, now=monday)
    with pytest.raises(NotTheHolder):
        be_absent(post="heping-market/head", from_on=monday.date(), to_on=None, by=cast.licensing, now=monday)
    with pytest.raises(BadPeriod):
        yesterday = monday.date() - timedelta(days=1)
        be_absent(post="heping-market/licensing", from_on=yesterday, to_on=None, by=cast.licensing, now=monday)
    assert not Absence.objects.exists()


def test_nobody_else_says_that_one_is_back(cast, monday):
    away = be_absent(post="heping-market/licensing", from_on=monday.date(), to_on=None, by=cast.licensing, now=monday)
    with pytest.raises(NotTheHolder):
        be_back(absence=away, by=cast.fire, now=monday)


# Conflicts of interest


def refused(food, by, monday) -> ConflictOfInterest:
    with pytest.raises(ConflictOfInterest) as refusal:
        acts.claim(task=task(food, "examine"), by=by, now=monday)
    return refusal.value


def test_nobody_acts_in_a_case_of_their_own(food, cast, monday):
    take_post(person=cast.lin_yue.person, post="heping-market/licensing", from_on=monday.date(), by=PROGRAM, now=monday)
    refusal = refused(food, Actor(cast.lin_yue.person, "heping-market/licensing"), monday)
    assert "this case concerns yourself" in refusal.told()["en"]


def test_kin_by_the_population_register_stand_aside(food, cast, monday):
    applicant = Record.objects.get(register="population", key=cast.lin_yue.person.id_index)
    officer = cast.licensing.person.id_number
    Record.objects.update_or_create(
        register="population",
        key=cast.licensing.person.id_index,
        defaults={
            "fields": {"id_number": officer, "household_number": applicant.fields["household_number"]},
            "updated_at": monday,
        },
    )
    assert "a party is your relative" in refused(food, cast.licensing, monday).told()["en"]


def test_who_may_act_for_the_company_stands_aside(food, cast, monday):
    give_mandate(
        holder=cast.licensing.person, enterprise=cast.linjiang, from_on=monday.date(), by=cast.lin_yue, now=monday
    )
    assert "the enterprise whose case it is" in refused(food, cast.licensing, monday).told()["en"]


def test_who_decided_does_not_judge_the_appeal(food, cast, monday):
    Decision.objects.create(
        case=food, outcome="refused", adverse=True, way="officer", officer=cast.licensing.person, decided_at=monday
    )
    appeal = Case(
        about=food, applicant=food.applicant, procedure="appeal", region=food.region, enactment=food.enactment
    )
    appeal.pk = -1
    answer = may(appeal, by=cast.licensing, act="decide", now=monday)
    assert Against.EARLIER_DECISION in answer.against
    assert Against.EARLIER_DECISION not in may(appeal, by=cast.reconsideration, act="decide", now=monday).against


def test_who_stood_aside_is_out_of_the_whole_joint_case(food, cast, monday):
    acts.claim(task=task(food, "examine"), by=cast.licensing, now=monday)
    take_post(person=cast.lin_qiang.person, post=cast.licensing.post, from_on=monday.date(), by=PROGRAM, now=monday)
    with pytest.raises(NoReason):
        acts.stand_aside(task=task(food, "examine"), reason=" ", by=cast.licensing, now=monday)
    acts.stand_aside(task=task(food, "examine"), reason="与申请人是同学", by=cast.licensing, now=monday)
    assert task(food, "examine").officer == cast.lin_qiang.person
    assert "you stood aside" in refused(food, cast.licensing, monday).told()["en"]


# The answer in sentences


def test_the_answer_is_explained_with_power_and_law_or_with_what_is_missing(food, cast, monday):
    charter = in_force(monday.date()).charter
    yes = explained(charter, may(food, by=cast.licensing, act="decide", now=monday))
    assert "Yes." in yes[0]["en"] and "Food Safety Law" in yes[0]["en"]
    no = explained(charter, may(food, by=cast.window, act="decide", now=monday), competent=["heping-market/licensing"])
    assert "不可以" in no[0]["zh-Hans"] and any("Who may" in each["en"] for each in no)


@pytest.mark.parametrize(
    ("to_post", "why"),
    [
        ("heping-market/inspection", "to another authority only"),
        ("riverside-council/chair", "no administrative authority"),
    ],
)
def test_licensing_goes_to_another_authority_only(cast, monday, to_post, why):
    """行政许可法 24."""
    with pytest.raises(NotDelegable) as refusal:
        delegated(cast, monday, to_post=to_post)
    assert why in refusal.value.told()["en"]
    assert not Delegation.objects.exists()
