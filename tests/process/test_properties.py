"""Whatever block-structured process, whatever order of events: a case comes to its end, nothing is done twice."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.process.drawings import NOW, ask, model
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


class Builder:
    """Writes random blocks as lines of a drawing."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.count = 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def block(self, tree: tuple[object, ...]) -> tuple[str, str]:
        """Write a block; its first and its last node."""
        kind, *parts = tree
        if kind in ("a", "service"):
            name = self.name(str(kind))
            if kind == "service":
                self.lines.append(f"service {name}")
            return name, name
        if kind == "timed":
            return self._timed()
        blocks = [self.block(part) for part in parts]  # type: ignore[arg-type]
        if kind == "sequence":
            for (_, last), (first, _) in pairwise(blocks):
                self.lines.append(f"{last} -> {first}")
            return blocks[0][0], blocks[-1][1]
        return self._loop(blocks[0]) if kind == "loop" else self._branches(str(kind), blocks)

    def _timed(self) -> tuple[str, str]:
        task, timer, merge = self.name("t"), self.name("b"), self.name("xor")
        self.lines += [f"boundary {timer} on={task} timer=P5WD", f"{task} -> {merge}", f"{timer} -> {merge}"]
        return task, merge

    def _loop(self, body: tuple[str, str]) -> tuple[str, str]:
        merge, choice, after = self.name("xor"), self.name("xor"), self.name("xor")
        self.lines += [f"{merge} -> {body[0]}", f"{body[1]} -> {choice}"]
        self.lines += [f"{choice} -> {merge} : again = {self.count}", f"{choice} => {after}"]
        return merge, after

    def _branches(self, kind: str, blocks: list[tuple[str, str]]) -> tuple[str, str]:
        split, join = self.name(kind), self.name(kind)
        for index, (first, last) in enumerate(blocks):
            is_default = kind != "and" and index == len(blocks) - 1
            condition = "" if kind == "and" or is_default else f" : pick = {index}"
            self.lines += [f"{split} {'=>' if is_default else '->'} {first}{condition}", f"{last} -> {join}"]
        return split, join


LEAF = st.sampled_from([("a",), ("service",), ("timed",)])
TREES = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["sequence", "and", "xor", "or"]), inner, inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner, inner),
        st.tuples(st.just("loop"), inner),
    ),
    max_leaves=8,
)


def drawn(tree: tuple[object, ...]) -> Model:
    builder = Builder()
    first, last = builder.block(tree)
    return model("\n".join([*builder.lines, f"start -> {first}", f"{last} -> end"]))


def events_for(state: State, model: Model, timers: set[str]) -> list[Event]:
    found: list[Event] = [TimerFired(key) for key in sorted(timers)]
    for key, node in state.waiting:
        kind = model.nodes[node].kind
        found.append(DecisionAnswered(key, 1) if kind == "businessRuleTask" else TaskDone(key))
    return found


@settings(max_examples=150, deadline=None)
@given(tree=TREES, data=st.data())
def test_a_block_structured_process_always_comes_to_its_end(tree: tuple[object, ...], data: st.DataObject) -> None:
    process = drawn(tree)
    assert verdict(check(process)) == "sound"
    facts: dict[str, object] = {"pick": data.draw(st.integers(0, 2)), "again": data.draw(st.integers(0, 12))}
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


@settings(max_examples=40, deadline=None)
@given(tree=TREES)
def test_any_process_can_be_drawn(tree: tuple[object, ...]) -> None:
    assert draw(drawn(tree), "en").startswith("<svg")


KEYS = st.sampled_from(["a_1", "t_1", "b_2", "xor_3", "a_1#2", "start", "", "end", "?", "a_1/a_2!in", "~"])


@settings(max_examples=100, deadline=None)
@given(tree=TREES, keys=st.lists(KEYS, max_size=10))
def test_no_event_makes_it_raise(tree: tuple[object, ...], keys: list[str]) -> None:
    process = drawn(tree)
    state, _ = start(process, {}, NOW, ask=ask)
    for key in keys:
        for event in (TaskDone(key), TimerFired(key), DecisionAnswered(key, None)):
            state, _ = advance(process, state, event, NOW, {}, ask=ask)
