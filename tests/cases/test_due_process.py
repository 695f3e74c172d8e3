"""A decision is replayed with the facts and rules of its day; what rests on one that fell is marked and looked at."""

from datetime import timedelta

import pytest

from tests.cast import signed_in
from tests.restaurant import apply, do, part
from zhengtong.cases import acts, queries, reliance
from zhengtong.cases.errors import NoReason, NoSuchCase, NotContestable, NotFallen
from zhengtong.cases.models import Reliance
from zhengtong.cases.replay import replay
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NotTheHolder

LAW = ["licensing-law/69"]


def opened(cast, now, **changes):
    joint = apply(cast, now=now, **changes)
    do(joint, "accept", "accepted", by=cast.window, now=now)
    return joint


@pytest.fixture
def covered(cast, monday):
    """A sign over an exit: the rules refuse it at once."""
    return part(opened(cast, monday, sign_position="over-exit"), "shop-sign")


@pytest.fixture
def licensed(cast, monday):
    """The business licence is granted, and so is the sign, which took it for a document."""
    joint = opened(cast, monday)
    business = part(joint, "business-licence")
    for node in ("examine", "decide"):
        for step in business.tasks.filter(node=node, status="open"):
            output = "satisfied" if node == "examine" else "granted"
            acts.complete(task=step, output=output, by=cast.registration, now=monday)
    return business


def told(decision):
    (asked,) = replay(decision).asked
    return asked, {(each.title["en"], each.would["en"], each.answer["en"]) for each in asked.otherwise}


def test_the_rules_say_the_same_again_and_which_fact_would_have_changed_it(covered):
    asked, otherwise = told(covered.decisions.get())
    assert asked.same and (asked.then["en"], asked.again["en"]) == ("refused", "refused")
    assert [title for title, _would, _answer in otherwise] and len({title for title, *_ in otherwise}) == 1
    assert {answer for *_, answer in otherwise} >= {"granted"}


def test_a_decision_that_the_facts_on_record_do_not_bear_out_is_shown_so(covered):
    decision = covered.decisions.get()
    decision.facts = {**decision.facts, "sign_position": "above-door"}
    asked, _otherwise = told(decision)
    assert not asked.same and asked.then != asked.again


def test_later_law_does_not_change_what_was_decided(covered, monday):
    assert replay(covered.decisions.get()).on == monday.date()
    assert replay(covered.decisions.get()).enactment == 1


def test_the_party_and_the_officer_see_it_and_nobody_else(covered, cast, settings, monday):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    pk = covered.decisions.get().pk
    for page in (
        signed_in(cast.lin_yue).get(f"/cases/{covered.number}/replay/{pk}"),
        signed_in(cast.signs).get(f"/desk/urban-management/signs/cases/{covered.number}/replay/{pk}"),
    ):
        assert page.status_code == 200 and "只要有一项事实不同" in page.content.decode()
    assert signed_in(cast.chen_xiaoyu).get(f"/cases/{covered.number}/replay/{pk}").status_code == 404
    english = signed_in(cast.lin_yue, HTTP_ACCEPT_LANGUAGE="en").get(f"/cases/{covered.number}/replay/{pk}")
    assert english.status_code == 200


def test_whoever_reviews_replays_what_the_appeal_is_about_and_only_that(covered, cast, monday):
    appeal = acts.file_application(
        procedure="appeal",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        answers={
            "appeal_request": "set-aside",
            "appeal_reasons": "招牌没有遮挡安全出口，见照片",
            "stay_wanted": False,
            "hearing_wanted": False,
            "norm_review_wanted": False,
        },
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="appeal",
        about=covered,
        now=monday,
    )
    reviewer, decision = cast.reconsideration, covered.decisions.get()
    assert queries.decision_to_replay(appeal, decision.pk, reviewer, now=monday).same
    with pytest.raises(NoSuchCase):
        queries.decision_to_replay(covered.parent, 0, reviewer, now=monday)
    other = part(covered.parent, "food-licence")
    with pytest.raises(NoSuchCase):
        queries.decision_to_replay(other, decision.pk, reviewer, now=monday)


def test_what_rests_on_a_licence_that_falls_is_marked_told_and_settled(licensed, cast, settings, monday):
    sign = part(licensed.parent, "shop-sign")
    if not sign.decisions.exists():
        pytest.fail("the sign was not decided, so that nothing rests on the licence")
    later = monday + timedelta(days=1)
    (marked,) = reliance.mark(licensed, now=later)
    assert (marked.case, marked.on) == (sign, licensed)
    assert reliance.mark(licensed, now=later) == [], "once"
    assert Act.objects.filter(subject=sign.number, kind="case.rests-on-overturned").count() == 1
    officer = cast.officer(marked.post)
    assert [each.number for each in queries.fallen(officer)] == [sign.number]
    settings.ZHENGTONG_CLOCK = later.isoformat()
    assert licensed.number in signed_in(cast.lin_yue).get(f"/cases/{sign.number}").content.decode()
    office = marked.post
    page = signed_in(officer).get(f"/desk/{office}/cases/{sign.number}").content.decode()
    assert f"/fallen/{marked.pk}" in page
    signed_in(officer).post(
        f"/desk/{office}/cases/{sign.number}/fallen/{marked.pk}", {"finding": "stands", "reason": "招牌与执照无关"}
    )
    settled = Reliance.objects.get()
    assert (settled.finding, settled.reason, settled.settled_by) == ("stands", "招牌与执照无关", officer.person)
    assert queries.fallen(officer) == []


def test_only_the_post_that_answers_for_it_settles_it_with_a_reason(licensed, cast, monday):
    (marked,) = reliance.mark(licensed, now=monday)
    officer = cast.officer(marked.post)
    for by, finding, reason, refusal in (
        (cast.fire, "stands", "x", NotFallen),
        (Actor(cast.fire.person, marked.post), "stands", "x", NotTheHolder),
        (officer, "stands", " ", NoReason),
        (officer, "perhaps", "x", NoReason),
    ):
        with pytest.raises(refusal):
            acts.settle_reliance(reliance=marked, finding=finding, reason=reason, by=by, now=monday)
    acts.settle_reliance(reliance=marked, finding="stands", reason="x", by=officer, now=monday)
    with pytest.raises(NotFallen):
        acts.settle_reliance(reliance=marked, finding="acted", reason="y", by=officer, now=monday)


def test_an_answer_that_names_a_certificate_rests_on_it(licensed, cast, monday):
    number = licensed.certificates.get().number
    renewal = acts.file_application(
        procedure="food-licence-renewal",
        person=cast.lin_yue.person,
        enterprise=cast.linjiang,
        answers={
            "premises_region": "990102",
            "premises_address": "青山市和平区样例路16号",
            "licence_number": number,
            "licence_valid_to": "2026-07-31",
            "conditions_changed": False,
            "items_added": False,
        },
        by=cast.lin_yue,
        channel="web",
        language="zh-Hans",
        request_key="renewal",
        now=monday,
    )
    assert Reliance.objects.get().on == licensed
    proposed = acts.revoke(
        certificate=licensed.certificates.get(), reasons="材料虚假", basis=LAW, by=cast.registration, now=monday
    ).proposals.get()
    acts.confirm(proposal=proposed, by=cast.officer("heping-market/head"), now=monday)
    marked = {each.case for each in Reliance.objects.filter(overturned_at__isnull=False)}
    assert renewal in marked and part(licensed.parent, "shop-sign") in marked


def test_an_office_that_stays_silent_past_the_limit_can_be_appealed_against(cast, monday):
    """Silence of who has to accept is acceptance; of who has to decide, it opens the appeal (行政复议法 art. 11)."""
    food = part(opened(cast, monday), "food-licence")
    grounds = {
        "appeal_request": "set-aside",
        "appeal_reasons": "法定期限已过，至今没有作出决定",
        "stay_wanted": False,
        "hearing_wanted": False,
        "norm_review_wanted": False,
    }

    def appeal(now):
        return acts.file_application(
            procedure="appeal",
            person=cast.lin_yue.person,
            enterprise=cast.linjiang,
            answers=grounds,
            by=cast.lin_yue,
            channel="web",
            language="zh-Hans",
            request_key="silence",
            about=food,
            now=now,
        )

    with pytest.raises(NotContestable):
        appeal(monday + timedelta(days=1))
    filed = appeal(monday + timedelta(days=60))
    assert (filed.about, filed.post) == (food, "justice-bureau/reconsideration")
    assert not food.decisions.exists()
