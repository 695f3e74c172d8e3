"""The engine does what the plain token game does, whatever is drawn and in whatever order things happen."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.process.blocks import WITH_REMINDERS, drawn
from tests.process.drawings import Case, ask, model
from tests.process.plain import Plain
from zhengtong.engines.process import Model, TaskDone, TimerFired
from zhengtong.engines.process.state import split

HARD = {
    "an inclusive join in a loop": """
        start -> xor1 -> or1
        or1 -> user_a : pick = 0
        or1 -> user_b : pick != 2
        or1 => user_c
        user_a -> or2
        user_b -> xor2
        xor2 -> user_b : again = 1
        xor2 => or2
        user_c -> or2
        or2 -> xor3
        xor3 -> xor1 : again = 2
        xor3 => end
    """,
    "an inclusive join that closes a loop around itself": """
        start -> or1
        or1 -> user_a : pick = 0
        or1 => user_b
        user_a -> or2
        user_b -> or2
        or2 -> user_c -> xor1
        xor1 -> user_a : again = 1
        xor1 => end
    """,
    "two inclusive joins that look at each other": """
        start -> and1
        and1 -> user_a -> or1
        and1 -> user_b -> xor2
        xor2 -> or1 : pick = 0
        xor2 => or2
        or1 -> user_c -> or2
        or2 -> user_d -> end
    """,
    "several instances that are cancelled": """
        user many each=3 until=numberOfCompletedInstances >= 2
        boundary late on=many timer=P5WD
        start -> and1
        and1 -> many -> and2
        and1 -> user_a -> and2
        late -> and2
        and2 -> end
    """,
    "several timers at the same moment": """
        boundary one on=user_a timer=P5WD
        boundary two on=user_a timer=P5WD
        boundary three on=user_a timer=P5WD interrupting=no
        start -> user_a -> end
        one -> user_b -> end
        two -> user_c -> end
        three -> user_d -> end
    """,
    "timers of a sub-process and of the task in it at the same moment": """
        sub s
        start s1 in=s
        user user_a in=s
        user user_b in=s
        end e1 in=s
        boundary inner in=s on=user_a timer=P5WD
        boundary outer on=s timer=P5WD
        s1 -> user_a -> e1
        inner -> user_b -> e1
        start -> s -> end
        outer -> user_c -> end
    """,
    "a choice between ways that are open together": """
        start -> xor1
        xor1 -> user_a : pick != 1
        xor1 -> user_b : pick != 2
        xor1 => user_c
        user_a -> end
        user_b -> end
        user_c -> end
    """,
    "a step that is left on several ways at once": """
        start -> user_a
        user_a -> user_b : pick != 1
        user_a -> user_c
        user_b -> or1
        user_c -> or1
        or1 -> user_d -> end
    """,
    "a branch that ends before the join": """
        start -> or1
        or1 -> user_a : pick != 5
        or1 -> user_b : pick != 5
        user_a -> or2
        user_b -> xor1
        xor1 -> end_b : again = 1
        xor1 => or2
        or2 -> user_c -> end
    """,
    "an end that terminates beside others": """
        end stop ends=terminate
        start -> and1
        and1 -> user_a -> xor1
        xor1 -> stop : pick = 1
        xor1 => end
        and1 -> user_b -> user_c -> end
    """,
}


def compared(process: Model, pick: int, agains: list[int], choices: list[int]) -> None:
    """Let both hear the same, and look at what is open after each event."""
    case = Case(process, pick=pick, again=agains[0])
    plain = Plain(process, dict(case.facts), ask)
    timers = running_timers(case, set())
    for step, choice in enumerate(choices):
        assert open_tasks(case) == plain.open, step
        assert {split(key)[0] for key in timers} == plain.timers, step
        assert case.state.is_over == plain.is_over, step
        tasks = [key for key, node in case.state.waiting if process.nodes[node].kind in ("userTask", "serviceTask")]
        possible = [("task", key) for key in tasks] + [("timer", key) for key in sorted(timers)]
        if not possible:
            break
        kind, key = possible[choice % len(possible)]
        case.facts["again"] = plain.facts["again"] = agains[step % len(agains)]
        node = split(key)[0]
        oldest = min((other for _, other in possible if split(other)[0] == node), key=lambda other: split(other)[1])
        if kind == "task":
            case.hear(TaskDone(oldest))
            plain.finish(node)
        else:
            case.hear(TimerFired(oldest))
            plain.fire(node)
        timers = running_timers(case, timers - {oldest})
    assert open_tasks(case) == plain.open


def open_tasks(case: Case) -> Counter[str]:
    tasks = (node for _, node in case.state.waiting if case.model.nodes[node].kind in ("userTask", "serviceTask"))
    return Counter(tasks)


def running_timers(case: Case, timers: set[str]) -> set[str]:
    for effect in case.effects:
        if type(effect).__name__ == "StartTimer":
            timers = timers | {effect.key}  # type: ignore[union-attr]
        elif type(effect).__name__ == "CancelTimer":
            timers = timers - {effect.key}  # type: ignore[union-attr]
    return timers


CHOICES = st.lists(st.integers(0, 11), min_size=1, max_size=40)
AGAINS = st.lists(st.integers(0, 30), min_size=1, max_size=6)


@settings(max_examples=300)
@given(tree=WITH_REMINDERS, pick=st.integers(0, 2), agains=AGAINS, choices=CHOICES)
def test_random_blocks(tree: tuple[object, ...], pick: int, agains: list[int], choices: list[int]) -> None:
    compared(drawn(tree), pick, agains, choices)


@pytest.mark.parametrize("name", HARD)
@settings(max_examples=60)
@given(pick=st.integers(0, 2), agains=st.lists(st.integers(0, 2), min_size=1, max_size=6), choices=CHOICES)
def test_what_is_hard(name: str, pick: int, agains: list[int], choices: list[int]) -> None:
    compared(model(HARD[name]), pick, agains, choices)
