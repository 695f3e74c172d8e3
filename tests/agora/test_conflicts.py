"""Nobody moderates what is about their own office or about themselves; the next office of the charter does."""

import pytest

from zhengtong.agora import acts
from zhengtong.agora.errors import NoSuchOffice
from zhengtong.agora.moderation.conflicts import moderator_of, speaks_of
from zhengtong.agora.moderation.errors import ModeratesItself, NotTheModerator
from zhengtong.cases.acts import assign, complete, hand_over
from zhengtong.cases.authority import require
from zhengtong.cases.errors import AboutThatOffice
from zhengtong.cases.models import Recusal
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
from zhengtong.people.errors import ConflictOfInterest
from zhengtong.people.models import Holding


@pytest.fixture
def said(rounds, cast):
    """A proposal of which the text, and the office that it is addressed to, are the test's."""
    round_ = rounds.open("proposal-round")
    voice = rounds.voice(round_, cast.lin_yue)

    def make(text, addressed=""):
        found = acts.contribute(
            round_=round_,
            phase="propose",
            voice=voice,
            said=text,
            addressed=addressed,
            request_key=text,
            now=rounds.now,
        )
        return round_, found

    return make


def hide(round_, found, by, rounds):
    return acts.hide(round_=round_, number=found.number, rule="insult", facts="侮辱", by=by, now=rounds.now)


@pytest.mark.parametrize("text", ["市信访局不作为", "信访 局 不 作 为", "The Petitions  Office sleeps", "信-访-办拖拉"])
def test_what_speaks_of_the_moderators_office_is_for_the_next_one(said, rounds, cast, text):
    round_, found = said(text)
    with pytest.raises(ModeratesItself) as refused:
        hide(round_, found, rounds.moderator, rounds)
    assert "回避" in refused.value.told()["zh-Hans"] and "市司法局" in refused.value.advice()["zh-Hans"]
    assert hide(round_, found, cast.officer("justice-bureau/moderation"), rounds).post == "justice-bureau/moderation"


def test_what_is_addressed_to_the_office_counts_though_it_is_not_named(said, rounds):
    round_, found = said("他们从来不接电话", addressed="petition-office")
    with pytest.raises(ModeratesItself):
        hide(round_, found, rounds.moderator, rounds)


def test_the_next_office_does_not_take_what_is_not_its_turn(said, rounds, cast):
    round_, found = said("路灯太少")
    with pytest.raises(NotTheModerator):
        hide(round_, found, cast.officer("justice-bureau/moderation"), rounds)


def test_what_speaks_of_every_moderator_is_hidden_by_nobody(said, rounds, cast):
    round_, found = said("信访局和司法局互相推诿")
    assert moderator_of(round_, found, round_.day(rounds.now)) is None
    for by in (rounds.moderator, cast.officer("justice-bureau/moderation")):
        with pytest.raises(ModeratesItself):
            hide(round_, found, by, rounds)


def test_who_is_named_stands_aside_though_the_office_is_not(said, rounds):
    round_, found = said(f"审核的{rounds.moderator.person.name}乱删")
    with pytest.raises(ModeratesItself):
        hide(round_, found, rounds.moderator, rounds)


def test_an_office_that_there_is_not_is_no_addressee(said):
    with pytest.raises(NoSuchOffice):
        said("路灯太少", addressed="ministry-of-truth")


def test_a_text_that_names_no_office_speaks_of_none(rounds):
    round_ = rounds.consultation()
    offices = round_.charter.organisations.values()
    assert not [each for each in offices if speaks_of("路灯太少，晚上看不清路。", each)]


SECOND, THIRD = "civil-affairs/head", "justice-bureau/reconsideration"


@pytest.fixture
def judged(said, rounds, cast):
    """The open step of an appeal against the hiding of a text."""

    def contest(text, by=None, **said_of):
        round_, found = said(text, **said_of)
        measure = hide(round_, found, by or rounds.moderator, rounds)
        appeal = acts.contest(
            measure=measure, grounds="是批评，不是侮辱", by=cast.lin_yue, language="zh-Hans", now=rounds.now
        )
        appeal.refresh_from_db()
        return appeal

    return contest


def step(appeal):
    return appeal.tasks.get(status="open")


def test_an_appeal_that_concerns_no_judge_is_for_the_first(judged):
    appeal = judged("路灯太少")
    assert step(appeal).post == appeal.post == "supervision-office/duty"


@pytest.mark.parametrize("text", ["市政务监督办包庇违法", "政务 监督 办 不 作 为", "The Supervision  Office sleeps"])
def test_an_appeal_that_is_about_its_judge_goes_to_the_next_who_decides_it(judged, cast, rounds, text):
    appeal = judged(text)
    assert step(appeal).post == appeal.post == SECOND
    with pytest.raises(ConflictOfInterest) as refused:
        require(appeal, by=cast.supervisor, act="decide", now=rounds.now)
    assert "办件涉及您的机构" in refused.value.told()["zh-Hans"]
    complete(task=step(appeal), output="granted", reasons="是批评", by=cast.officer(SECOND), now=rounds.now)
    assert acts.lift_what_ended(now=rounds.now) == 1
    passed = Act.objects.get(kind="case.step.passed-on", subject=appeal.number)
    assert Act.objects.filter(kind="case.offices.kept-from", subject=appeal.number).count() == 1 and passed


def test_what_is_addressed_to_the_judge_counts_though_it_is_not_named(judged):
    assert step(judged("你们从来不接电话", addressed="supervision-office")).post == SECOND


def test_nobody_hands_or_assigns_it_back_to_the_office_that_it_is_about(judged, cast, rounds):
    appeal = judged("监督办不作为")
    told = {"task": step(appeal), "to_post": "supervision-office/duty", "reason": "由其办理", "now": rounds.now}
    with pytest.raises(AboutThatOffice):
        hand_over(by=cast.officer(SECOND), **told)
    with pytest.raises(ConflictOfInterest):
        assign(by=cast.supervisor, **told)
    assert step(appeal).post == SECOND


def test_the_office_that_took_the_measure_does_not_judge_it(judged, cast, rounds):
    by = cast.officer("justice-bureau/moderation")
    appeal = judged("信访局和监督办互相推诿", by=by)
    assert step(appeal).post == SECOND and {"justice-bureau", "petition-office"} < set(appeal.kept_from)
    with pytest.raises(ConflictOfInterest):
        require(appeal, by=cast.officer(THIRD), act="decide", now=rounds.now)


def test_where_two_judges_are_spoken_of_the_third_decides(judged):
    assert step(judged("监督办和民政局互相推诿")).post == THIRD


def test_a_measure_that_no_office_may_examine_does_not_stand(judged, cast, rounds):
    appeal = judged("信访局、监督办和民政局互相推诿", by=cast.officer("justice-bureau/moderation"))
    assert appeal.outcome == "granted" and "没有机构可以审查" in appeal.decisions.get().reasons
    assert acts.lift_what_ended(now=rounds.now) == 1


def test_who_is_named_does_not_judge_though_the_office_is_not(judged, cast, rounds):
    appeal = judged(f"{cast.supervisor.person.name}乱来")
    assert step(appeal).post == SECOND
    with pytest.raises(ConflictOfInterest):
        require(appeal, by=cast.supervisor, act="decide", now=rounds.now)


def test_who_took_the_measure_does_not_judge_it_in_another_post(judged, cast, rounds):
    Holding.objects.create(person=rounds.moderator.person, post=SECOND, from_on="2026-01-01")
    appeal = judged("监督办不作为")
    assert Recusal.objects.get(case=appeal).person == rounds.moderator.person
    with pytest.raises(ConflictOfInterest):
        require(appeal, by=Actor(rounds.moderator.person, SECOND), act="decide", now=rounds.now)


def test_a_judge_who_is_away_today_keeps_it_rather_than_a_post_that_may_not(judged):
    Holding.objects.filter(post__in=(SECOND, THIRD)).delete()
    assert step(judged("监督办不作为")).post == SECOND
