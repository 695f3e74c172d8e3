"""People take part while a phase is open; the office answers each of them, and cannot end before."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.cast import signed_in
from zhengtong.agora import acts
from zhengtong.agora.decide import cleaned, paragraphs, shown_on
from zhengtong.agora.duties import look_after
from zhengtong.agora.errors import (
    NoSuchContribution,
    NothingSaid,
    NothingToAnswer,
    OverBudget,
    PhaseIsClosed,
    ProjectsUnchecked,
    SaidAlready,
)
from zhengtong.agora.models import BudgetVote, Contribution
from zhengtong.agora.owed import owed
from zhengtong.agora.queries import unanswered, viewed
from zhengtong.cases.acts import complete, open_by_office
from zhengtong.cases.errors import NoSuchProcedure, NotYourTask
from zhengtong.cases.models import Letter
from zhengtong.cases.queries.lists import cases_of
from zhengtong.charter.model import Rate
from zhengtong.people.errors import NoPower


def say(rounds, round_, voice, said, *, phase="comment", place="", key=None):
    return acts.contribute(
        round_=round_, phase=phase, voice=voice, said=said, place=place, request_key=key or said[:90], now=rounds.now
    )


def finish(rounds, round_, node, output, reasons=""):
    task = round_.case.tasks.get(node=node, status="open")
    basis = ["major-decisions-regulation/18"]
    complete(task=task, output=output, reasons=reasons, basis=basis, by=rounds.host, now=rounds.now)
    return rounds.later(round_, 0)


def test_a_consultation_is_open_for_thirty_days_and_nobody_can_cut_it_short(rounds):
    round_ = rounds.consultation()
    assert [each.id for each in round_.open_phases] == ["comment", "survey"]
    assert not round_.case.tasks.filter(status="open").exists()
    assert [each.id for each in rounds.later(round_, 29).open_phases] == ["comment", "survey"]
    assert rounds.later(round_, 2).open_phases == []


def test_only_who_holds_the_power_opens_a_round(rounds, cast):
    given = {"title": "标题标题", "summary": "说明说明说明说明说明说明", "draft": "x" * 30}

    def open_as(by):
        open_by_office(
            procedure="draft-consultation", answers=given, by=by, language="en", request_key="r", now=rounds.now
        )

    with pytest.raises(NoPower):
        open_as(cast.licensing)
    with pytest.raises(NoSuchProcedure):
        open_as(cast.lin_yue)


def test_an_opened_round_is_no_application_of_the_officer_who_opened_it(rounds):
    rounds.consultation()
    assert cases_of(rounds.host.person, now=rounds.now) == []
    assert not Letter.objects.exists()


def test_each_opinion_is_answered_before_the_round_can_end(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    say(rounds, round_, voice, "应当提前七日公告", place="2")
    say(rounds, round_, voice, "应当写明联系电话", place="1")
    round_ = finish(rounds, rounds.later(round_, 31), "respond", "completed")
    assert round_.case.tasks.filter(node="respond", status="open").exists()  # two are left: it comes back
    acts.answer(round_=round_, numbers=[1, 2], verdict="adopted", text="采纳，已写入。", by=rounds.host, now=rounds.now)
    round_ = finish(rounds, rounds.later(round_, 0), "respond", "completed")
    round_ = finish(rounds, round_, "publish", "answered", reasons="全部意见已答复。")
    assert not round_.case.is_open and round_.case.outcome == "answered"


def test_what_is_shown_again_after_the_round_has_closed_is_answered_by_the_office_all_the_same(rounds, cast):
    round_ = rounds.consultation()
    say(rounds, round_, rounds.voice(round_, cast.lin_yue), "局长不作为")
    hidden = {"rule": "insult", "facts": "侮辱", "by": rounds.moderator, "now": rounds.now}
    measure = acts.hide(round_=round_, number=1, **hidden)
    round_ = finish(rounds, rounds.later(round_, 31), "respond", "completed")
    round_ = finish(rounds, round_, "publish", "answered", reasons="全部意见已答复。")
    acts.restore(measure=measure, why="误判", by=rounds.moderator, now=rounds.now)
    assert not round_.case.is_open and [each.number for each in unanswered(round_)] == [1]
    told = {"round_": round_, "numbers": [1], "verdict": "declined", "text": "已核实", "now": rounds.now}
    for by in (cast.licensing, rounds.moderator):
        with pytest.raises(NoPower):
            acts.answer(by=by, **told)
    acts.answer(by=rounds.host, **told)
    assert not unanswered(round_).exists()
    (owes,) = owed("city-government", on=round_.day(rounds.now))
    assert owes.open == 0


def test_what_is_shown_again_has_its_own_time_from_that_day_and_waits_on_the_desk(rounds, settings):
    """As long as all the rest had; the same words that others said come back with it."""
    round_ = rounds.consultation()
    for voice in rounds.voices(round_, 2):
        say(rounds, round_, voice, "局长不作为")
    round_ = rounds.later(round_, 31)
    step = round_.case.tasks.get(node="respond")
    hidden = {"rule": "insult", "facts": "侮辱", "by": rounds.moderator, "now": rounds.now}
    measure = acts.hide(round_=round_, number=1, **hidden)
    round_ = finish(rounds, round_, "respond", "completed")
    round_ = finish(rounds, round_, "publish", "answered", reasons="全部意见已答复。")
    rounds.now += timedelta(days=200)
    acts.restore(measure=measure, why="误判", by=rounds.moderator, now=rounds.now)
    begun, days = round_.day(rounds.now), step.due_on - step.counts_from

    def owes(on):
        (row,) = owed("city-government", on=on)
        return row.open, row.on_time, row.late, row.overdue

    settings.ZHENGTONG_CLOCK = rounds.now.isoformat()
    pages = [f"/desk/{rounds.host.post}/", f"/take-part/office/{rounds.host.post}/"]
    browser, waits = signed_in(rounds.host), "1 条活动结束后待答复"
    assert all(waits in browser.get(page).content.decode() for page in pages)
    assert owes(begun) == owes(begun + days) == (2, 0, 0, False)
    assert owes(begun + days + timedelta(days=1)) == (2, 0, 0, True)
    told = {"round_": round_, "numbers": [1], "verdict": "declined", "text": "已核实", "by": rounds.host}
    given = acts.answer(now=rounds.now + days, **told)
    assert owes(begun + days + timedelta(days=1)) == (0, 2, 0, False)
    assert not any("待答复" in browser.get(page).content.decode() for page in pages)
    given.given_at += timedelta(days=1)
    given.save()
    assert owes(begun + days + timedelta(days=1)) == (0, 0, 2, False)


def test_nothing_is_answered_before_the_time_to_answer_has_come(rounds, cast):
    round_ = rounds.consultation()
    say(rounds, round_, rounds.voice(round_, cast.lin_yue), "应当提前七日公告")
    with pytest.raises(PhaseIsClosed):
        acts.answer(round_=round_, numbers=[1], verdict="adopted", text="好", by=rounds.host, now=rounds.now)


def test_nobody_else_answers_for_the_office(rounds, cast):
    round_ = rounds.consultation()
    say(rounds, round_, rounds.voice(round_, cast.lin_yue), "应当提前七日公告")
    round_ = rounds.later(round_, 31)
    with pytest.raises(NotYourTask):
        acts.answer(round_=round_, numbers=[1], verdict="adopted", text="好", by=cast.licensing, now=rounds.now)
    with pytest.raises(NothingToAnswer):
        acts.answer(round_=round_, numbers=[1], verdict="adopted", text=" ", by=rounds.host, now=rounds.now)
    with pytest.raises(NoSuchContribution):
        acts.answer(round_=round_, numbers=[1, 7], verdict="adopted", text="好", by=rounds.host, now=rounds.now)


def test_after_the_last_day_nothing_more_is_taken(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    with pytest.raises(PhaseIsClosed):
        say(rounds, rounds.later(round_, 31), voice, "来晚了")


def test_the_same_request_makes_one_contribution_and_the_same_words_are_said_once(rounds, cast):
    round_ = rounds.consultation()
    voice = rounds.voice(round_, cast.lin_yue)
    assert say(rounds, round_, voice, "意见", key="k") == say(rounds, round_, voice, "意见", key="k")
    with pytest.raises(SaidAlready):
        say(rounds, round_, voice, "意见", key="other")


GROWING = "\U0001d160"  # one sign that NFC makes three


@pytest.mark.parametrize("said", ["", "   \n", "\u202e", "x" * 4001, GROWING * 1334])
def test_nothing_and_too_much_are_refused(rounds, cast, said):
    round_ = rounds.consultation()
    with pytest.raises(NothingSaid):
        say(rounds, round_, rounds.voice(round_, cast.lin_yue), said, key="k")


def test_an_opinion_is_about_a_paragraph_that_there_is(rounds, cast):
    round_ = rounds.consultation()
    with pytest.raises(NoSuchContribution):
        say(rounds, round_, rounds.voice(round_, cast.lin_yue), "意见", place="3")


def test_tricks_of_direction_and_control_signs_are_taken_out():
    assert cleaned("a\u202eb\x00c\u2066  d\n\n  e ") == "abc d\n\ne"


def test_a_draft_is_read_by_paragraphs():
    assert paragraphs("一\r\n\r\n二\n三\n\n\n") == ["一", "二\n三"]


def test_a_burst_waits_its_turn_and_is_not_lost(rounds, cast):
    round_ = rounds.open("city-conversation")
    voice = rounds.voice(round_, cast.lin_yue)
    for number in range(12):
        say(rounds, round_, voice, f"说法 {number}", phase="statements")
    states = list(round_.case.contributions.order_by("number").values_list("state", flat=True))
    assert states == ["shown"] * 5 + ["waiting"] * 7
    round_ = rounds.later(round_, 1)
    assert look_after(now=rounds.now) == 5 + 1  # five are shown, and the admission of yesterday is closed
    assert round_.case.contributions.filter(state="shown").count() == 10
    rounds.later(round_, 1)
    assert look_after(now=rounds.now) == 2
    assert not round_.case.contributions.filter(state="waiting").exists()


def test_the_rate_is_counted_in_days(monday):
    day = monday.date()
    rate = Rate(number=2, days=7)
    assert shown_on(rate, [], today=day) == day
    assert shown_on(rate, [day, day], today=day) == day + timedelta(days=7)
    assert shown_on(rate, [day, day - timedelta(days=7)], today=day) == day


def test_a_proposal_is_shown_when_three_others_have_signed_it(rounds):
    round_ = rounds.open("proposal-round")
    author, *others = rounds.voices(round_, 5)
    made = say(rounds, round_, author, "江边步道加装路灯", phase="propose")
    assert made.state == Contribution.State.WAITING
    assert rounds.sponsor(round_, made.number, *others[:2]).state == Contribution.State.WAITING
    made = rounds.sponsor(round_, made.number, others[2])
    assert (made.signed, made.state) == (3, Contribution.State.SHOWN)


def test_signing_twice_counts_once_and_a_signature_can_be_taken_back(rounds):
    round_ = rounds.open("proposal-round")
    author, other = rounds.voices(round_, 2)
    made = say(rounds, round_, author, "江边步道加装路灯", phase="propose")
    for _ in range(2):
        assert rounds.sponsor(round_, made.number, other).signed == 1
    assert rounds.sponsor(round_, made.number, other, signs=False).signed == 0


def test_a_proposal_cannot_be_opposed_and_a_statement_can(rounds):
    proposals, talk = rounds.open("proposal-round"), rounds.open("city-conversation")
    voice, speaker = rounds.voices(proposals, 1)[0], rounds.voices(talk, 1)[0]
    one = say(rounds, proposals, voice, "路灯", phase="propose")
    Contribution.objects.filter(pk=one.pk).update(state="shown", sponsored=True)
    two = say(rounds, talk, speaker, "路灯太少", phase="statements")
    with pytest.raises(NoSuchContribution):
        acts.weigh(round_=proposals, voice=voice, number=one.number, value=-1, now=rounds.now)
    acts.weigh(round_=talk, voice=speaker, number=two.number, value=-1, now=rounds.now)
    (shown,) = viewed(talk, talk.case.contributions.all())
    assert shown.contribution.opposed == 1


def test_a_budget_is_proposed_costed_and_voted_on(rounds, cast):
    round_ = rounds.open("neighbourhood-budget")
    author, other = rounds.voices(round_, 2)
    for number, said in enumerate(["路灯", "长椅"], 1):
        say(rounds, round_, author, said, phase="projects")
        rounds.sponsor(round_, number, other)
    say(rounds, round_, other, "再加长椅", phase="projects")
    round_.case.contributions.filter(number=3).update(joined=round_.case.contributions.get(number=2))
    round_ = rounds.later(round_, 31)
    acts.cost(round_=round_, number=1, amount=Decimal("300000"), by=rounds.host, now=rounds.now)
    with pytest.raises(NoPower):
        acts.cost(round_=round_, number=2, amount=Decimal("1"), by=cast.licensing, now=rounds.now)
    with pytest.raises(ProjectsUnchecked, match="#2"):  # nobody drops a project by not costing it
        finish(rounds, round_, "check_costs", "checked")
    with pytest.raises(NothingToAnswer):
        acts.leave_out(round_=round_, number=2, why=" ", by=rounds.host, now=rounds.now)
    left = [acts.leave_out(round_=round_, number=2, why="已有长椅", by=rounds.host, now=rounds.now) for _ in range(2)]
    assert left[0] == left[1] and (left[0].verdict, left[0].text) == ("declined", "已有长椅")
    assert round_.case.contributions.get(number=3).answers.get() == left[0]  # what had joined it has its answer, too
    round_ = finish(rounds, round_, "check_costs", "checked")
    assert [each.id for each in round_.open_phases] == ["voting", "order"]
    with pytest.raises(OverBudget):
        acts.vote_budget(round_=round_, phase="voting", voice=author, projects=[2], now=rounds.now)
    for projects in ([1], []):
        acts.vote_budget(round_=round_, phase="voting", voice=author, projects=projects, now=rounds.now)
    assert BudgetVote.objects.get().projects == []
    with pytest.raises(NoSuchContribution):  # costs stand while people vote
        acts.cost(round_=round_, number=1, amount=Decimal("1"), by=rounds.host, now=rounds.now)
    with pytest.raises(NoSuchContribution):
        acts.leave_out(round_=round_, number=1, why="太贵", by=rounds.host, now=rounds.now)
