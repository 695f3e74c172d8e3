"""Whatever block-structured process, whatever order of events: a case comes to its end, nothing is done twice."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.process.blocks import TREES, WITH_REMINDERS, drawn
from tests.process.drawings import NOW, ask
from zhengtong.engines.process import (
    CancelTask,
    DecisionAnswered,
    Ended,
    Event,
    Incident,
    Model,
    OpenTask,
    RunService,
    StartTimer,
    State,
    TaskDone,
    TimerFired,
    advance,
    check,
    draw,
    start,
    verdict,
)


def events_for(state: State, model: Model, timers: set[str]) -> list[Event]:
    found: list[Event] = [TimerFired(key) for key in sorted(timers)]
    for key, node in state.waiting:
        kind = model.nodes[node].kind
        found.append(DecisionAnswered(key, 1) if kind == "businessRuleTask" else TaskDone(key))
    return found


@settings(max_examples=150)
@given(tree=TREES, data=st.data())
def test_a_block_structured_process_always_comes_to_its_end(tree: tuple[object, ...], data: st.DataObject) -> None:
    process = drawn(tree)
    assert verdict(check(process)) == "sound"
    to_the_end(process, data)


@settings(max_examples=100)
@given(tree=WITH_REMINDERS, data=st.data())
def test_one_with_reminders_as_well(tree: tuple[object, ...], data: st.DataObject) -> None:
    process = drawn(tree)
    assert verdict(check(process)) != "unsound"
    to_the_end(process, data)


def to_the_end(process: Model, data: st.DataObject) -> None:
    """Hear what may be heard in any order, everything twice, and look at what is left."""
    facts: dict[str, object] = {"pick": data.draw(st.integers(0, 2)), "again": data.draw(st.integers(0, 30))}
    state, effects = start(process, facts, NOW, ask=ask)
    open_work: set[str] = set()
    timers: set[str] = set()
    for _ in range(500):
        assert not [effect for effect in effects if isinstance(effect, Incident)]
        open_work |= {effect.key for effect in effects if isinstance(effect, OpenTask | RunService)}
        timers |= {effect.key for effect in effects if isinstance(effect, StartTimer)}
        if state.is_over:
            break
        event = data.draw(st.sampled_from(events_for(state, process, timers)))
        without_memory = advance(replace(process), state, event, NOW, facts, ask=ask)
        before, (state, effects) = state, advance(process, State.from_json(state.to_json()), event, NOW, facts, ask=ask)
        assert without_memory == (state, effects), "the same events give the same state"
        open_work -= {effect.key for effect in effects if isinstance(effect, CancelTask)}
        open_work -= {event.key} if isinstance(event, TaskDone) else set()
        timers -= {event.key} if isinstance(event, TimerFired) else set()
        assert advance(process, state, event, NOW, facts, ask=ask) == (state, ()), "what comes twice changes nothing"
        assert before != state or not effects
        facts["again"] = 0  # so that loops are left
    assert state.is_over
    assert isinstance(effects[-1], Ended)
    assert not open_work, "nothing is left on a desk"


@settings(max_examples=40)
@given(tree=TREES)
def test_any_process_can_be_drawn(tree: tuple[object, ...]) -> None:
    assert draw(drawn(tree), "en").startswith("<svg")


KEYS = st.sampled_from(["a_1", "t_1", "b_2", "xor_3", "a_1#2", "start", "", "end", "?", "a_1/a_2!in", "~"])


@settings(max_examples=100)
@given(tree=TREES, keys=st.lists(KEYS, max_size=10))
def test_no_event_makes_it_raise(tree: tuple[object, ...], keys: list[str]) -> None:
    process = drawn(tree)
    state, _ = start(process, {}, NOW, ask=ask)
    for key in keys:
        for event in (TaskDone(key), TimerFired(key), DecisionAnswered(key, None)):
            state, _ = advance(process, state, event, NOW, {}, ask=ask)
