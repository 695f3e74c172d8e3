"""What enough people sign binds the government: to an answer, a debate or a vote, in time, once, and seen."""

from datetime import timedelta

import pytest

from zhengtong.agora import acts
from zhengtong.agora.assembly import acts as meeting_acts
from zhengtong.agora.assembly.errors import NoQuorum, NotNow
from zhengtong.agora.assembly.meetings import meeting_of
from zhengtong.agora.assembly.models import Motion
from zhengtong.agora.bound.errors import AnsweredThere
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.bound.queries import counted, of_office, of_round
from zhengtong.agora.drafting.acts import amend
from zhengtong.agora.drafting.errors import TextIsBinding
from zhengtong.agora.duties import bind_due
from zhengtong.agora.errors import AnsweredAlone
from zhengtong.agora.models import Contribution
from zhengtong.agora.reconciled import reconciled
from zhengtong.cases.acts import complete, fire_due, open_by_office, remind_due
from zhengtong.cases.errors import NotYourTask
from zhengtong.cases.models import Case, Reminder, Task
from zhengtong.cases.queries.desk import desk
from zhengtong.ledger.models import Act
from zhengtong.people.actor import Actor
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
    Contribution.objects.update(state="shown", signed=3)
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
    assert counted(found).overdue == 1
    answer(rounds, proposals, 1)
    assert counted(of_office("city-government", on=proposals.day(rounds.now))).late == 1


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
    end(rounds, council, case)
    duty = Duty.objects.get(kind="debate")
    assert duty.done_on == proposals.day(rounds.now) and not Case.objects.get(pk=duty.case_id).is_open
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


def test_what_is_told_of_it_agrees_with_the_ledger(rounds, proposals):
    bound(rounds, proposals)
    answer(rounds, proposals, 1)
    lines = {each.kind: (each.held, each.recorded) for each in reconciled([proposals])}
    assert lines["agora.duty.begun"] == lines["agora.duty.done"] == (1, 1)
