"""Inclusive joins by the letter of BPMN 2.0.2, 13.4.3: what is waited for is what can still come, and nothing else."""

from tests.process.drawings import Case, model
from zhengtong.engines.process import TaskDone, TimerFired, check


def test_it_waits_for_a_token_that_can_still_come_by_a_long_way() -> None:
    case = Case("start -> or1\nor1 -> a : x = 1\nor1 -> b : x = 1\na -> or2\nb -> c -> d -> or2\nor2 -> e -> end", x=1)
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    case.hear(TaskDone("c"))
    assert case.waits == {"d"}
    case.hear(TaskDone("d"))
    assert case.waits == {"e"}


def test_it_stops_waiting_when_the_other_branch_ends_elsewhere() -> None:
    drawn = (
        "start -> or1\nor1 -> a : x = 1\nor1 -> b : x = 1\na -> or2\nb -> xor1\n"
        "xor1 -> or2 : y = 1\nxor1 => end2\nor2 -> e -> end"
    )
    case = Case(drawn, x=1, y=2)
    case.hear(TaskDone("a"))
    assert case.waits == {"b"}
    case.hear(TaskDone("b"))
    assert case.waits == {"e"}


def test_a_branch_that_is_taken_away_is_not_waited_for() -> None:
    case = Case(
        "boundary t on=b timer=P1D\nstart -> or1\nor1 -> a : x = 1\nor1 -> b : x = 1\na -> or2\nb -> or2\n"
        "t -> end2\nor2 -> e -> end",
        x=1,
    )
    case.hear(TaskDone("a"))
    case.hear(TimerFired("t"))
    assert case.waits == {"e"}


def test_in_a_loop_it_waits_for_the_round_that_is_under_way() -> None:
    drawn = """
        start -> or1
        or1 -> a : x = 1
        or1 -> b : x = 1
        a -> or2
        b -> xor1
        xor1 -> b : again = true
        xor1 => or2
        or2 -> e -> end
    """
    case = Case(drawn, x=1, again=True)
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    assert case.waits == {"b#2"}
    case.hear(TaskDone("b#2", {"again": False}))
    assert case.waits == {"e"}


def test_a_token_that_must_pass_the_join_itself_is_not_waited_for() -> None:
    drawn = """
        start -> or1
        or1 -> a : x = 1
        or1 => b
        a -> or2
        b -> or2
        or2 -> c -> xor1
        xor1 -> a : again = true
        xor1 => end
    """
    case = Case(drawn, x=1, again=True)
    case.hear(TaskDone("a"))
    case.hear(TaskDone("c"))
    assert case.waits == {"a#2"}
    case.hear(TaskDone("a#2", {"again": False}))
    assert case.waits == {"c#2"}


def test_two_joins_that_wait_for_each_other_stand_still_and_are_found() -> None:
    drawn = """
        start -> and1
        and1 -> a -> or1
        and1 -> b -> or2
        or1 -> c -> xor1
        or2 -> d -> xor2
        xor1 -> or2 : x = 1
        xor2 -> or1 : y = 1
        xor1 => end
        xor2 => end
    """
    case = Case(drawn)
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    assert case.waits == set()
    assert not case.state.is_over
    assert "dead-lock" in {finding.code for finding in check(model(drawn))}


def test_a_token_that_can_come_to_the_full_side_as_well_is_not_waited_for() -> None:
    drawn = """
        start -> and1
        and1 -> a -> xor2
        and1 -> b -> xor1
        xor1 -> xor2 : y = 1
        xor1 => or2
        xor2 -> or2
        or2 -> e -> end
    """
    case = Case(drawn)
    case.hear(TaskDone("a"))
    assert case.waits == {"b", "e"}
