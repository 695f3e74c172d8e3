"""What is remembered of earlier rounds never changes what comes of a later one."""

from dataclasses import replace

from tests.process.drawings import NOW, Case, ask, model
from zhengtong.engines.process import Incident, KeepFacts, State, TaskDone, advance, start

DRAWN = "start -> a -> xor1\nxor1 -> b : x = 1\nxor1 -> c : x = 2\nxor1 => d\nb -> end\nc -> end\nd -> end"


def test_each_case_goes_its_own_way() -> None:
    process = model(DRAWN)
    for x, waits in ((1, "b"), (2, "c"), (3, "d"), (1, "b"), (4, "d"), (2, "c")):
        case = Case(process)
        assert case.hear(TaskDone("a", {"x": x}))[0] == KeepFacts({"x": x})
        assert case.waits == {waits}


def test_a_condition_that_fails_the_second_time_becomes_an_incident() -> None:
    process = model(DRAWN)
    Case(process).hear(TaskDone("a", {"x": 1}))

    def broken(_text: str, _facts: object) -> object:
        raise RuntimeError("no rules today")

    state, _ = start(process, {}, NOW, ask=ask)
    _, effects = advance(process, state, TaskDone("a", {"x": 1}), NOW, {}, ask=broken)
    assert [effect.code for effect in effects if isinstance(effect, Incident)] == ["unanswered"]


def test_values_of_scripts_are_worked_out_each_time() -> None:
    process = model("script s script=n outputs=seen\nstart -> a -> s -> end")
    for n in (1, 2):
        assert KeepFacts({"seen": n}) in Case(process, n=n).hear(TaskDone("a"))


def test_it_forgets_before_it_grows_too_large() -> None:
    process = model("start -> a -> xor1\nxor1 -> a : more = true\nxor1 => end")
    memory = process.memory
    for number in range(20_100):
        memory.remember(State(outcome=str(number)), ("x",), [], (State(), ()))
    assert memory.size < 20_000
    case = Case(replace(process))
    case.hear(TaskDone("a", {"more": True}))
    assert case.waits == {"a#2"}
