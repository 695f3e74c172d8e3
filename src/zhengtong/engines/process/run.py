"""A process runs as a pure function: what was, and what happened, give what is, and what is to be done."""

from collections.abc import Callable, Mapping
from datetime import datetime

from zhengtong.common.text import text
from zhengtong.engines.process import catch
from zhengtong.engines.process.events import (
    CallEnded,
    Cancelled,
    DecisionAnswered,
    Effect,
    Ended,
    Event,
    FactsChanged,
    Failed,
    Incident,
    MessageArrived,
    Retried,
    SignalSent,
    TaskDone,
    TimerFired,
)
from zhengtong.engines.process.expressions import Ask, evaluate
from zhengtong.engines.process.faults import ProcessFault
from zhengtong.engines.process.game import ROOT, Game
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.nodes import STAGES, join_inclusive
from zhengtong.engines.process.state import State, Token

Step = tuple[State, tuple[Effect, ...]]


def start(model: Model, facts: Mapping[str, object], now: datetime, *, ask: Ask = evaluate, at: str = "") -> Step:
    """Begin a case: its first state, and what is to be done.

    `at` names a start event where there are several. `now` is not looked at by the engine: when a timer fires is
    worked out by whoever carries out `StartTimer`. Raises ProcessFault where the process has no such start.
    """
    game = Game(model, State(), facts, ask)
    starts = [model.nodes[at]] if at in model.nodes else [] if at else model.routes.starts.get("", ())
    if not starts:
        raise ProcessFault(text("流程没有开始事件。", "the process has no start"), model.line)
    game.start_timers(ROOT)
    for node in starts:
        if node.kind == "startEvent":
            game.go_out(node, "")
        else:
            game.go_in(node, "")
    return _settle(game)


def advance(
    model: Model, state: State, event: Event, now: datetime, facts: Mapping[str, object], *, ask: Ask = evaluate
) -> Step:
    """What follows from `event`; an event that nobody waits for changes nothing and asks for nothing.

    `facts` are those of the case before the event; what the event brings is added, and told by `KeepFacts`. Never
    raises on an event: a token that cannot go on stays where it is, and an `Incident` says so.
    """
    if state.is_over:
        return state, ()
    game = Game(model, state, facts, ask)
    if not _HANDLERS[type(event)](game, event):
        return state, ()
    return _settle(game)


def _settle(game: Game) -> Step:
    """Play until every token waits."""
    while True:
        game.play(STAGES)
        if not (_close_scope(game) or join_inclusive(game) or catch.a_condition(game)):
            break
    _report_dead_locks(game)
    state = game.state()
    if state.is_over:
        game.stop_listening(ROOT)
        game.effects.append(Ended(game.ended_at, state.outcome))
    return game.state(), tuple(game.effects)


def _close_scope(game: Game) -> bool:
    """Let one sub-process go on in which nothing is left to do."""
    for token in reversed(game.tokens.values()):
        if game.is_scope(token) and not game.is_busy(token.key):
            game.drop(token)
            game.go_out(game.model.nodes[token.node], token.scope, token.turn)
            return True
    return False


def _report_dead_locks(game: Game) -> None:
    waiting = {token.scope for token in game.tokens.values()}
    for flow, scope in game.joined:
        if scope not in waiting and scope in game.touched:
            node = game.model.target(flow)
            game.effects.append(Incident(node.id, node.id, "dead-lock"))
            game.touched.discard(scope)


def _finish(game: Game, key: str, kinds: frozenset[str]) -> Token | None:
    """Take away the token that waits under `key` at a node of one of `kinds`, if there is one."""
    token = game.tokens.get(key)
    if token is None or token.stuck:
        return None
    node = game.model.nodes[token.node]
    if node.kind not in kinds or (node.loop and not token.turn):
        return None
    game.drop(token)
    game.go_out(node, token.scope, token.turn)
    return token


def _task_done(game: Game, event: TaskDone) -> bool:
    found = _finish(game, event.key, frozenset({"userTask", "manualTask", "serviceTask"}))
    game.learn(event.outputs if found else {})
    return found is not None


def _decision_answered(game: Game, event: DecisionAnswered) -> bool:
    found = _finish(game, event.key, frozenset({"businessRuleTask"}))
    decision = game.model.nodes[found.node].decision if found else None
    game.learn({decision.into: event.value} if decision and decision.into else {})
    return found is not None


def _call_ended(game: Game, event: CallEnded) -> bool:
    found = _finish(game, event.key, frozenset({"callActivity"}))
    call = game.model.nodes[found.node].call if found else None
    game.learn({call.into: event.outcome} if call and call.into else {})
    return found is not None


def _message(game: Game, event: MessageArrived) -> bool:
    heard = catch.message(game, event.name)
    game.learn(event.facts if heard else {})
    return heard


def _failed(game: Game, event: Failed) -> bool:
    token = game.tokens.get(event.key)
    if token is None or token.stuck:
        return False
    if not catch.error(game, event.code, token.scope, token):
        game.cancel(token)
        game.park(game.model.nodes[token.node], token.scope, token.turn, "in", "uncaught", event.code)
    return True


def _retried(game: Game, event: Retried) -> bool:
    token = game.tokens.get(event.key)
    if token is None or not token.stuck:
        return False
    game.drop(token)
    go = game.go_out if token.stuck == "out" else game.go_in
    go(game.model.nodes[token.node], token.scope, token.turn)
    return True


def _cancelled(game: Game, event: Cancelled) -> bool:
    game.cancel_inside("")
    game.outcome = event.reason
    return True


_HANDLERS: Mapping[type, Callable[..., bool]] = {
    TaskDone: _task_done,
    TimerFired: lambda game, event: catch.timer(game, event.key),
    MessageArrived: _message,
    SignalSent: lambda game, event: catch.signal(game, event.name),
    DecisionAnswered: _decision_answered,
    CallEnded: _call_ended,
    Failed: _failed,
    FactsChanged: lambda game, _event: True,
    Retried: _retried,
    Cancelled: _cancelled,
}
