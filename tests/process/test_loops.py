"""What is done several times: for each of a list, one by one, while a condition holds; and event sub-processes."""

import pytest

from tests.process.drawings import Case
from zhengtong.engines.process import (
    CancelTask,
    CancelTimer,
    Ended,
    FactsChanged,
    Incident,
    KeepFacts,
    MessageArrived,
    OpenTask,
    SignalSent,
    StartTimer,
    TaskDone,
    TimerFired,
)


def test_a_task_is_opened_for_each_of_a_list() -> None:
    case = Case("user a each=offices item=office\nstart -> a -> b -> end", offices=["fire", "health", "water"])
    assert case.effects == (OpenTask("a#2", "a", 1), OpenTask("a#3", "a", 2), OpenTask("a#4", "a", 3))
    case.hear(TaskDone("a#3"))
    case.hear(TaskDone("a#2"))
    assert case.waits == {"a#4"}
    case.hear(TaskDone("a#4"))
    assert case.waits == {"b"}


def test_one_by_one_waits_for_the_one_before() -> None:
    case = Case("user a each=3 order=one-by-one\nstart -> a -> end")
    assert case.waits == {"a#2"}
    case.hear(TaskDone("a#2"))
    assert case.effects == (OpenTask("a#3", "a", 2),)
    case.hear(TaskDone("a#3"))
    case.hear(TaskDone("a#4"))
    assert case.state.is_over


def test_enough_is_enough() -> None:
    case = Case("user a each=3 until=refused = true\nstart -> a -> end")
    assert case.hear(TaskDone("a#3", {"refused": True}))[-3:] == (
        CancelTask("a#2"),
        CancelTask("a#4"),
        Ended("end", ""),
    )


def test_enough_is_enough_one_by_one() -> None:
    case = Case("user a each=3 order=one-by-one until=refused = true\nstart -> a -> b -> end")
    case.hear(TaskDone("a#2", {"refused": True}))
    assert case.waits == {"b"}


def test_what_is_done_several_times_is_not_done_as_a_whole() -> None:
    case = Case("user a each=2\nstart -> a -> end")
    before = case.state
    case.hear(TaskDone("a"))
    assert case.state == before


@pytest.mark.parametrize("offices", [[], 0])
def test_for_each_of_nothing_is_done_at_once(offices: object) -> None:
    assert Case("user a each=offices\nstart -> a -> b -> end", offices=offices).waits == {"b"}


@pytest.mark.parametrize("offices", [None, "three", 1001])
def test_a_senseless_number_of_times_stops_visibly(offices: object) -> None:
    case = Case("user a each=offices\nstart -> a -> end", offices=offices)
    assert [effect.code for effect in case.effects if isinstance(effect, Incident)] == ["unanswered"]


def test_inside_a_repeated_sub_process_the_item_is_known() -> None:
    drawn = """
        sub s each=offices item=office
        start s1 in=s
        xor xor1 in=s
        user big in=s
        user small in=s
        end e1 in=s
        start -> s -> end
        s1 -> xor1
        xor1 -> big : office > 5
        xor1 => small
        big -> e1
        small -> e1
    """
    case = Case(drawn, offices=[3, 8])
    assert case.waits == {"small", "big"}
    case.hear(TaskDone("small"))
    case.hear(TaskDone("big"))
    assert case.state.is_over


def test_a_script_sees_its_item() -> None:
    case = Case(
        "script a each=offices item=office script=office outputs=seen order=one-by-one\nstart -> a -> end",
        offices=[7, 9],
    )
    assert [effect.facts["seen"] for effect in case.effects if isinstance(effect, KeepFacts)] == [7, 9]


def test_a_timer_on_a_repeated_task_takes_all_of_it_away() -> None:
    case = Case("user a each=2\nboundary t on=a timer=P5WD\nstart -> a -> end\nt -> b -> end")
    assert StartTimer("t", "t", "P5WD") in case.effects
    assert case.hear(TimerFired("t")) == (CancelTask("a#2"), CancelTask("a#3"), OpenTask("b", "b"))


def test_it_is_done_again_as_long_as_the_condition_holds() -> None:
    case = Case("user a again=ready = false\nstart -> a -> end")
    case.hear(TaskDone("a#2", {"ready": False}))
    assert case.waits == {"a#3"}
    case.hear(TaskDone("a#3", {"ready": True}))
    assert case.state.is_over


def test_but_not_more_often_than_allowed() -> None:
    case = Case("user a again=true most=2\nstart -> a -> end")
    case.hear(TaskDone("a#2"))
    case.hear(TaskDone("a#3"))
    assert case.state.is_over


EVENT = """
    sub again by=event
    start asked in=again message=question {interrupting}
    user reply in=again
    end e1 in=again
    start -> a -> end
    asked -> reply -> e1
"""


def test_an_event_sub_process_runs_beside_the_case() -> None:
    case = Case(EVENT.format(interrupting="interrupting=no"))
    case.hear(MessageArrived("question"))
    case.hear(MessageArrived("question"))
    assert case.waits == {"a", "reply", "reply#2"}
    case.hear(TaskDone("a"))
    assert not case.state.is_over
    case.hear(TaskDone("reply"))
    case.hear(TaskDone("reply#2"))
    assert case.state.is_over


def test_an_interrupting_event_sub_process_takes_the_place_of_the_case() -> None:
    case = Case(EVENT.format(interrupting=""))
    assert case.hear(MessageArrived("question")) == (CancelTask("a"), OpenTask("reply", "reply"))
    assert case.hear(MessageArrived("question")) == ()
    case.hear(TaskDone("reply"))
    assert case.state.is_over


def test_the_timer_of_an_event_sub_process_runs_as_long_as_the_case() -> None:
    drawn = (
        "sub late by=event\nstart t in=late timer=P60D interrupting=no\nuser warn in=late\n"
        "end e1 in=late\nstart -> a -> end\nt -> warn -> e1"
    )
    case = Case(drawn)
    assert case.effects == (StartTimer("t", "t", "P60D"), OpenTask("a", "a"))
    assert case.hear(TaskDone("a"))[-2:] == (CancelTimer("t"), Ended("end", ""))
    late = Case(drawn)
    assert late.hear(TimerFired("t")) == (OpenTask("warn", "warn"),)
    assert late.hear(TimerFired("t")) == ()


def test_a_signal_reaches_everybody_in_the_case() -> None:
    case = Case(
        "boundary s1 on=a signal=stop\nboundary s2 on=b signal=stop\nstart -> and1\n"
        "and1 -> a -> end\nand1 -> b -> end\ns1 -> c -> end\ns2 -> d -> end"
    )
    case.hear(SignalSent("stop"))
    assert case.waits == {"c", "d"}


def test_a_signal_begins_an_event_sub_process() -> None:
    drawn = "sub s by=event\nstart t in=s signal=stop interrupting=no\nuser b in=s\nend e1 in=s\n"
    case = Case(drawn + "start -> a -> end\nt -> b -> e1")
    case.hear(SignalSent("stop"))
    assert case.waits >= {"a", "b"}


def test_who_was_taken_away_by_a_signal_does_not_hear_it_any_more() -> None:
    case = Case(
        "sub s\nstart t in=s\nuser a in=s\nend e1 in=s\nboundary inner in=s on=a signal=stop\nuser x in=s\n"
        "boundary outer on=s signal=stop\nt -> a -> e1\ninner -> x -> e1\nstart -> s -> end\nouter -> b -> end"
    )
    case.hear(SignalSent("stop"))
    assert case.waits == {"b"}
    case.hear(TaskDone("b"))
    assert case.state.is_over


def test_a_condition_that_comes_true_takes_the_task_away() -> None:
    case = Case("boundary paid on=a conditional=paid = true\nstart -> a -> end\npaid -> b -> end")
    assert case.waits == {"a"}
    case.hear(FactsChanged(), paid=True)
    assert case.waits == {"b"}


def test_an_escalation_tells_the_outside_and_goes_on() -> None:
    drawn = """
        sub s
        start s1 in=s
        throw tell in=s escalation=late
        user x in=s
        end e1 in=s
        boundary up on=s escalation=late interrupting=no
        start -> s -> end
        s1 -> tell -> x -> e1
        up -> supervisor -> end
    """
    assert Case(drawn).waits == {"x", "supervisor"}


def test_an_interrupting_escalation_takes_the_thrower_away() -> None:
    drawn = """
        sub s
        start s1 in=s
        throw tell in=s escalation=late
        user x in=s
        end e1 in=s
        boundary up on=s escalation=any
        start -> s -> end
        s1 -> tell -> x -> e1
        up -> supervisor -> end
    """
    assert Case(drawn).waits == {"supervisor"}
