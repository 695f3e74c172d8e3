"""A case runs from its start to an end; what comes twice or too late changes nothing."""

import pytest

from tests.process.drawings import NOW, Case, ask, model
from zhengtong.engines.process import (
    AskDecision,
    CallEnded,
    CallProcedure,
    CancelCall,
    Cancelled,
    CancelTask,
    CancelTimer,
    DecisionAnswered,
    Ended,
    Failed,
    Incident,
    KeepFacts,
    MessageArrived,
    OpenTask,
    ProcessFault,
    Retried,
    RunService,
    SendMessage,
    StartTimer,
    State,
    TaskDone,
    TimerFired,
    advance,
    start,
)

PERMIT = """
    user accept outputs=acceptance:accepted|rejected
    boundary silence on=accept timer=P5WD
    service by_silence does=accept
    end rejected outcome=rejected adverse=true
    end granted outcome=granted
    start -> accept -> xor1
    xor1 -> rejected : acceptance = "rejected"
    xor1 => xor2
    silence -> by_silence -> xor2
    xor2 -> examine -> granted
"""
FOUR = """
    end end outcome=closed
    start -> and1
    and1 -> a -> and2
    and1 -> b -> and2
    and1 -> c -> and2
    and1 -> d -> and2
    and2 -> last -> end
"""


def test_it_opens_the_first_task_and_starts_its_timer() -> None:
    case = Case(PERMIT)
    assert case.effects == (OpenTask("accept", "accept"), StartTimer("silence", "silence", "P5WD"))
    assert case.state.waiting == (("accept", "accept"),)


def test_it_goes_the_way_that_the_facts_open() -> None:
    case = Case(PERMIT)
    assert case.hear(TaskDone("accept", {"acceptance": "rejected"})) == (
        CancelTimer("silence"),
        KeepFacts({"acceptance": "rejected"}),
        Ended("rejected", "rejected"),
    )
    assert case.state.is_over
    assert case.state.outcome == "rejected"


def test_a_timer_takes_its_task_away() -> None:
    case = Case(PERMIT)
    assert case.hear(TimerFired("silence")) == (CancelTask("accept"), RunService("by_silence", "by_silence", "accept"))
    case.hear(TaskDone("by_silence"))
    assert case.waits == {"examine"}


def test_what_comes_twice_or_too_late_changes_nothing() -> None:
    case = Case(PERMIT)
    case.hear(TaskDone("accept", {"acceptance": "accepted"}))
    before = case.state
    for late in (TaskDone("accept", {"acceptance": "rejected"}), TimerFired("silence"), MessageArrived("x")):
        assert case.hear(late) == ()
        assert case.state == before
    assert case.facts["acceptance"] == "accepted"


@pytest.mark.parametrize(
    "key", ["", "#", "examine#", "examine#x", "examine#99999999999999", "nobody", "granted", "xor1"]
)
def test_an_event_with_a_senseless_key_changes_nothing(key: str) -> None:
    case = Case(PERMIT)
    for event in (TaskDone(key), TimerFired(key), DecisionAnswered(key, 1), CallEnded(key, ""), Failed(key, "")):
        assert case.hear(event) == ()


def test_an_event_of_another_kind_does_not_end_a_step() -> None:
    case = Case("rule ask ref=d into=risk\nstart -> and1\nand1 -> ask -> end\nand1 -> a -> end")
    for event in (DecisionAnswered("a", 1), CallEnded("a", ""), TaskDone("ask"), CallEnded("ask", "")):
        assert case.hear(event) == ()
    assert case.waits == {"a", "ask"}


def test_a_step_that_has_failed_is_not_done_before_it_is_tried_again() -> None:
    case = Case("start -> a -> end")
    case.hear(Failed("a", "broken"))
    ((stuck, _),) = case.state.stuck
    assert case.hear(TaskDone(stuck)) == ()
    assert case.state.stuck == ((stuck, "a"),)
    case.hear(Retried(stuck))
    (key,) = case.waits
    case.hear(TaskDone(key))
    assert case.state.is_over


@pytest.mark.parametrize("answer", [1, "true", [True], {"yes": True}])
def test_a_condition_that_is_anything_but_true_does_not_hold(answer: object) -> None:
    assert Case("start -> xor1\nxor1 -> a : x\nxor1 => b\na -> end\nb -> end", x=answer).waits == {"b"}


def test_what_nothing_leads_to_begins_where_no_start_is_drawn() -> None:
    assert Case("a -> b -> end").waits == {"a"}


def test_nothing_happens_after_the_end() -> None:
    case = Case(PERMIT)
    case.hear(TaskDone("accept", {"acceptance": "rejected"}))
    for event in (TaskDone("accept"), Cancelled("withdrawn"), TimerFired("silence")):
        assert case.hear(event) == ()


def test_branches_in_parallel_are_waited_for() -> None:
    case = Case(FOUR)
    assert case.waits == {"a", "b", "c", "d"}
    for key in ("c", "a", "d"):
        case.hear(TaskDone(key))
        assert "last" not in case.waits
    case.hear(TaskDone("b"))
    assert case.waits == {"last"}


def test_the_state_of_four_departments_is_a_few_hundred_bytes() -> None:
    case = Case(FOUR)
    case.hear(TaskDone("a"))
    assert len(str(case.state.to_json())) < 200
    assert State.from_json(case.state.to_json()) == case.state


def test_a_damaged_state_is_refused() -> None:
    with pytest.raises(ProcessFault):
        State.from_json({"at": "a~x:y"})
    with pytest.raises(ProcessFault):
        State.from_json({"at": "a!sideways"})


def test_a_step_that_is_done_again_has_another_key() -> None:
    case = Case("start -> a -> xor1\nxor1 -> a : more = true\nxor1 => end")
    case.hear(TaskDone("a", {"more": True}))
    assert case.waits == {"a#2"}
    assert case.hear(TaskDone("a", {"more": False})) == ()
    case.hear(TaskDone("a#2", {"more": False}))
    assert case.state.is_over


def test_the_rules_are_asked_and_their_answer_is_a_fact() -> None:
    case = Case(
        "rule risk ref=risk_class into=risk\nstart -> risk -> xor1\nxor1 -> a : risk = 3\nxor1 => b\na -> end\nb -> end"
    )
    assert case.effects == (AskDecision("risk", "risk", "risk_class"),)
    assert case.hear(DecisionAnswered("risk", 3))[0] == KeepFacts({"risk": 3})
    assert case.waits == {"a"}


def test_a_procedure_is_called_and_called_off() -> None:
    drawn = "call food procedure=food-licence into=food\nstart -> food -> end"
    case = Case(drawn)
    assert case.effects == (CallProcedure("food", "food", "food-licence"),)
    case.hear(CallEnded("food", "granted"))
    assert case.facts == {"food": "granted"}
    assert case.state.is_over
    other = Case(drawn)
    assert other.hear(Cancelled("withdrawn")) == (CancelCall("food"), Ended("", "withdrawn"))
    assert other.state.outcome == "withdrawn"


def test_a_call_that_does_not_apply_is_passed_over() -> None:
    case = Case("call sign when=has_sign = true\nstart -> sign -> a -> end", has_sign=False)
    assert case.waits == {"a"}


def test_a_message_goes_to_the_token_that_waits_longest() -> None:
    case = Case(
        "catch m1 message=paper\ncatch m2 message=paper\nstart -> and1\nand1 -> m1 -> and2\n"
        "and1 -> m2 -> and2\nand2 -> end"
    )
    case.hear(MessageArrived("other"))
    case.hear(MessageArrived("paper"))
    assert case.waits == {"m2"}
    case.hear(MessageArrived("paper", {"seen": True}))
    assert case.state.is_over
    assert case.facts["seen"] is True


def test_what_a_message_brings_that_nobody_waits_for_is_not_kept() -> None:
    case = Case("start -> a -> end")
    assert case.hear(MessageArrived("unheard", {"x": 1})) == ()
    assert case.facts == {}


def test_an_event_gateway_takes_what_comes_first() -> None:
    case = Case(
        "catch paid message=paid\ncatch late timer=P10WD\nstart -> event1\n"
        "event1 -> paid -> a -> end\nevent1 -> late -> b -> end"
    )
    assert case.effects == (StartTimer("late", "late", "P10WD"),)
    assert case.hear(MessageArrived("paid")) == (CancelTimer("late"), OpenTask("a", "a"))
    assert case.hear(TimerFired("late")) == ()


def test_a_reminder_does_not_take_the_task_away() -> None:
    case = Case("boundary remind on=a timer=P3WD interrupting=no\nstart -> a -> end\nremind -> b -> end2")
    assert case.hear(TimerFired("remind")) == (OpenTask("b", "b"),)
    assert case.waits == {"a", "b"}
    assert case.hear(TimerFired("remind")) == ()
    case.hear(TaskDone("a"))
    assert not case.state.is_over
    case.hear(TaskDone("b"))
    assert case.state.is_over


def test_an_inclusive_gateway_waits_for_the_ways_that_were_taken() -> None:
    drawn = (
        "start -> or1\nor1 -> a : x = true\nor1 -> b : y = true\nor1 => c\na -> or2\nb -> or2\n"
        "c -> or2\nor2 -> last -> end"
    )
    both = Case(drawn, x=True, y=True)
    both.hear(TaskDone("b"))
    assert both.waits == {"a"}
    both.hear(TaskDone("a"))
    assert both.waits == {"last"}
    neither = Case(drawn, x=False, y=False)
    assert neither.waits == {"c"}
    neither.hear(TaskDone("c"))
    assert neither.waits == {"last"}


def test_a_terminate_end_ends_everything() -> None:
    case = Case(
        "end stop ends=terminate outcome=refused\nboundary t on=b timer=P1D\nstart -> and1\n"
        "and1 -> a -> stop\nand1 -> b -> end\nt -> end"
    )
    assert case.hear(TaskDone("a")) == (CancelTask("b"), CancelTimer("t"), Ended("stop", "refused"))


def test_an_error_is_caught_where_it_is_thrown_or_further_out() -> None:
    drawn = """
        sub s
        service pay in=s
        start start2 in=s
        end end2 in=s
        boundary failed on=s error=no-money
        start -> s -> end
        start2 -> pay -> end2
        failed -> a -> end
    """
    case = Case(drawn)
    assert case.hear(Failed("pay", "no-money")) == (CancelTask("pay"), OpenTask("a", "a"))
    uncaught = Case(drawn)
    effects = uncaught.hear(Failed("pay", "no-network"))
    assert effects == (CancelTask("pay"), Incident("pay#2", "pay", "uncaught", "no-network"))
    assert uncaught.hear(Retried("pay#2")) == (RunService("pay#3", "pay", "letter"),)


def test_an_error_end_leaves_the_sub_process() -> None:
    case = Case(
        "sub s\nstart start2 in=s\nuser x in=s\nend bad in=s error=e\nboundary failed on=s error=any\n"
        "start -> s -> end\nstart2 -> x -> bad\nfailed -> a -> end"
    )
    case.hear(TaskDone("x"))
    assert case.waits == {"a"}


def test_a_sub_process_ends_when_nothing_is_left_in_it() -> None:
    case = Case(
        "sub s\nstart start2 in=s\nand andx in=s\nuser x in=s\nuser y in=s\nend e1 in=s\nend e2 in=s\n"
        "start -> s -> a -> end\nstart2 -> andx\nandx -> x -> e1\nandx -> y -> e2"
    )
    assert case.waits == {"x", "y"}
    case.hear(TaskDone("x"))
    assert case.waits == {"y"}
    case.hear(TaskDone("y"))
    assert case.waits == {"a"}


def test_a_timer_takes_a_whole_sub_process_away() -> None:
    case = Case(
        "sub s\nstart start2 in=s\nuser x in=s\nend e1 in=s\nboundary late on=s timer=P9D\n"
        "start -> s -> end\nstart2 -> x -> e1\nlate -> a -> end"
    )
    assert case.hear(TimerFired("late")) == (CancelTask("x"), OpenTask("a", "a"))


def test_a_message_is_sent() -> None:
    case = Case("throw tell message=news\nstart -> tell -> a -> end")
    assert case.effects == (SendMessage("tell", "news"), OpenTask("a", "a"))


def test_a_script_works_out_a_fact() -> None:
    case = Case("script s script=n > 3 outputs=large\nstart -> s -> a -> end", n=4)
    assert case.effects[0] == KeepFacts({"large": True})


def test_a_link_is_a_flow_that_is_not_drawn() -> None:
    case = Case("throw t link=A\ncatch c link=A\nstart -> t\nc -> a -> end")
    assert case.waits == {"a"}


def test_a_choice_without_a_way_out_stops_visibly_and_goes_on_when_it_is_mended() -> None:
    case = Case("start -> a -> xor1\nxor1 -> b : x = 1\nxor1 -> c : x = 2\nb -> end\nc -> end")
    assert case.hear(TaskDone("a", {"x": 3}))[-1] == Incident("xor1", "xor1", "no-way-out")
    assert case.state.stuck == (("xor1", "xor1"),)
    assert case.hear(TaskDone("xor1")) == ()
    case.hear(Retried("xor1"), x=2)
    assert case.waits == {"c"}


def test_an_expression_that_fails_does_not_lose_the_case() -> None:
    case = Case("start -> a -> xor1\nxor1 -> b : ?!\nxor1 => c\nb -> end\nc -> end")
    incident = case.hear(TaskDone("a"))[-1]
    assert isinstance(incident, Incident)
    assert incident.code == "unanswered"
    assert "cannot be evaluated" in incident.detail
    assert not case.state.is_over


def test_a_loop_that_never_waits_is_stopped() -> None:
    case = Case("start -> xor1 -> xor2\nxor2 -> xor1 : true\nxor2 => end")
    assert [effect.code for effect in case.effects if isinstance(effect, Incident)] == ["endless"]


def test_a_dead_lock_is_told() -> None:
    case = Case("start -> xor1\nxor1 -> a : x = 1\nxor1 => b\na -> and1\nb -> and1\nand1 -> end", x=1)
    assert case.hear(TaskDone("a"))[-1] == Incident("and1", "and1", "dead-lock")
    assert not case.state.is_over


def test_a_sub_process_does_not_end_while_a_token_waits_at_a_join_in_it() -> None:
    inside = "start s in=sub\nxor xor1 in=sub\nuser b in=sub\nand and1 in=sub\nend e in=sub\n"
    way = "s -> xor1\nxor1 -> and1 : x = 1\nxor1 => b\nb -> and1\nand1 -> e\nstart -> sub -> after -> end"
    case = Case(f"sub sub\n{inside}{way}", x=1)
    assert case.effects[-1] == Incident("and1", "and1", "dead-lock")
    assert case.waits == {"sub"}


def test_the_same_events_give_the_same_state() -> None:
    first, second = Case(FOUR), Case(FOUR)
    for key in ("b", "a", "d", "c"):
        assert first.hear(TaskDone(key)) == second.hear(TaskDone(key))
    assert first.state == second.state


def test_a_process_without_a_start_does_not_start() -> None:
    loop = model("a -> b -> a")
    with pytest.raises(ProcessFault):
        start(loop, {}, NOW, ask=ask)


def test_advance_leaves_what_it_was_given_alone() -> None:
    drawn = model(PERMIT)
    facts: dict[str, object] = {}
    state, _ = start(drawn, facts, NOW, ask=ask)
    advance(drawn, state, TaskDone("accept", {"acceptance": "accepted"}), NOW, facts, ask=ask)
    assert facts == {}
    assert state.waiting == (("accept", "accept"),)
