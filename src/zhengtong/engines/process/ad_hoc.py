"""Ad hoc sub-processes: what is in them may be done again, in any order, until there is enough (BPMN 2.0.2, 13.3.5).

Without a completion condition each is done once. One at a time (`ordering="Sequential"`) goes by the order of the file.
"""

from zhengtong.engines.process import loops
from zhengtong.engines.process.game import Game
from zhengtong.engines.process.model import Node


def begin(game: Game, node: Node, scope: str) -> None:
    """Offer what no flow leads to: all of it, or the first."""
    starts = game.model.routes.starts.get(node.id, ())
    for start in starts[:1] if node.one_at_a_time else starts:
        game.go_in(start, scope)


def step_done(game: Game, node: Node, scope: str) -> None:
    """The last step of a chain is done: is that enough? Else it, or the next, is offered again."""
    around = game.model.nodes[node.parent]
    if around.enough and game.holds(around.enough, loops.context(game, scope)):
        if around.cancels_rest:
            game.cancel_inside(scope, forget=False)
        return
    starts = game.model.routes.starts.get(around.id, ())
    at = next((place for place, start in enumerate(starts) if start.id == _first(game, node).id), 0)
    following = at + 1 if around.one_at_a_time else at
    if around.one_at_a_time and (following < len(starts) or around.enough):
        game.go_in(starts[following % len(starts)], scope)
    elif around.enough and not around.one_at_a_time:
        game.go_in(starts[at], scope)


def _first(game: Game, node: Node) -> Node:
    """The start of the chain that ends with `node`."""
    seen = {node.id}
    while node.incoming:
        node = game.model.nodes[game.model.flows[node.incoming[0]].source]
        if node.id in seen:
            break
        seen.add(node.id)
    return node
