"""What enough people sign binds the government: to an answer, a debate or a vote, in time, once, and seen."""

from datetime import timedelta

import pytest

from zhengtong.agora import acts
from zhengtong.agora.assembly import acts as meeting_acts
from zhengtong.agora.assembly import items
from zhengtong.agora.assembly.errors import NoQuorum, NotNow
from zhengtong.agora.assembly.meetings import meeting_of
from zhengtong.agora.assembly.models import Motion
from zhengtong.agora.bound.ending import end_hidden, step_of
from zhengtong.agora.bound.errors import AnsweredThere, NotHidden, NothingToldOfIt
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.bound.queries import counted, of_office, of_round
from zhengtong.agora.drafting.acts import amend
from zhengtong.agora.drafting.errors import TextIsBinding
from zhengtong.agora.duties import bind_due
from zhengtong.agora.errors import AnsweredAlone
from zhengtong.agora.models import Contribution
from zhengtong.agora.reconciled import reconciled
from zhengtong.cases.acts import (
    assign,
    complete,
    fire_due,
    migrate_case,
    open_by_office,
    put_in_force,
    recompute_clocks,
    remind_due,
)
from zhengtong.cases.errors import NotYourTask
from zhengtong.cases.models import Case, Reminder, Task
from zhengtong.cases.queries.desk import desk, supervised
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.models import Act
from zhengtong.observatory.counting import cells
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Account

SAYS = {"title": "2026年第一次会议", "summary": "审议、表决联署达到人数的建议。"}


@pytest.fixture
def proposals(rounds):
    """Two proposals that are shown; the first has a hundred signatures."""
    round_ = rounds.open("proposal-round")
    voice = rounds.voices(round_, 1)[0]
    for number in (1, 2):
        said = {"said": f"建议 {number}", "request_key": str(number)}
        acts.contribute(round_=round_, phase="propose", voice=voice, now=rounds.now, **said)
    Contribution.objects.update(state="shown", sponsored=True, signed=3)
    sign(1, 100)
    return round_


def sign(number, many):
    Contribution.objects.filter(number=number).update(signed=many)


def bound(rounds, round_):
    bind_due(now=rounds.now)
    return list(round_.case.duties.order_by("pk"))


def answer(rounds, round_, *numbers, by=None, verdict="declined"):
    told = {"verdict": verdict, "text": "已研究", "by": by or rounds.host, "now": rounds.now}
    return acts.answer(round_=round_, numbers=numbers, **told)


@pytest.fixture
def council(cast):
    """The chair of the Citizens’ Council, and a member."""
    member = Account.objects.get(username="kong-ming").person
    return cast.officer("citizens-council/chair"), Actor(member, "citizens-council/member")


def reorganised(rounds, *renamed):
    """A charter in force at once in which things have other names: what had the old ones is no more."""
    files = dict(in_force_at(rounds.now).charter.files)
    for old, new in renamed:
        files = {path.replace(old, new): each.replace(old.encode(), new.encode()) for path, each in files.items()}
    return put_in_force(files=files, on=rounds.now.date(), by=PROGRAM, now=rounds.now)


def convene(rounds, council, key="one"):
    told = {"answers": SAYS, "by": council[0], "language": "zh-Hans", "request_key": key, "now": rounds.now}
    return open_by_office(procedure="council-session", **told)


def sit(rounds, council, case, *, absent=0):
    """The notice is over, and members are there."""
    rounds.now += timedelta(days=8)
    fire_due(now=rounds.now)
    for each in council[: len(council) - absent]:
        meeting_acts.attend(case=case, by=each, now=rounds.now)


def end(rounds, council, case):
    for node, output, told in (("sit", "held", ""), ("write_minutes", "answered", "会议记录。")):
        task = case.tasks.get(node=node, status="open")
        complete(task=task, output=output, reasons=told, by=council[0], now=rounds.now)


def test_a_hundred_signatures_put_an_answer_on_the_desk_once_with_its_day(rounds, proposals):
    (duty,) = bound(rounds, proposals)
    assert not bound(rounds, proposals)[1:]
    assert (duty.kind, duty.contribution.number, duty.signatures) == ("answer", 1, 100)
    (owed,) = of_round(proposals, on=proposals.day(rounds.now))
    assert owed.step.post == rounds.host.post and owed.step.limit == "P30WD" and not owed.is_overdue
    assert duty.case.number in {row.number for row in desk(rounds.host, now=rounds.now)}
    act = Act.objects.get(kind="agora.duty.begun")
    assert act.subject == proposals.case.number


def test_what_has_too_few_or_is_hidden_binds_to_nothing_and_does_when_it_is_restored(rounds, proposals):
    sign(1, 99)
    assert not bound(rounds, proposals)
    Contribution.objects.filter(number=1).update(signed=100, state="hidden")
    assert not bound(rounds, proposals)
    Contribution.objects.filter(number=1).update(state="shown")
    assert bound(rounds, proposals)


def hide(rounds, round_):
    told = {"rule": "insult", "facts": "骂人", "by": rounds.moderator, "now": rounds.now}
    return acts.hide(round_=round_, number=1, **told)


def test_while_its_text_is_hidden_its_post_may_end_it_and_says_by_which_decision(rounds, proposals, cast):
    (duty,) = bound(rounds, proposals)
    with pytest.raises(NotHidden):
        end_hidden(duty=duty, by=rounds.host, now=rounds.now)
    measure = hide(rounds, proposals)
    with pytest.raises(NotYourTask):
        end_hidden(duty=duty, by=cast.licensing, now=rounds.now)
    duty = end_hidden(duty=duty, by=rounds.host, now=rounds.now)
    act = Act.objects.get(kind="agora.duty.ended-hidden", subject=proposals.case.number)
    assert act.particulars["measure"] == f"{proposals.case.number}-{measure.pk}" and act.actor_post == rounds.host.post
    assert duty.hidden_by == measure and not Case.objects.get(pk=duty.case_id).is_open
    assert not Act.objects.filter(kind="agora.duty.done").exists()
    (owed,) = of_round(proposals, on=proposals.day(rounds.now))
    assert counted("city-government", on=owed.on).hidden == 1 and not owed.is_done and not owed.is_late
    with pytest.raises(NotHidden):
        end_hidden(duty=duty, by=rounds.host, now=rounds.now)
    assert all(each.agrees for each in reconciled([proposals]))


def test_what_is_shown_again_before_it_ended_is_owed_as_ever(rounds, proposals):
    (duty,) = bound(rounds, proposals)
    acts.restore(measure=hide(rounds, proposals), why="误判", by=rounds.moderator, now=rounds.now)
    with pytest.raises(NotHidden):
        end_hidden(duty=duty, by=rounds.host, now=rounds.now)
    assert bound(rounds, proposals) == [duty] and duty.done_on is None


@pytest.mark.parametrize("over", [False, True], ids=["while its round is open", "when its round is over"])
def test_what_is_shown_again_after_it_ended_is_owed_anew(rounds, proposals, over):
    sign(1, 300)
    answered, debated = bound(rounds, proposals)
    measure = hide(rounds, proposals)
    end_hidden(duty=answered, by=rounds.host, now=rounds.now)
    rounds.now += timedelta(days=20)
    if over:
        Case.objects.filter(pk=proposals.case.pk).update(status="closed", post="")
    assert bound(rounds, proposals) == [answered, debated]
    acts.restore(measure=measure, why="误判", by=rounds.moderator, now=rounds.now)
    again = bound(rounds, proposals)[-1]
    assert again.kind == "answer" and again.case != answered.case and again.done_on is None
    assert again.begun_on == proposals.day(rounds.now)
    assert len(bound(rounds, proposals)) == 3
    answer(rounds, proposals, 1)
    again.refresh_from_db()
    assert again.done_on


def test_what_has_joined_another_is_owed_no_more_once_that_is_answered(rounds, proposals):
    sign(2, 100)
    _first, joined = bound(rounds, proposals)
    into, going = proposals.case.contributions.order_by("number")
    Contribution.objects.filter(pk=going.pk).update(joined=into)
    answer(rounds, proposals, 1)
    joined.refresh_from_db()
    assert joined.done_on == proposals.day(rounds.now) and not Case.objects.get(pk=joined.case_id).is_open


def test_it_is_answered_alone_before_the_round_is_over_and_its_step_ends_with_that(rounds, proposals):
    (duty,) = bound(rounds, proposals)
    with pytest.raises(AnsweredAlone):
        answer(rounds, proposals, 1, 2)
    with pytest.raises(AnsweredThere):
        task = Task.objects.get(case=duty.case)
        complete(task=task, output="done", reasons="已办", by=rounds.host, now=rounds.now)
    answer(rounds, proposals, 1)
    duty.refresh_from_db()
    assert duty.done_on == proposals.day(rounds.now) and not Case.objects.get(pk=duty.case_id).is_open
    assert Act.objects.filter(kind="agora.duty.done", subject=proposals.case.number).count() == 1
    assert bound(rounds, proposals) == [duty]


def test_a_text_that_binds_is_not_changed_though_a_signature_is_taken_back(rounds, proposals):
    bound(rounds, proposals)
    sign(1, 99)
    voice = rounds.voice(proposals, rounds.cast.wang_defu)
    with pytest.raises(TextIsBinding):
        amend(round_=proposals, voice=voice, number=1, said="另一个建议", why="更好", request_key="a", now=rounds.now)


def test_nobody_else_answers_it(rounds, proposals, cast):
    bound(rounds, proposals)
    with pytest.raises(NotYourTask):
        answer(rounds, proposals, 1, by=cast.licensing)


def test_its_post_is_reminded_the_one_above_is_told_and_the_office_has_it_as_overdue(rounds, proposals):
    (duty,) = bound(rounds, proposals)
    step = Task.objects.get(case=duty.case)
    rounds.now += timedelta(days=(step.due_on - proposals.day(rounds.now)).days)
    remind_due(now=rounds.now)
    rounds.now += timedelta(days=5)
    remind_due(now=rounds.now)
    assert {each.kind for each in Reminder.objects.filter(task=step)} == {"soon", "late"}
    found = of_office("city-government", on=proposals.day(rounds.now))
    assert [each.is_overdue for each in found] == [True] and len(found[0].reminded) == 2
    assert counted("city-government", on=proposals.day(rounds.now)).overdue == 1
    answer(rounds, proposals, 1)
    assert counted("city-government", on=proposals.day(rounds.now)).late == 1


def test_three_hundred_wait_for_the_next_meeting_and_are_debated_before_enough_members(rounds, proposals, council):
    sign(1, 300)
    assert [each.kind for each in bound(rounds, proposals)] == ["answer", "debate"]
    assert not Motion.objects.exists()
    case = convene(rounds, council)
    bind_due(now=rounds.now)
    bind_due(now=rounds.now)
    motion = Motion.objects.get()
    assert motion.case == case and motion.duty.contribution.number == 1 and motion.put_by is None
    sit(rounds, council, case, absent=1)
    with pytest.raises(NoQuorum):
        meeting_acts.note_debate(case=case, number=1, by=council[0], now=rounds.now)
    meeting_acts.attend(case=case, by=council[1], now=rounds.now)
    meeting_acts.note_debate(case=case, number=1, by=council[0], now=rounds.now)
    assert Duty.objects.get(kind="debate").done_on is None  # not before the minutes
    sat_on = proposals.day(rounds.now)
    rounds.now += timedelta(days=9)
    end(rounds, council, case)
    duty = Duty.objects.get(kind="debate")
    assert duty.done_on == sat_on and not Case.objects.get(pk=duty.case_id).is_open
    told = next(each for each in of_round(proposals, on=duty.done_on) if each.duty == duty)
    assert told.meeting == case and not told.is_late


def test_a_thousand_are_voted_on_in_the_meeting_whose_agenda_is_open(rounds, proposals, council):
    case = convene(rounds, council)
    sign(1, 1000)
    assert [each.kind for each in bound(rounds, proposals)] == ["answer", "debate", "vote"]
    assert [each.duty.kind for each in Motion.objects.order_by("number")] == ["debate", "vote"]
    sit(rounds, council, case)
    with pytest.raises(NotNow):
        meeting_acts.note_debate(case=case, number=2, by=council[0], now=rounds.now)
    meeting_acts.call_vote(case=case, number=2, by=council[0], now=rounds.now)
    for each in council:
        meeting_acts.cast(case=case, number=2, choice="yes", by=each, now=rounds.now)
    meeting_acts.close_vote(case=case, number=2, by=council[0], now=rounds.now)
    end(rounds, council, case)
    owed = {each.duty.kind: each for each in of_round(proposals, on=proposals.day(rounds.now))}
    assert owed["vote"].outcome == "carried" and owed["vote"].duty.done_on
    assert owed["debate"].duty.done_on is None
    again = convene(rounds, council, key="two")  # what was not debated comes to the next one, and what was voted on not
    bind_due(now=rounds.now)
    assert [each.duty.kind for each in meeting_of(again.number).motions()] == ["debate"]


@pytest.mark.parametrize("has_such_rounds", [True, False])
def test_a_round_binds_where_the_procedure_is_no_more_by_todays_or_by_that_of_its_own_charter(
    rounds, proposals, has_such_rounds
):
    before = proposals.case.enactment
    renamed = ("signed-duty", "owed-duty"), ("kept-promise", "held-promise"), ("proposal-round", "idea-round")
    after = reorganised(rounds, *renamed[: 2 if has_such_rounds else 3])
    (duty,) = bound(rounds, proposals)
    kept = answer(rounds, proposals, 1, verdict="adopted").promise
    complete(task=step_of(kept), output="done", reasons="办好了", by=rounds.host, now=rounds.now)
    for each, old, new in ((duty, "signed-duty", "owed-duty"), (kept, "kept-promise", "held-promise")):
        each.refresh_from_db()
        assert each.case.procedure == (new if has_such_rounds else old) and each.done_on
        assert each.case.enactment == (after if has_such_rounds else before)


POST = (("government/participation", "government/voices"), ("id: participation\n", "id: voices\n"))


def test_where_the_post_is_no_more_another_of_its_office_has_the_duty_and_the_act_says_so(rounds, proposals):
    reorganised(rounds, *POST)
    (duty,) = bound(rounds, proposals)
    assert step_of(duty).post == "city-government/voices"
    told = Act.objects.get(kind="agora.duty.begun").particulars
    assert (told["post"], told["instead_of"]) == ("city-government/voices", "government/participation")


def test_where_nobody_of_the_office_may_the_supervisor_has_it_and_says_whose_it_is(rounds, proposals, cast, council):
    reorganised(rounds, *POST, ("proposal-round", "idea-round"))
    (duty,) = bound(rounds, proposals)
    assert step_of(duty).post == cast.supervisor.post
    assert duty.case.number in {row.number for row in desk(cast.supervisor, now=rounds.now)}
    (owed,) = of_round(proposals, on=proposals.day(rounds.now))
    assert owed.post.in_("en") and owed.office == cast.supervisor.post.partition("/")[0]
    told = {"to_post": council[0].post, "reason": "由议事会答复", "by": cast.supervisor, "now": rounds.now}
    assign(task=step_of(duty), **told)
    answer(rounds, proposals, 1, by=council[0])
    duty.refresh_from_db()
    assert duty.done_on


def test_where_the_assembly_is_no_more_its_chair_says_what_becomes_of_it(rounds, proposals, council):
    sign(1, 300)
    bound(rounds, proposals)
    reorganised(rounds, ("council-session", "town-session"))
    duty = Duty.objects.get(kind="debate")
    ending = {"task": step_of(duty), "output": "done", "by": council[0], "now": rounds.now}
    with pytest.raises(NothingToldOfIt):
        complete(reasons=" ", **ending)
    complete(reasons="已转市人民政府研究。", **ending)
    owed = next(each for each in of_round(proposals, on=proposals.day(rounds.now)) if each.duty == duty)
    assert owed.is_orphan and owed.told == "已转市人民政府研究。" and owed.is_done


def test_the_clock_and_the_figures_of_a_promise_go_by_its_own_day(rounds, proposals):
    bound(rounds, proposals)
    until = proposals.day(rounds.now) + timedelta(10)
    given = {"verdict": "adopted", "text": "照办", "by": rounds.host, "now": rounds.now}
    kept = acts.answer(round_=proposals, numbers=[1], promised=acts.Promised(until), **given).promise
    case = Case.objects.get(pk=kept.case_id)
    assert case.due_on == case.statutory_on == step_of(kept).due_on
    rounds.now += timedelta(days=14)
    recompute_clocks(by=PROGRAM, now=rounds.now)
    case.refresh_from_db()
    assert case.due_on == step_of(kept).due_on
    assert case.number in {each.row.number for each in supervised(rounds.cast.supervisor, now=rounds.now, only="red")}
    complete(task=step_of(kept), output="done", reasons="办好了", by=rounds.host, now=rounds.now)
    day, charter = proposals.day(rounds.now), in_force_at(rounds.now).charter
    found = cells(day, day, charter=charter, calendar=charter.working_days())
    (tally,) = [each for (_day, _office, procedure), each in found.items() if procedure == "kept-promise"]
    assert (tally.counts["closed"], tally.counts["late"], tally.counts["on_time"]) == (1, 1, 0)
    assert sum(tally.taken.values()) == 1


def test_a_promise_that_was_given_to_another_post_stays_there_when_its_case_moves(rounds, proposals, cast):
    bound(rounds, proposals)
    kept = acts.Promised(proposals.day(rounds.now) + timedelta(90), "urban-management/head")
    given = {"verdict": "adopted", "text": "照办", "by": rounds.host, "now": rounds.now, "promised": kept}
    step = Task.objects.get(case=acts.answer(round_=proposals, numbers=[1], **given).promise.case)
    assign(task=step, to_post=rounds.host.post, reason="由其负责", by=cast.supervisor, now=rounds.now)
    reorganised(rounds, ("兑现承诺", "履行承诺"))
    assert migrate_case(case=step.case, by=PROGRAM, now=rounds.now).moves
    step.refresh_from_db()
    assert step.post == rounds.host.post


def test_what_a_sitting_did_not_reach_is_on_the_next_agenda_before_its_minutes_are_written(rounds, proposals, council):
    sign(1, 1000)
    bound(rounds, proposals)
    case = convene(rounds, council)
    bind_due(now=rounds.now)
    sit(rounds, council, case)
    meeting_acts.note_debate(case=case, number=1, by=council[0], now=rounds.now)
    again = convene(rounds, council, key="two")
    bind_due(now=rounds.now)
    assert not meeting_of(again.number).motions()  # it may still be reached
    complete(task=case.tasks.get(node="sit"), output="held", by=council[0], now=rounds.now)
    bind_due(now=rounds.now)
    assert [each.duty.kind for each in meeting_of(again.number).motions()] == ["vote"]
    bind_due(now=rounds.now)
    assert Motion.objects.count() == 3


def test_a_meeting_with_a_fault_keeps_no_other_from_its_agenda(rounds, proposals, council, monkeypatch, caplog):
    sign(1, 300)
    broken, other = (convene(rounds, council, key=key) for key in ("one", "two"))
    lay = items.lay

    def fails(*, case, now):
        if case.pk == broken.pk:
            raise KeyError("a fault of this meeting")
        return lay(case=case, now=now)

    monkeypatch.setattr(items, "lay", fails)
    bound(rounds, proposals)
    assert len(meeting_of(other.number).motions()) == 1
    assert broken.number in caplog.text
    assert "a fault of this meeting" in caplog.text


def test_what_is_told_of_it_agrees_with_the_ledger(rounds, proposals):
    bound(rounds, proposals)
    answer(rounds, proposals, 1)
    lines = {each.kind: (each.held, each.recorded) for each in reconciled([proposals])}
    assert lines["agora.duty.begun"] == lines["agora.duty.done"] == (1, 1)
