"""What follows from the drawing alone: where a scope starts, who listens while a token waits, what leads where."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengtong.engines.process.model import Model, Node

CATCHING = frozenset({"intermediateCatchEvent", "receiveTask"})


class Routes:
    """Answers about one model, each worked out once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._upstream: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def listeners(self) -> Mapping[str, tuple[Node, ...]]:
        """By node: the nodes whose triggers count while a token waits there; under `""`, while the process runs.

        A catching event or receive task listens itself; an event-based gateway lets its targets listen; to an
        activity belong its boundary events, to a sub-process also the starts of the event sub-processes inside.
        """
        found: dict[str, list[Node]] = {}
        for node in self._model.nodes.values():
            if node.kind in CATCHING:
                found.setdefault(node.id, []).append(node)
            elif node.kind == "eventBasedGateway":
                found.setdefault(node.id, []).extend(self._model.target(flow) for flow in node.outgoing)
            elif node.attached_to and not node.undoes:
                found.setdefault(node.attached_to, []).append(node)
            elif node.by_event:
                found.setdefault(node.parent, []).extend(self._starts(node.id))
        return {host: tuple(nodes) for host, nodes in found.items()}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """By activity: the events on its edge, those for compensation included."""
        found: dict[str, tuple[Node, ...]] = {}
        for node in self._model.nodes.values():
            if node.attached_to:
                found[node.attached_to] = (*found.get(node.attached_to, ()), node)
        return found

    @cached_property
    def hosts(self) -> Mapping[str, tuple[str, ...]]:
        """By listening node: the nodes where a token waits while it listens."""
        found: dict[str, tuple[str, ...]] = {}
        for host, nodes in self.listeners.items():
            for node in nodes:
                found[node.id] = (*found.get(node.id, ()), host)
        return found

    @cached_property
    def starts(self) -> Mapping[str, tuple[Node, ...]]:
        """By scope: its none start, else its first start, else all nodes that nothing leads to."""
        return {scope: self._start(scope) for scope in {node.parent for node in self._model.nodes.values()}}

    def _start(self, scope: str) -> tuple[Node, ...]:
        found = self._starts(scope)
        if found:
            return (next((node for node in found if node.trigger is None), found[0]),)
        return tuple(
            node
            for node in self._model.inside(scope)
            if not node.incoming and not node.by_event and not node.undoes and node.kind != "boundaryEvent"
        )

    def _starts(self, scope: str) -> tuple[Node, ...]:
        return tuple(node for node in self._model.inside(scope) if node.kind == "startEvent")

    def successors(self, node: str) -> Iterable[str]:
        """The nodes that a token at `node` may come to next, in the same scope; by a boundary event as well."""
        for flow in self._model.nodes[node].outgoing:
            yield self._model.flows[flow].target
        for listener in self.listeners.get(node, ()):
            if listener.attached_to == node:
                yield listener.id

    def upstream(self, flow: str, avoiding: str) -> frozenset[str]:
        """The nodes from which a token can reach `flow` without visiting the node `avoiding`."""
        known = self._upstream.get((flow, avoiding))
        if known is None:
            known = self._upstream[flow, avoiding] = frozenset(self._backwards(flow, avoiding))
        return known

    def _backwards(self, flow: str, avoiding: str) -> set[str]:
        found: set[str] = set()
        waiting = deque([self._model.flows[flow].source])
        while waiting:
            node = waiting.popleft()
            if node in found or node == avoiding:
                continue
            found.add(node)
            waiting.extend(self._predecessors[node])
        return found

    @cached_property
    def _predecessors(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {node: [] for node in self._model.nodes}
        for node in self._model.nodes:
            for after in self.successors(node):
                found[after].append(node)
        return found


def forwards(
    starts: Iterable[str], ways: Callable[[str], Iterable[tuple[str, str]]]
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """The nodes in an order in which all ways but those of loops lead forwards; and the loops.

    `ways` gives (name of the way, node it leads to). A loop is named by the way that closes it; its nodes are given.
    """
    done: dict[str, None] = {}
    loops: dict[str, tuple[str, ...]] = {}
    for start in starts:
        path = {start: iter(ways(start))} if start not in done else {}
        while path:
            node = next(reversed(path))
            name, target = next(path[node], ("", ""))
            if not target:
                done[node] = None
                del path[node]
            elif target in path:
                nodes = list(path)
                loops[name] = tuple(nodes[nodes.index(target) :])
            elif target not in done:
                path[target] = iter(ways(target))
    return list(done)[::-1], loops
