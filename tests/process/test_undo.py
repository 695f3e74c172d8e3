"""What has been done is undone, the last first: compensation and transactions (BPMN 2.0.2, 13.5.5 and 10.3.5)."""

import pytest

from tests.process.drawings import Case, model
from zhengtong.engines.process import CancelTask, Ended, Failed, OpenTask, TaskDone, TimerFired, check, verdict

BOOKED = """
    boundary ua on=a compensate=any
    boundary ub on=b compensate=any
    user unbook undoes=ua
    user refund undoes=ub
"""


def test_what_was_done_last_is_undone_first() -> None:
    case = Case(f"{BOOKED}throw back compensate=any\nstart -> a -> b -> back -> c -> end")
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    assert case.waits == {"refund"}
    case.hear(TaskDone("refund"))
    assert case.waits == {"unbook"}
    case.hear(TaskDone("unbook"))
    assert case.waits == {"c"}


def test_what_was_not_done_is_not_undone() -> None:
    case = Case(f"{BOOKED}end back compensate=any\nstart -> a -> xor1\nxor1 -> b : x = 1\nxor1 => back\nb -> end")
    case.hear(TaskDone("a"))
    assert case.waits == {"unbook"}
    assert case.hear(TaskDone("unbook")) == (Ended("back", ""),)


def test_one_activity_can_be_named() -> None:
    case = Case(f"{BOOKED}throw back compensate=a\nstart -> a -> b -> back -> end")
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    assert case.waits == {"unbook"}
    case.hear(TaskDone("unbook"))
    assert case.state.is_over


def test_with_nothing_to_undo_it_goes_on_at_once() -> None:
    assert Case(f"{BOOKED}throw back compensate=any\nstart -> back -> c -> end\nc -> a -> b -> end").waits == {"c"}


def test_each_time_that_it_was_done_is_undone() -> None:
    case = Case(
        "user a each=2\nboundary ua on=a compensate=any\nuser unbook undoes=ua\n"
        "throw back compensate=any\nstart -> a -> back -> end"
    )
    case.hear(TaskDone("a#2"))
    case.hear(TaskDone("a#3"))
    case.hear(TaskDone("unbook"))
    assert case.waits == {"unbook#2"}
    case.hear(TaskDone("unbook#2"))
    assert case.state.is_over


INSIDE = """
    sub s
    start s1 in=s
    user a in=s
    boundary ua in=s on=a compensate=any
    user unbook in=s undoes=ua
    end e1 in=s
    s1 -> a -> e1
    throw back compensate=any
    start -> s -> back -> c -> end
"""


def test_a_sub_process_is_undone_by_undoing_what_is_inside() -> None:
    case = Case(INSIDE)
    case.hear(TaskDone("a"))
    assert case.waits == {"unbook"}


def test_unless_it_has_a_handler_of_its_own() -> None:
    case = Case(f"{INSIDE}boundary us on=s compensate=any\nuser all undoes=us")
    case.hear(TaskDone("a"))
    assert case.waits == {"all"}
    case.hear(TaskDone("all"))
    assert case.waits == {"c"}


def test_an_event_sub_process_inside_is_such_a_handler() -> None:
    case = Case(f"{INSIDE}sub h in=s by=event\nstart hs in=h compensate=any\nuser undo_all in=h\nhs -> undo_all")
    case.hear(TaskDone("a"))
    assert case.waits == {"undo_all"}
    case.hear(TaskDone("undo_all"))
    assert case.waits == {"c"}


def test_what_was_taken_away_half_done_is_not_undone() -> None:
    case = Case(
        INSIDE.replace("s1 -> a -> e1", "user b in=s\ns1 -> a -> b -> e1") + "boundary t on=s timer=P5WD\nt -> back"
    )
    case.hear(TaskDone("a"))
    case.hear(TimerFired("t"))
    assert case.waits == {"c"}


TRANSACTION = """
    transaction s
    start s1 in=s
    and both in=s
    user a in=s
    user b in=s
    user slow in=s
    xor xor1 in=s
    boundary ua in=s on=a compensate=any
    user unbook in=s undoes=ua
    end off in=s ends=cancel
    end e1 in=s
    end e2 in=s
    s1 -> both
    both -> a -> b -> xor1
    both -> slow -> e2
    xor1 -> off : x = 1
    xor1 => e1
    boundary called_off on=s ends=cancel
    called_off -> tell -> end
    start -> s -> c -> end
"""


def test_a_transaction_that_is_cancelled_is_undone_and_left_by_its_cancel_event() -> None:
    case = Case(TRANSACTION, x=1)
    case.hear(TaskDone("a"))
    effects = case.hear(TaskDone("b"))
    assert effects == (CancelTask("slow"), OpenTask("unbook", "unbook"))
    case.hear(TaskDone("unbook"))
    assert case.waits == {"tell"}
    assert "undoable" not in case.state.to_json()


def test_a_transaction_that_is_done_goes_on() -> None:
    case = Case(TRANSACTION, x=2)
    for key in ("a", "b", "slow"):
        case.hear(TaskDone(key))
    assert case.waits == {"c"}


def test_an_error_can_be_answered_by_undoing_the_whole_case() -> None:
    drawn = f"""
        {BOOKED}
        service pay
        sub wrong by=event
        start failed in=wrong error=any
        throw back in=wrong compensate=any
        end over in=wrong
        failed -> back -> over
        start -> a -> b -> pay -> end
    """
    case = Case(drawn)
    case.hear(TaskDone("a"))
    case.hear(TaskDone("b"))
    case.hear(Failed("pay", "no-money"))
    assert case.waits == {"refund"}
    case.hear(TaskDone("refund"))
    case.hear(TaskDone("unbook"))
    assert case.state.is_over


@pytest.mark.parametrize(
    "drawn", [f"{BOOKED}throw back compensate=any\nstart -> a -> b -> back -> end", INSIDE, TRANSACTION]
)
def test_it_is_proved_like_any_process(drawn: str) -> None:
    findings = check(model(drawn))
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert verdict(findings) == "sound"
