"""What each kind of node does when a token comes to it, and which way the token leaves."""

from collections.abc import Callable, Mapping
from itertools import islice

from zhengtong.engines.process import catch, loops
from zhengtong.engines.process.events import (
    AskDecision,
    CallProcedure,
    OpenTask,
    RunService,
    SendMessage,
    SendSignal,
)
from zhengtong.engines.process.game import Game, Stage
from zhengtong.engines.process.model import Node

JOINS = frozenset({"parallelGateway", "inclusiveGateway"})


def arrive(game: Game, node: Node, scope: str, _turn: int, flow: str) -> None:
    """A token comes along a flow; at a join it waits for the others."""
    if node.kind in JOINS and len(node.incoming) > 1:
        game.joined.append((flow, scope))
        if node.kind == "parallelGateway":
            _join(game, node, scope, node.incoming)
    else:
        game.go_in(node, scope)


def _join(game: Game, node: Node, scope: str, flows: tuple[str, ...]) -> None:
    if all((flow, scope) in game.joined for flow in flows):
        for flow in flows:
            game.joined.remove((flow, scope))
        game.go_out(node, scope)


def join_inclusive(game: Game) -> bool:
    """Let one inclusive join go on that no further token can reach (BPMN 13.4.3, by its upstream tokens)."""
    for flow, scope in game.joined:
        node = game.model.target(flow)
        if node.kind == "inclusiveGateway":
            full = tuple(each for each in node.incoming if (each, scope) in game.joined)
            if not _more_may_come(game, node, scope, full):
                _join(game, node, scope, full)
                return True
    return False


def _more_may_come(game: Game, node: Node, scope: str, full: tuple[str, ...]) -> bool:
    upstream = game.model.routes.upstream
    at = {token.node for token in game.tokens.values() if token.scope == scope}
    at |= {game.model.target(flow).id for flow, where in game.joined if where == scope} - {node.id}
    awaited = frozenset().union(*(upstream(flow, node.id) for flow in node.incoming if flow not in full))
    arrived = frozenset().union(*(upstream(flow, node.id) for flow in full))
    return not at.isdisjoint(awaited - arrived)


def go_in(game: Game, node: Node, scope: str, turn: int, _flow: str) -> None:
    """A token begins the work of a node."""
    if node.loop and not turn:
        loops.begin(game, node, scope)
    else:
        _BEHAVIOUR.get(node.kind, _not_executable)(game, node, scope, turn)


def go_out(game: Game, node: Node, scope: str, turn: int, _flow: str) -> None:
    """A token has done the work of a node: it takes every way that is open to it."""
    if turn:
        loops.instance_done(game, node, scope, turn)
        return
    ways = _ways(game, node, scope)
    for flow in ways:
        game.arrive(flow, scope)
    if node.outgoing and not ways:
        game.park(node, scope, 0, "out", "no-way-out")


def _ways(game: Game, node: Node, scope: str) -> tuple[str, ...]:
    if node.kind == "parallelGateway":
        return node.outgoing
    context = loops.context(game, scope)
    is_open = (flow for flow in node.outgoing if flow != node.default and _holds(game, flow, context))
    ways = tuple(is_open if node.kind != "exclusiveGateway" else islice(is_open, 1))
    return ways or ((node.default,) if node.default else ())


def _holds(game: Game, flow: str, context: Mapping[str, object]) -> bool:
    condition = game.model.flows[flow].condition
    return not condition or game.holds(condition, context)


def _pass(game: Game, node: Node, scope: str, turn: int) -> None:
    game.go_out(node, scope, turn)


def _not_executable(game: Game, node: Node, scope: str, turn: int) -> None:
    game.park(node, scope, turn, "in", "not-executable", node.kind)


def _open_task(game: Game, node: Node, scope: str, turn: int) -> None:
    token = game.wait(node, scope, turn)
    game.effects.append(OpenTask(token.key, node.id, turn))
    game.start_timers(token)


def _run_service(game: Game, node: Node, scope: str, turn: int) -> None:
    token = game.wait(node, scope, turn)
    game.effects.append(RunService(token.key, node.id, node.service.name if node.service else ""))
    game.start_timers(token)


def _ask_decision(game: Game, node: Node, scope: str, turn: int) -> None:
    token = game.wait(node, scope, turn)
    game.effects.append(AskDecision(token.key, node.id, node.decision.ref if node.decision else ""))
    game.start_timers(token)


def _call(game: Game, node: Node, scope: str, turn: int) -> None:
    when = node.call.when if node.call else ""
    if when and not game.holds(when, loops.context(game, scope, node, turn)):
        game.go_out(node, scope, turn)
        return
    token = game.wait(node, scope, turn)
    game.effects.append(CallProcedure(token.key, node.id, node.call.procedure if node.call else ""))
    game.start_timers(token)


def _listen(game: Game, node: Node, scope: str, turn: int) -> None:
    if node.trigger and node.trigger.kind == "link":
        game.go_out(node, scope, turn)
        return
    game.start_timers(game.wait(node, scope, turn))


def _script(game: Game, node: Node, scope: str, turn: int) -> None:
    value = game.value(node.script, loops.context(game, scope, node, turn))
    if node.result:
        game.learn({node.result: value})
    game.go_out(node, scope, turn)


def _send(game: Game, node: Node, scope: str, turn: int) -> None:
    game.go_out(node, scope, turn)  # first, so that whoever catches and interrupts takes this token away too
    _throw(game, node, scope)


def _throw(game: Game, node: Node, scope: str) -> None:
    trigger = node.trigger
    if trigger is None:
        return
    if trigger.kind == "message":
        game.effects.append(SendMessage(node.id, trigger.name))
    elif trigger.kind == "signal":
        game.effects.append(SendSignal(node.id, trigger.name))
        catch.signal(game, trigger.name)
    elif trigger.kind == "escalation":
        catch.escalation(game, trigger.name, scope)


def _sub_process(game: Game, node: Node, scope: str, turn: int) -> None:
    token = game.wait(node, scope, turn)
    for start in game.model.routes.starts.get(node.id, ()):
        if start.kind == "startEvent":
            game.go_out(start, token.key)
        else:
            game.go_in(start, token.key)
    game.start_timers(token)


def _end(game: Game, node: Node, scope: str, turn: int) -> None:
    if node.end and node.end.outcome:
        game.outcome = node.end.outcome
    game.ended_at = node.id
    kind = node.trigger.kind if node.trigger else ""
    if kind == "terminate":
        game.cancel_inside(scope)
    elif kind == "error" and node.trigger:
        if not catch.error(game, node.trigger.name, scope):
            game.park(node, scope, turn, "out", "uncaught", node.trigger.name)
    else:
        _throw(game, node, scope)


_BEHAVIOUR: Mapping[str, Callable[[Game, Node, str, int], None]] = {
    "startEvent": _pass,
    "boundaryEvent": _pass,
    "task": _pass,
    "exclusiveGateway": _pass,
    "parallelGateway": _pass,
    "inclusiveGateway": _pass,
    "userTask": _open_task,
    "manualTask": _open_task,
    "serviceTask": _run_service,
    "businessRuleTask": _ask_decision,
    "callActivity": _call,
    "receiveTask": _listen,
    "intermediateCatchEvent": _listen,
    "eventBasedGateway": _listen,
    "scriptTask": _script,
    "sendTask": _send,
    "intermediateThrowEvent": _send,
    "subProcess": _sub_process,
    "endEvent": _end,
}
KINDS = frozenset(_BEHAVIOUR)
"""The kinds of nodes that can be run."""
STAGES: Mapping[Stage, Callable[[Game, Node, str, int, str], None]] = {"arrive": arrive, "in": go_in, "out": go_out}
