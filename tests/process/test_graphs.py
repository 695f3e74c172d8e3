"""Random drawings without any structure: what is proved sound never gets stuck, and what gets stuck was told."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.process.drawings import NOW, model
from tests.process.walks import Walk
from zhengtong.engines.process import (
    CallEnded,
    Cancelled,
    DecisionAnswered,
    FactsChanged,
    Failed,
    MessageArrived,
    Retried,
    SignalSent,
    TaskDone,
    TimerFired,
    advance,
    check,
    verdict,
)

KINDS = ["user", "user", "xor", "and", "or", "end"]


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """Nodes of any kind, with ways from each to one or two others; the last way out of a choice is its default."""
    kinds = [*draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=9)), "end"]
    names = [f"{kind}_{place}" for place, kind in enumerate(kinds)]
    lines = [f"start -> {names[0]}"]
    for name, kind in zip(names, kinds, strict=True):
        if kind == "end":
            continue
        targets = draw(st.lists(st.sampled_from(names), min_size=1, max_size=1 if kind == "user" else 3, unique=True))
        for place, target in enumerate(targets):
            is_default = kind in ("xor", "or") and place == len(targets) - 1
            condition = f" : x = {place}" if kind in ("xor", "or") and not is_default else ""
            lines.append(f"{name} {'=>' if is_default else '->'} {target}{condition}")
    return "\n".join(lines)


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(drawn=graphs(), seed=st.integers(0, 1000))
def test_what_is_proved_sound_never_gets_stuck(drawn: str, seed: int) -> None:
    process = model(drawn)
    assume(verdict(check(process)) == "sound")
    for turn in range(3):
        walk = Walk(process, seed + turn).go(60)
        assert walk.incidents == set(), walk.heard
        assert walk.state.is_over or len(walk.heard) == 60


@settings(max_examples=100)
@given(drawn=graphs(), seed=st.integers(0, 1000))
def test_what_gets_stuck_was_told(drawn: str, seed: int) -> None:
    process = model(drawn)
    walk = Walk(process, seed).go(60)
    if walk.incidents:
        assert verdict(check(process)) != "sound", walk.heard


@settings(max_examples=80)
@given(drawn=graphs(), seed=st.integers(0, 1000))
def test_what_came_before_changes_nothing_when_it_comes_again(drawn: str, seed: int) -> None:
    walk = Walk(model(drawn), seed).go(20)
    for event in walk.heard:
        if not isinstance(event, Retried):
            assert advance(walk.model, walk.state, event, NOW, {}) == (walk.state, ())


@settings(max_examples=80)
@given(drawn=graphs(), seed=st.integers(0, 1000), name=st.sampled_from(["user_1", "user_0#2", "and_1", "end", "x"]))
def test_no_event_makes_it_raise(drawn: str, seed: int, name: str) -> None:
    walk = Walk(model(drawn), seed).go(5)
    for event in (
        TaskDone(name, {"x": 1}),
        TimerFired(name),
        MessageArrived(name),
        SignalSent(name),
        DecisionAnswered(name, None),
        CallEnded(name, "granted"),
        Failed(name, "code"),
        Retried(name),
        FactsChanged(),
        Cancelled("withdrawn"),
    ):
        walk.state, _ = advance(walk.model, walk.state, event, NOW, {"x": None})
    assert walk.state.is_over
