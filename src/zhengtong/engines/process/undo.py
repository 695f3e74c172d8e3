"""Compensation: what has been done is undone, the last first (BPMN 2.0.2, 13.5.5), one after the other.

`game.undoable` holds (node, scope) of the activities that are done and can be undone. A token at an event that throws
compensation is the scope of the handlers that it runs, and goes on when none is left.
"""

from collections.abc import Iterator

from zhengtong.engines.process import catch
from zhengtong.engines.process.game import Game
from zhengtong.engines.process.model import Node
from zhengtong.engines.process.state import Token


def go_on(game: Game, token: Token) -> None:
    """Undo the next, or go on where nothing is left to be undone."""
    node = game.model.nodes[token.node]
    found = next((each for each in reversed(game.undoable) if _is_meant(game, node, token, *each)), None)
    if found:
        game.undoable.reverse()
        game.undoable.remove(found)
        game.undoable.reverse()
        game.go_in(game.model.nodes[game.model.nodes[found[0]].undone_by], token.key)
        return
    game.drop(token)
    game.ended_at = node.id if node.kind == "endEvent" else game.ended_at
    if node.trigger and node.trigger.kind == "cancel":
        catch.cancelled(game, token.scope)
    else:
        game.go_out(node, token.scope)


def _is_meant(game: Game, node: Node, token: Token, done: str, scope: str) -> bool:
    wanted = node.trigger.name if node.trigger else ""
    return scope in _reach(game, token) and (not wanted or wanted in _around(game, done))


def _reach(game: Game, token: Token) -> Iterator[str]:
    """The scope of the event; from an event sub-process also what is around that."""
    scope = token.scope
    yield scope
    while scope in game.tokens and game.model.nodes[game.tokens[scope].node].by_event:
        scope = game.tokens[scope].scope
        yield scope


def _around(game: Game, node: str) -> Iterator[str]:
    while node:
        yield node
        node = game.model.nodes[node].parent
