"""A process runs as a pure function: what was, and what happened, give what is, and what is to be done."""

from collections.abc import Callable, Mapping
from datetime import datetime

from zhengtong.common.text import text
from zhengtong.engines.process import catch, undo
from zhengtong.engines.process.events import (
    CallEnded,
    Cancelled,
    DecisionAnswered,
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
from zhengtong.engines.process.joins import at_rest
from zhengtong.engines.process.memory import Signature, Step
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.nodes import STAGES
from zhengtong.engines.process.state import State, split

NEW = State()


def start(model: Model, facts: Mapping[str, object], now: datetime, *, ask: Ask = evaluate, at: str = "") -> Step:
    """Begin a case: its first state, and what is to be done.

    `at` names a start event where there are several. `now` is not looked at by the engine: when a timer fires is
    worked out by whoever carries out `StartTimer`. Raises ProcessFault where the process has no such start.
    """
    known = model.memory.recall(NEW, ("start", at), ask, facts, {})
    if known:
        return known
    starts = [model.nodes[at]] if at in model.nodes else [] if at else model.routes.starts.get("", ())
    if not starts:
        raise ProcessFault(text("流程没有开始事件。", "the process has no start"), model.line)
    game = Game(model, NEW, facts, ask)
    game.start_timers(ROOT)
    for node in starts:
        if node.kind == "startEvent":
            game.go_out(node, "")
        else:
            game.go_in(node, "")
    return settle(game, NEW, ("start", at))


def advance(
    model: Model, state: State, event: Event, now: datetime, facts: Mapping[str, object], *, ask: Ask = evaluate
) -> Step:
    """What follows from `event`; an event that nobody waits for changes nothing and asks for nothing.

    `facts` are those of the case before the event; what the event brings is added, and told by `KeepFacts`. Never
    raises on an event: a token that cannot go on stays where it is, and an `Incident` says so.
    """
    if state.is_over:
        return state, ()
    brought, signature = _brought(model, event)
    known = model.memory.recall(state, signature, ask, facts, brought) if signature else None
    if known:
        return known
    game = Game(model, state, facts, ask)
    if not _HANDLERS[type(event)](game, event):
        return state, ()
    game.learn(brought)
    return settle(game, state, signature)


def _brought(model: Model, event: Event) -> tuple[Mapping[str, object], Signature]:
    """The facts that an event brings, and what it is but for their values; an event too rare to remember is nothing."""
    match event:
        case TaskDone(key, outputs):
            return outputs, (TaskDone, key, bool(outputs))
        case TimerFired(key):
            return {}, (TimerFired, key)
        case DecisionAnswered(key, value):
            node = model.nodes.get(split(key)[0])
            into = node.decision.into if node and node.decision else ""
            return {into: value} if into else {}, (DecisionAnswered, key)
        case CallEnded(key, outcome):
            node = model.nodes.get(split(key)[0])
            into = node.call.into if node and node.call else ""
            return {into: outcome} if into else {}, (CallEnded, key)
        case MessageArrived(_, facts):
            return facts, ()
    return {}, ()


def settle(game: Game, before: State, signature: Signature) -> Step:
    """Play until every token waits; what has a signature is remembered."""
    while True:
        game.play(STAGES)
        if not (at_rest(game) or _close_scope(game) or catch.a_condition(game)):
            break
    _report_dead_locks(game)
    state = game.state()
    if state.is_over:
        game.stop_listening(ROOT)
        game.effects.append(Ended(game.ended_at, state.outcome))
    step = game.state(), tuple(game.effects)
    if signature and game.answers is not None:
        game.model.memory.remember(before, signature, game.answers, step)
    return step


def _close_scope(game: Game) -> bool:
    """Let one sub-process go on in which nothing is left to do."""
    for token in reversed(game.tokens.values()):
        if game.is_scope(token) and not game.is_busy(token.key):
            if game.model.nodes[token.node].undoing:
                undo.go_on(game, token)
                return True
            game.lift(token)
            game.drop(token)
            game.go_out(game.model.nodes[token.node], token.scope, token.turn)
            return True
    return False


def _report_dead_locks(game: Game) -> None:
    waiting = {token.scope for token in game.tokens.values()}
    for flow, scope in game.joined:
        if scope not in waiting and scope in game.touched:
            node = game.meeting(flow)
            game.effects.append(Incident(node.id, node.id, "dead-lock"))
            game.touched.discard(scope)


def _finish(game: Game, key: str, kinds: frozenset[str]) -> bool:
    """Let the token that waits under `key` at a node of one of `kinds` go on; False where there is none."""
    token = game.tokens.get(key)
    if token is None or token.stuck:
        return False
    node = game.model.nodes[token.node]
    if node.kind not in kinds or (node.loop and not token.turn):
        return False
    game.drop(token)
    game.go_out(node, token.scope, token.turn)
    return True


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


_TASKS = frozenset({"userTask", "manualTask", "serviceTask"})
_HANDLERS: Mapping[type, Callable[..., bool]] = {
    TaskDone: lambda game, event: _finish(game, event.key, _TASKS),
    DecisionAnswered: lambda game, event: _finish(game, event.key, frozenset({"businessRuleTask"})),
    CallEnded: lambda game, event: _finish(game, event.key, frozenset({"callActivity"})),
    TimerFired: lambda game, event: catch.timer(game, event.key),
    MessageArrived: lambda game, event: catch.message(game, event.name),
    SignalSent: lambda game, event: catch.signal(game, event.name),
    FactsChanged: lambda game, _event: True,
    Failed: _failed,
    Retried: _retried,
    Cancelled: _cancelled,
}
