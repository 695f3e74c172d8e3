"""Timers that repeat: a reminder every day for as long as a step waits."""

import pytest

from tests.process.drawings import NOW, Case, model
from zhengtong.engines.process import (
    CancelTimer,
    Effect,
    Ended,
    OpenTask,
    StartTimer,
    State,
    TaskDone,
    TimerFired,
    check,
    longest_path,
    migrate,
    shortest_path,
)

DAILY = "boundary daily on=a timer={} interrupting=no\nstart -> a -> end\ndaily -> remind -> end2"


def drawn(timer: str) -> Case:
    return Case(DAILY.format(timer))


def reminders(effects: tuple[Effect, ...]) -> int:
    return sum(isinstance(each, OpenTask) for each in effects)


def test_a_reminder_is_given_as_often_as_it_says_and_not_again() -> None:
    case = drawn("R3/P1D")
    assert StartTimer("daily", "daily", "P1D") in case.effects
    assert case.hear(TimerFired("daily")) == (StartTimer("daily*2", "daily", "P1D"), OpenTask("remind", "remind"))
    assert case.hear(TimerFired("daily*2")) == (StartTimer("daily*3", "daily", "P1D"), OpenTask("remind#2", "remind"))
    assert case.hear(TimerFired("daily*3")) == (OpenTask("remind#3", "remind"),)
    assert case.hear(TimerFired("daily*3")) == case.hear(TimerFired("daily*4")) == ()
    assert case.state.fired == ("daily",)


@pytest.mark.parametrize("late", ["daily", "daily*1", "daily*3", "daily*x", "daily*", "daily#2*2", "a*2"])
def test_a_timer_that_does_not_run_changes_nothing(late: str) -> None:
    case = drawn("R3/P1D")
    case.hear(TimerFired("daily"))
    before = case.state
    assert case.hear(TimerFired(late)) == ()
    assert case.state == before


def test_without_a_number_it_goes_on_for_as_long_as_the_step_waits() -> None:
    case = drawn("R/P1D")
    for number in range(1, 50):
        assert reminders(case.hear(TimerFired("daily" if number == 1 else f"daily*{number}"))) == 1
    assert case.state.fired == ("daily*49",)
    assert case.hear(TaskDone("a"))[0] == CancelTimer("daily*50")
    assert case.state.fired == ()


def test_where_the_case_stands_is_written_down_and_read_again() -> None:
    case = drawn("R3/P1D")
    case.hear(TimerFired("daily"))
    assert case.state.to_json()["fired"] == "daily*1"
    assert State.from_json(case.state.to_json()) == case.state


def test_whoever_does_the_step_again_is_reminded_from_the_beginning() -> None:
    case = Case(
        "boundary daily on=a timer=R2/P1D interrupting=no\n"
        "start -> a -> xor1\nxor1 -> a : x = 1\nxor1 => end\ndaily -> remind -> end2",
        x=1,
    )
    case.hear(TimerFired("daily"))
    assert case.hear(TaskDone("a"))[:1] == (CancelTimer("daily*2"),)
    assert case.hear(TimerFired("daily*2")) == ()
    assert StartTimer("daily#2*2", "daily", "P1D") in case.hear(TimerFired("daily#2"))
    assert reminders(case.hear(TimerFired("daily#2*2"))) == 1


def test_an_event_sub_process_begins_each_time() -> None:
    case = Case(
        "sub late by=event\nstart t in=late timer=R2/P30D interrupting=no\nuser warn in=late\n"
        "end e1 in=late\nstart -> a -> end\nt -> warn -> e1"
    )
    case.hear(TimerFired("t"))
    case.hear(TimerFired("t*2"))
    assert sum(node == "warn" for _key, node in case.state.waiting) == 2
    assert case.hear(TimerFired("t*3")) == ()


def test_it_is_stopped_with_the_case() -> None:
    case = drawn("R/P1D")
    case.hear(TimerFired("daily"))
    case.hear(TaskDone("remind"))
    assert case.hear(TaskDone("a")) == (CancelTimer("daily*2"), Ended("end", ""))


@pytest.mark.parametrize("timer", ["R3/P1D", "R/P5WD", "R1/PT1H", "R9999/P1M"])
def test_a_timer_may_repeat_where_the_step_goes_on(timer: str) -> None:
    assert [each.code for each in check(model(DAILY.format(timer)))] == []


@pytest.mark.parametrize("timer", ["R3/", "R-1/P1D", "R3/soon", "R3/2026-05-01/P1D", "R3/P0D", "R10000/P1D"])
def test_what_is_no_repetition_is_told(timer: str) -> None:
    assert "bad-timer" in [each.code for each in check(model(DAILY.format(timer)))]


def test_waiting_for_a_timer_itself_again_and_again_is_told() -> None:
    assert [each.code for each in check(model("catch t timer=R3/P1D\nstart -> t -> end"))] == ["bad-repeat"]
    assert check(model("catch t timer=R1/P1D\nstart -> t -> end")) == []


def test_the_longest_way_begins_at_the_last_time() -> None:
    process = model(DAILY.format("R3/P2WD").replace("start ->", "user remind clock=P1WD\nuser a clock=P4WD\nstart ->"))
    assert longest_path(process).days == 7
    assert shortest_path(process).days == 3


def test_a_case_that_moves_is_reminded_for_the_rest_of_the_times() -> None:
    case = drawn("R3/P1D")
    case.hear(TimerFired("daily"))
    rest = migrate(case.model, model(DAILY.format("R5/P2D")), case.state, {}, NOW)
    assert rest.state.fired == ("daily*1",)
    assert [(each.key, each.definition) for each in rest.effects] == [("daily*2", "P2D")]  # type: ignore[union-attr]
    enough = migrate(case.model, model(DAILY.format("P1D")), case.state, {}, NOW)
    assert (enough.state.fired, enough.effects) == (("daily",), (CancelTimer("daily*2"),))
    gone = migrate(case.model, model("start -> a -> end"), case.state, {}, NOW, declared={"remind": None})
    assert gone.effects[-1] == CancelTimer("daily*2")
