"""Something is hidden only by a published rule, in public, and can be contested by anybody at another office."""

from datetime import date, datetime, time, timedelta

import pytest

from zhengtong.agora import acts
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import Contribution
from zhengtong.agora.moderation.errors import NoSuchRule, NotContestable
from zhengtong.cases.acts import complete, remind_due, withdraw
from zhengtong.cases.authority import superior
from zhengtong.cases.models import Reminder
from zhengtong.ledger.models import Act
from zhengtong.people.errors import NoPower


@pytest.fixture
def hidden(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    acts.contribute(round_=round_, phase="comment", voice=voice, said="局长不作为", request_key="k", now=rounds.now)
    return acts.hide(round_=round_, number=1, rule="insult", facts="指名侮辱", by=rounds.moderator, now=rounds.now)


def test_a_hidden_contribution_keeps_its_place_its_text_and_the_reason(hidden):
    found = Contribution.objects.get()
    assert (found.state, found.text) == ("hidden", "局长不作为")
    assert Act.objects.get(kind="agora.contribution.hidden").legal_basis == ["civil-code/1024"]


def test_without_a_published_rule_or_the_facts_nothing_is_hidden(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    acts.contribute(round_=round_, phase="comment", voice=voice, said="意见", request_key="k", now=rounds.now)
    for rule, facts in (("criticism", "批评政府"), ("insult", " ")):
        with pytest.raises(NoSuchRule):
            acts.hide(round_=round_, number=1, rule=rule, facts=facts, by=rounds.moderator, now=rounds.now)
    assert Contribution.objects.get().state == "shown"


def test_the_office_that_is_criticised_cannot_hide_it(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    acts.contribute(round_=round_, phase="comment", voice=voice, said="意见", request_key="k", now=rounds.now)
    with pytest.raises(NoPower):
        acts.hide(round_=round_, number=1, rule="insult", facts="x", by=rounds.host, now=rounds.now)


def test_what_is_hidden_is_neither_hidden_again_nor_weighed(rounds, hidden):
    round_ = rounds.later(rounds.consultation(), 0)
    with pytest.raises(NoSuchContribution):
        acts.hide(round_=round_, number=1, rule="insult", facts="x", by=rounds.moderator, now=rounds.now)


def test_anybody_contests_it_and_a_won_appeal_shows_it_again(rounds, cast, hidden):
    appeal = acts.contest(
        measure=hidden, grounds="是批评，不是侮辱", by=cast.chen_xiaoyu, language="zh-Hans", now=rounds.now
    )
    task = appeal.tasks.get(status="open")
    assert task.post == "supervision-office/duty"
    complete(task=task, output="granted", reasons="属于批评", by=cast.supervisor, now=rounds.now)
    assert acts.lift_what_ended(now=rounds.now) == 1
    hidden.refresh_from_db()
    assert Contribution.objects.get().state == "shown" and hidden.lifted_why == "appeal-granted"
    with pytest.raises(NotContestable):
        contest(rounds, hidden, cast.lin_qiang)


def contest(rounds, measure, who):
    return acts.contest(measure=measure, grounds="是批评，不是侮辱", by=who, language="zh-Hans", now=rounds.now)


def decide(rounds, cast, appeal, output):
    told = {"reasons": "已查明", "by": cast.supervisor, "now": rounds.now}
    complete(task=appeal.tasks.get(status="open"), output=output, basis=["civil-code/1024"], **told)


@pytest.mark.parametrize("stranger", ["asks", "withdraws", "loses"])
def test_whatever_a_stranger_does_the_author_has_an_appeal_of_their_own(rounds, cast, hidden, stranger):
    theirs = contest(rounds, hidden, cast.chen_xiaoyu)
    if stranger == "withdraws":
        withdraw(case=theirs, reason="不想申诉了", by=cast.chen_xiaoyu, now=rounds.now)
    if stranger == "loses":
        decide(rounds, cast, theirs, "refused")
    own = contest(rounds, hidden, cast.lin_yue)
    assert own != theirs and own.applicant == cast.lin_yue.person
    decide(rounds, cast, own, "granted")
    assert acts.lift_what_ended(now=rounds.now) == 1
    assert Contribution.objects.get().state == "shown"


def test_the_time_of_an_appeal_runs_from_its_arrival_and_what_is_late_goes_up(rounds, cast, hidden):
    appeal = contest(rounds, hidden, cast.lin_yue)
    appeal.refresh_from_db()
    review = appeal.tasks.get(status="open")
    assert appeal.accepted_at == appeal.filed_at == rounds.now
    assert (appeal.due_on, appeal.statutory_on) == (date(2026, 3, 11), date(2026, 3, 16)) and review.due_on
    for day in (review.due_on, review.due_on + timedelta(days=1)):
        remind_due(now=datetime.combine(day, time(10), rounds.now.tzinfo))
    soon, late = Reminder.objects.filter(task=review).order_by("pk")
    assert (soon.kind, soon.post, late.kind) == ("soon", "supervision-office/duty", "late")
    assert late.post == superior(appeal, review.post, now=rounds.now) != review.post


def test_who_contests_again_gets_the_appeal_that_they_have(rounds, cast, hidden):
    own = contest(rounds, hidden, cast.lin_yue)
    decide(rounds, cast, own, "refused")
    assert contest(rounds, hidden, cast.lin_yue) == own
    assert Act.objects.filter(kind="agora.measure.contested").count() == 1


def test_two_appeals_that_win_show_it_again_once(rounds, cast, hidden):
    appeals = [contest(rounds, hidden, who) for who in (cast.lin_yue, cast.chen_xiaoyu)]
    for appeal in appeals:
        decide(rounds, cast, appeal, "granted")
    assert acts.lift_what_ended(now=rounds.now) == 1


def test_a_lost_appeal_changes_nothing(rounds, cast, hidden):
    appeal = acts.contest(
        measure=hidden, grounds="是批评，不是侮辱", by=cast.lin_yue, language="zh-Hans", now=rounds.now
    )
    complete(
        task=appeal.tasks.get(status="open"),
        output="refused",
        reasons="确属侮辱",
        basis=["civil-code/1024"],
        by=cast.supervisor,
        now=rounds.now,
    )
    assert acts.lift_what_ended(now=rounds.now) == 0
    assert Contribution.objects.get().state == "hidden"


def test_what_is_hidden_for_a_time_comes_back_by_itself(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    acts.contribute(round_=round_, phase="comment", voice=voice, said="意见", request_key="k", now=rounds.now)
    until = round_.day(rounds.now) + timedelta(days=3)
    acts.hide(
        round_=round_, number=1, rule="advertising", facts="推销", until=until, by=rounds.moderator, now=rounds.now
    )
    rounds.later(round_, 3)
    assert acts.lift_what_ended(now=rounds.now) == 0
    rounds.later(round_, 1)
    assert acts.lift_what_ended(now=rounds.now) == 1


def test_the_moderator_puts_a_mistake_right_and_only_he(rounds, cast, hidden):
    with pytest.raises(NoPower):
        acts.restore(measure=hidden, why="误判", by=rounds.host, now=rounds.now)
    acts.restore(measure=hidden, why="误判", by=rounds.moderator, now=rounds.now)
    with pytest.raises(NotContestable):
        acts.restore(measure=hidden, why="误判", by=rounds.moderator, now=rounds.now)


def test_what_waited_when_it_was_hidden_is_not_published_by_being_restored(rounds):
    proposals, talk = rounds.open("proposal-round"), rounds.open("city-conversation")
    author, speaker = rounds.voices(proposals, 1)[0], rounds.voices(talk, 1)[0]
    acts.contribute(round_=proposals, phase="propose", voice=author, said="路灯", request_key="k", now=rounds.now)
    for number in range(6):  # the sixth is beyond the rate and waits until tomorrow
        said = {"said": f"说法 {number}", "request_key": str(number), "voice": speaker}
        acts.contribute(round_=talk, phase="statements", now=rounds.now, **said)
    for round_, number in ((proposals, 1), (talk, 6), (talk, 1)):
        taken = acts.hide(
            round_=round_, number=number, rule="insult", facts="误判", by=rounds.moderator, now=rounds.now
        )
        acts.restore(measure=taken, why="误判", by=rounds.moderator, now=rounds.now)
    assert proposals.case.contributions.get().state == "waiting"
    assert [talk.case.contributions.get(number=each).state for each in (1, 6)] == ["shown", "waiting"]
