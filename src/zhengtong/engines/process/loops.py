"""Activities that are done several times: multi-instance, and loops with a condition.

The token of the whole (turn 0) is the scope of its instances (turn 1, 2 …). Inside, the fact `loopCounter` is the turn,
and the item of the list has the name that the model gives it.
"""

from collections.abc import Mapping

from zhengtong.engines.process.game import Game, Unanswered
from zhengtong.engines.process.model import Loop, Node
from zhengtong.engines.process.state import Token

COUNTER = "loopCounter"
MOST_INSTANCES = 1_000


def context(game: Game, scope: str, node: Node | None = None, turn: int = 0) -> Mapping[str, object]:
    """The facts as they are seen in `scope`, or by the instance `turn` of `node` in it."""
    inner: dict[str, object] = {}
    while True:
        if turn and node and node.loop:
            inner = _item(game, node.loop, turn) | {COUNTER: turn} | inner
        token = game.tokens.get(scope)
        if token is None:
            return game.facts | inner if inner else game.facts
        node, scope, turn = game.model.nodes[token.node], token.scope, token.turn


def _item(game: Game, loop: Loop, turn: int) -> dict[str, object]:
    if not loop.item:
        return {}
    values = game.value(loop.over)
    return {loop.item: values[turn - 1] if isinstance(values, list | tuple) and turn <= len(values) else None}


def begin(game: Game, node: Node, scope: str) -> None:
    """A token comes to an activity that is done several times."""
    loop = node.loop
    if loop is None:
        raise AssertionError(node.id)
    if loop.kind == "while":
        wanted = 1 if not loop.test_before or _again(game, loop, scope, 0) else 0
    else:
        wanted = _count(game.value(loop.over, context(game, scope)))
    if not wanted:
        game.go_out(node, scope)
        return
    whole = game.wait(node, scope, 0, wanted)
    game.start_timers(whole)
    for turn in range(1, wanted + 1 if loop.kind == "parallel" else 2):
        game.go_in(node, whole.key, turn)


def _count(value: object) -> int:
    """How many instances: the length of a list, or a number."""
    try:
        number = len(value) if isinstance(value, list | tuple) else int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError) as fault:
        raise Unanswered(f"not a list or a number: {value!r}") from fault
    if number > MOST_INSTANCES:
        raise Unanswered(f"{number} instances are too many")
    return max(0, int(number))


def instance_done(game: Game, node: Node, scope: str, turn: int) -> None:
    """The instance `turn` has done its work; `scope` is the key of the whole."""
    whole, loop = game.tokens[scope], node.loop
    if loop is None:
        raise AssertionError(node.id)
    enough = bool(loop.until) and game.holds(loop.until, _counted(game, node, whole, turn))
    game.remember(node, scope)
    if not enough and loop.kind == "parallel":
        enough = not game.is_busy(scope)
    elif not enough and not _is_last(game, loop, whole, turn):
        game.go_in(node, scope, turn + 1)
        return
    if enough or loop.kind != "parallel":
        game.cancel_inside(scope, forget=False)
        game.lift(whole)
        game.drop(whole)
        game.go_out(node, whole.scope)


def _counted(game: Game, node: Node, whole: Token, turn: int) -> Mapping[str, object]:
    """What a completion condition may ask: BPMN 2.0.2, table 10.31, the attributes of an instance."""
    active = {token.turn for token in game.tokens.values() if token.scope == whole.key}
    active |= {moved for _, _, scope, moved, _ in game.moves if scope == whole.key}
    begun = whole.of if node.loop and node.loop.kind == "parallel" else turn
    counts = {
        "numberOfInstances": whole.of,
        "numberOfActiveInstances": len(active),
        "numberOfCompletedInstances": begun - len(active),
    }
    return {**context(game, whole.scope, node, turn), **counts}


def _is_last(game: Game, loop: Loop, whole: Token, turn: int) -> bool:
    if loop.kind == "sequential":
        return turn >= whole.of
    return turn == loop.at_most or not _again(game, loop, whole.scope, turn)


def _again(game: Game, loop: Loop, scope: str, turn: int) -> bool:
    facts = {**context(game, scope), COUNTER: turn}
    return bool(loop.over) and game.holds(loop.over, facts)
