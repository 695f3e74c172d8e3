"""Triggers and who catches them: timers, messages, signals, errors, escalations, conditions."""

from collections.abc import Iterator

from zhengtong.engines.process.game import ROOT, Game, Unanswered
from zhengtong.engines.process.loops import context
from zhengtong.engines.process.model import Node
from zhengtong.engines.process.state import Token, key, split


def timer(game: Game, name: str) -> bool:
    """A timer has run out; False where nobody waits for it."""
    node, visit = split(name.partition("*")[0])
    for host in game.model.routes.hosts.get(node, ()):
        token = ROOT if not host and visit == 1 else game.tokens.get(key(host, visit))
        for listener in _listening(game, token) if token else ():
            if token and listener.id == node and _is(listener, "timer") and game.timer(listener, token) == name:
                game.spent = name
                _trigger(game, listener, token)
                return True
    return False


def message(game: Game, name: str) -> bool:
    """The oldest token that listens to a message of this name gets it."""
    for listener, token in _all_listening(game):
        if _is(listener, "message", name):
            _trigger(game, listener, token)
            return True
    return False


def signal(game: Game, name: str) -> bool:
    """Everything that listens to a signal of this name gets it."""
    heard = [found for found in _all_listening(game) if _is(found[0], "signal", name)]
    for listener, token in heard:
        if token is ROOT or token.key in game.tokens:
            _trigger(game, listener, token)
    return bool(heard)


def a_condition(game: Game) -> bool:
    """Trigger one conditional event whose condition has become true; one that cannot be evaluated is not true."""
    for listener, token in _all_listening(game):
        if _is(listener, "conditional") and _is_true(game, listener, token):
            _trigger(game, listener, token)
            return True
    return False


def _is_true(game: Game, listener: Node, token: Token) -> bool:
    condition = listener.trigger.text if listener.trigger else ""
    try:
        return bool(condition) and game.holds(condition, context(game, token.scope))
    except Unanswered:
        return False


def error(game: Game, code: str, scope: str, thrower: Token | None = None) -> bool:
    """Find who catches an error, from the inside to the outside; it interrupts. False where nobody does."""
    return _thrown(game, "error", code, scope, thrower)


def escalation(game: Game, code: str, scope: str) -> bool:
    """The same of an escalation; nobody has to catch it."""
    return _thrown(game, "escalation", code, scope, None)


def cancelled(game: Game, scope: str) -> None:
    """A transaction has been undone: it is left by its cancel event."""
    token = game.tokens[scope]
    caught = next((each for each in _listening(game, token) if _is(each, "cancel")), None)
    game.cancel(token)
    if caught:
        game.go_out(caught, token.scope)


def _thrown(game: Game, kind: str, code: str, scope: str, thrower: Token | None) -> bool:
    for token in _outwards(game, scope, thrower):
        listeners = sorted(_listening(game, token), key=lambda each: not (each.trigger and each.trigger.name))
        for listener in listeners:  # one that names the code comes before one that catches all
            if _is(listener, kind, code) or _is(listener, kind, ""):
                _trigger(game, listener, token)
                return True
    return False


def _outwards(game: Game, scope: str, thrower: Token | None) -> Iterator[Token]:
    if thrower:
        yield thrower
    while scope in game.tokens:
        token = game.tokens[scope]
        yield token
        scope = token.scope
    yield ROOT


def _all_listening(game: Game) -> Iterator[tuple[Node, Token]]:
    for token in [*game.tokens.values(), ROOT]:
        for listener in _listening(game, token):
            yield listener, token


def _listening(game: Game, token: Token) -> Iterator[Node]:
    """Who listens and has not been used up."""
    return (each for each in game.listening(token) if key(each.id, token.visit) not in game.fired)


def _is(listener: Node, kind: str, name: str | None = None) -> bool:
    trigger = listener.trigger
    return trigger is not None and trigger.kind == kind and (name is None or trigger.name == name)


def _trigger(game: Game, listener: Node, token: Token) -> None:
    """What listens while `token` waits has heard what it was listening for."""
    if listener.attached_to:
        _boundary(game, listener, token)
    elif listener.kind == "startEvent":
        _event_sub_process(game, listener, token)
    else:  # the token itself waited for this, or an event-based gateway did
        game.drop(token)
        game.go_out(listener, token.scope, token.turn)


def _boundary(game: Game, listener: Node, token: Token) -> None:
    if listener.interrupting:
        game.cancel(token)
    else:
        _use_up(game, listener, token)
    game.go_out(listener, token.scope)


def _event_sub_process(game: Game, start: Node, host: Token) -> None:
    scope = host.key  # of the process itself: empty
    _use_up(game, start, host)
    if start.interrupting:
        game.cancel_inside(scope, forget=False)  # it may undo what has been done
    inside = game.wait(game.model.nodes[start.parent], scope)
    game.start_timers(inside)
    game.go_out(start, inside.key)


def _use_up(game: Game, listener: Node, token: Token) -> None:
    """A timer that does not repeat and a condition count once; messages and signals may come again, unless they
    interrupt."""
    interrupts = listener.interrupting and not listener.attached_to
    if interrupts or _is(listener, "timer") or _is(listener, "conditional"):
        game.use_up(listener, token)
