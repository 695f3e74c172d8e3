"""Loops in which nothing is ever waited for: they would run until they are stopped."""

from collections.abc import Iterator

from zhengtong.common.text import text
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.game import WORK
from zhengtong.engines.process.model import SUB_PROCESSES, Model, Node
from zhengtong.engines.process.routes import CATCHING

_ENDLESS = text("这个循环里没有任何等待，可能永远转下去。", "nothing is waited for in this loop: it may go on for ever")


def endless(model: Model) -> Iterator[Finding]:
    """One finding for each loop of steps that need no waiting."""
    quick = {node.id for node in model.nodes.values() if not _waits(node)}
    state: dict[str, bool] = {}  # True: on the way; False: done
    for start in quick:
        if start not in state:
            yield from _walk(model, start, quick, state)


def _waits(node: Node) -> bool:
    return node.kind in WORK | CATCHING | SUB_PROCESSES | {"eventBasedGateway"}


def _walk(model: Model, start: str, quick: set[str], state: dict[str, bool]) -> Iterator[Finding]:
    path = [(start, iter(_next(model, start, quick)))]
    state[start] = True
    while path:
        node, following = path[-1]
        after = next(following, None)
        if after is None:
            state[node] = False
            path.pop()
        elif after not in state:
            state[after] = True
            path.append((after, iter(_next(model, after, quick))))
        elif state[after]:
            trace = [each for each, _ in path]
            loop = tuple(trace[trace.index(after) :])
            yield Finding("endless", "data-dependent", after, model.nodes[after].line, _ENDLESS, loop)


def _next(model: Model, node: str, quick: set[str]) -> list[str]:
    return [each for each in model.routes.successors(node) if each in quick]
