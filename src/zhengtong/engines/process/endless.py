"""Loops in which nothing is ever waited for: they would run until they are stopped."""

from collections.abc import Iterator

from zhengtong.common.text import text
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.game import WORK
from zhengtong.engines.process.model import SUB_PROCESSES, Model
from zhengtong.engines.process.routes import CATCHING, forwards

_WAITING = WORK | CATCHING | SUB_PROCESSES | {"eventBasedGateway"}
_ENDLESS = text("这个循环里没有任何等待，可能永远转下去。", "nothing is waited for in this loop: it may go on for ever")


def endless(model: Model) -> Iterator[Finding]:
    """One finding for each loop of steps that need no waiting."""
    quick = [node.id for node in model.nodes.values() if node.kind not in _WAITING]

    def ways(node: str) -> list[tuple[str, str]]:
        following = (model.nodes[each] for each in model.routes.successors(node))
        return [(f"{node} {each.id}", each.id) for each in following if each.kind not in _WAITING]

    _order, loops = forwards(quick, ways)
    for loop in loops.values():
        yield Finding("endless", "data-dependent", loop[0], model.nodes[loop[0]].line, _ENDLESS, loop)
