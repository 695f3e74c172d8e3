"""Where ways meet and part: parallel, inclusive and complex joins, and which ways out are open."""

from collections.abc import Mapping
from itertools import islice

from zhengtong.engines.process import loops
from zhengtong.engines.process.game import Game, Unanswered
from zhengtong.engines.process.model import PASSED, Node

JOINS = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway"})


def arrive(game: Game, node: Node, scope: str, _turn: int, flow: str) -> None:
    """A token comes along a flow; at a join it waits for the others."""
    if node.kind in JOINS and len(node.incoming) > 1:
        game.joined.append((flow, scope))
        if node.kind == "parallelGateway":
            _join(game, node, scope, node.incoming)
        elif node.kind == "complexGateway":
            _activate(game, node, scope)
    else:
        game.go_in(node, scope)


def at_rest(game: Game) -> bool:
    """Let one inclusive or complex join go on, now that everything else waits; False where none can."""
    for flow, scope in game.joined:
        node = game.meeting(flow)
        if node.kind == "inclusiveGateway" and _inclusive(game, node, scope):
            return True
        if node.kind == "complexGateway" and (_activate(game, node, scope) or _reset(game, node, scope)):
            return True
    return False


def gather(game: Game) -> None:
    """Let those parallel joins go on that have all they wait for: in a new version of a process some wait for less."""
    for flow, scope in tuple(game.joined):
        if (flow, scope) in game.joined and game.meeting(flow).kind == "parallelGateway":
            node = game.meeting(flow)
            _join(game, node, scope, node.incoming)


def ways_out(game: Game, node: Node, scope: str, context: Mapping[str, object]) -> tuple[str, ...]:
    """The flows along which a token leaves."""
    if node.kind == "parallelGateway":
        return node.outgoing
    is_open = (flow for flow in node.outgoing if flow != node.default and _holds(game, flow, context))
    ways = tuple(is_open if node.kind != "exclusiveGateway" else islice(is_open, 1))
    return ways or ((node.default,) if node.default else ())


def _holds(game: Game, flow: str, context: Mapping[str, object]) -> bool:
    condition = game.model.flows[flow].condition
    return not condition or game.holds(condition, context)


def _join(game: Game, node: Node, scope: str, flows: tuple[str, ...]) -> None:
    if all((flow, scope) in game.joined for flow in flows):
        _take(game, flows, scope)
        game.go_out(node, scope)


def _take(game: Game, flows: tuple[str, ...], scope: str) -> None:
    for flow in flows:
        game.joined.remove((flow, scope))


def _came(game: Game, node: Node, scope: str, mark: str = "") -> tuple[str, ...]:
    return tuple(each for each in node.incoming if (mark + each, scope) in game.joined)


def _inclusive(game: Game, node: Node, scope: str) -> bool:
    """It goes on when no further token can come (BPMN 2.0.2, 13.4.3)."""
    came = _came(game, node, scope)
    if not came or _more_may_come(game, node, scope, came):
        return False
    _join(game, node, scope, came)
    return True


def _more_may_come(game: Game, node: Node, scope: str, full: tuple[str, ...]) -> bool:
    upstream = game.model.routes.upstream
    at = {token.node for token in game.tokens.values() if token.scope == scope}
    at |= {game.meeting(flow).id for flow, where in game.joined if where == scope} - {node.id}
    awaited = frozenset().union(*(upstream(flow, node.id) for flow in node.incoming if flow not in full))
    arrived = frozenset().union(*(upstream(flow, node.id) for flow in full))
    return not at.isdisjoint(awaited - arrived)


def _activate(game: Game, node: Node, scope: str) -> bool:
    """A complex join goes on when its condition holds, and then passes over what still comes (13.4.5)."""
    came = _came(game, node, scope)
    if not came or _came(game, node, scope, PASSED):
        return False
    context = {**loops.context(game, scope), "activationCount": len(came), "waitingForStart": True}
    try:
        if not game.holds(node.activation, context):
            return False
        ways = ways_out(game, node, scope, context)
    except Unanswered:
        return False
    _take(game, came, scope)
    game.joined.extend((PASSED + flow, scope) for flow in came)
    for flow in ways:
        game.arrive(flow, scope)
    if node.outgoing and not ways:
        game.park(node, scope, 0, "out", "no-way-out")
    return True


def _reset(game: Game, node: Node, scope: str) -> bool:
    """When nothing more can come it may be activated again; ways whose condition asks for that are taken now."""
    passed = _came(game, node, scope, PASSED)
    late = tuple(flow for flow in _came(game, node, scope) if flow not in passed)
    if not passed or _more_may_come(game, node, scope, passed + late):
        return False
    _take(game, tuple(PASSED + flow for flow in passed) + late, scope)
    context = {**loops.context(game, scope), "activationCount": len(passed + late), "waitingForStart": False}
    for flow in node.outgoing:
        if "waitingForStart" in game.model.flows[flow].condition and _holds(game, flow, context):
            game.arrive(flow, scope)
    return True
