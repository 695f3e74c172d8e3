"""What each kind of node does when a token comes to it, and which way the token leaves."""

from collections.abc import Callable, Mapping

from zhengtong.engines.process import ad_hoc, catch, loops
from zhengtong.engines.process.events import (
    AskDecision,
    CallProcedure,
    OpenTask,
    RunService,
    SendMessage,
    SendSignal,
)
from zhengtong.engines.process.game import Game, Stage
from zhengtong.engines.process.joins import arrive, ways_out
from zhengtong.engines.process.model import Node


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
    ways = ways_out(game, node, scope, loops.context(game, scope))
    for flow in ways:
        game.arrive(flow, scope)
    if node.outgoing and not ways:
        game.park(node, scope, 0, "out", "no-way-out")
        return
    if not node.loop:
        game.remember(node, scope)
    if not node.outgoing and node.parent and game.model.nodes[node.parent].kind == "adHocSubProcess":
        ad_hoc.step_done(game, node, scope)


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
    if node.undoing:
        _throw(game, node, scope)
        return
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
    elif node.undoing:
        game.wait(node, scope)  # and goes on when nothing is left to be undone: undo.py
    elif trigger.kind == "escalation":
        catch.escalation(game, trigger.name, scope)


def _sub_process(game: Game, node: Node, scope: str, turn: int) -> None:
    token = game.wait(node, scope, turn)
    for start in game.model.routes.starts.get(node.id, ()):
        if start.kind == "startEvent":
            game.go_out(start, token.key)
        elif node.kind != "adHocSubProcess":
            game.go_in(start, token.key)
    if node.kind == "adHocSubProcess":
        ad_hoc.begin(game, node, token.key)
    game.start_timers(token)


def _end(game: Game, node: Node, scope: str, turn: int) -> None:
    if node.end and node.end.outcome:
        game.outcome = node.end.outcome
    game.ended_at = node.id
    kind = node.trigger.kind if node.trigger else ""
    if kind in ("terminate", "cancel"):
        game.cancel_inside(scope, forget=kind == "terminate")
    if kind == "terminate":
        return
    if kind == "error" and node.trigger:
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
    "complexGateway": _pass,
    "scriptTask": _script,
    "sendTask": _send,
    "intermediateThrowEvent": _send,
    "subProcess": _sub_process,
    "transaction": _sub_process,
    "adHocSubProcess": _sub_process,
    "endEvent": _end,
}
KINDS = frozenset(_BEHAVIOUR)
"""The kinds of nodes that can be run."""
STAGES: Mapping[Stage, Callable[[Game, Node, str, int, str], None]] = {"arrive": arrive, "in": go_in, "out": go_out}
