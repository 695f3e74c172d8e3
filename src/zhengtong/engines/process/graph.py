"""The control flow of one scope, stripped of everything but joins and splits, for proofs.

A vertex joins what comes in (`xor`: each alone, `and`: all together, `or`: all that can still come) and splits what
goes out (`xor`: one, `and`: all, `or`: some, `main`: the first and perhaps others). An edge remembers which nodes
of the model a token passes on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from zhengtong.engines.process.model import GATEWAYS, Model, Node

SOURCE, SINK = "(source)", "(sink)"
_JOIN = {"parallelGateway": "and", "inclusiveGateway": "or", "complexGateway": "or"}
_SPLIT = {"exclusiveGateway": "xor", "eventBasedGateway": "xor", "inclusiveGateway": "or", "complexGateway": "or"}


@dataclass(slots=True)
class Edge:
    """From the split of one vertex to the join of another."""

    id: int
    source: str
    target: str
    trace: tuple[str, ...]  # the nodes on one way along it
    members: tuple[str, ...]  # the nodes on all ways along it


@dataclass(slots=True)
class Vertex:
    """A join followed by a split; `nodes` are the elements of the model that it comes from."""

    id: str
    nodes: tuple[str, ...]
    join: str
    split: str
    terminates: bool = False  # a token that comes here ends the scope
    incoming: list[int] = field(default_factory=list)
    outgoing: list[int] = field(default_factory=list)


class Graph:
    """Vertices and edges; edges are numbered in the order in which they were made."""

    def __init__(self) -> None:
        self.vertices: dict[str, Vertex] = {}
        self.edges: dict[int, Edge] = {}
        self.ends: frozenset[str] = frozenset()  # the end events
        self.drawn: dict[str, int] = {}  # by flow of the model: the edge that was made for it
        self._numbers = count()

    def vertex(self, id_: str, node: str, join: str = "xor", split: str = "and", terminates: bool = False) -> str:
        """Add a vertex."""
        self.vertices[id_] = Vertex(id_, (node,), join, split, terminates)
        return id_

    def edge(self, source: str, target: str, trace: tuple[str, ...] = (), members: tuple[str, ...] = ()) -> Edge:
        """Add an edge."""
        made = Edge(next(self._numbers), source, target, trace, members or trace)
        self.edges[made.id] = made
        self.vertices[source].outgoing.append(made.id)
        self.vertices[target].incoming.append(made.id)
        return made

    def remove_edge(self, edge: Edge) -> None:
        """Take an edge away."""
        del self.edges[edge.id]
        self.vertices[edge.source].outgoing.remove(edge.id)
        self.vertices[edge.target].incoming.remove(edge.id)

    def turn(self, edge: Edge, target: str) -> None:
        """Let an edge lead to another vertex."""
        self.vertices[edge.target].incoming.remove(edge.id)
        edge.target = target
        self.vertices[target].incoming.append(edge.id)

    def replace(self, edge: Edge, edges: Iterable[Edge]) -> None:
        """Put `edges` in the place of `edge` at its source: the order of the ways out is kept."""
        source = self.vertices[edge.source]
        at = source.outgoing.index(edge.id)
        new = list(edges)
        for each in new:
            each.source = source.id
        source.outgoing[at : at + 1] = [each.id for each in new]
        self.vertices[edge.target].incoming.remove(edge.id)
        del self.edges[edge.id]

    def is_end(self, edge: Edge) -> bool:
        """Whether a token on it is gone at once: nothing but end events is on the way."""
        return edge.target == SINK and self.ends.issuperset(edge.members)

    def incoming(self, vertex: str) -> list[Edge]:
        """The edges that lead to a vertex."""
        return [self.edges[each] for each in self.vertices[vertex].incoming]

    def outgoing(self, vertex: str) -> list[Edge]:
        """The edges that leave it."""
        return [self.edges[each] for each in self.vertices[vertex].outgoing]


def graph_of(model: Model, scope: str, *, terminates: bool = False) -> Graph:
    """The graph of a scope, as far as it can be reached from its start.

    With `terminates`, terminate ends are sinks of their own; without, they count as ends like others.
    """
    graph = Graph()
    graph.vertex(SOURCE, "")
    graph.vertex(SINK, "", join="or")
    nodes = list(reachable(model, scope))
    graph.ends = frozenset(node.id for node in nodes if node.kind == "endEvent")
    for node in nodes:
        graph.vertex(_in(node.id), node.id, join=_join(node))
    for node in nodes:
        _add(graph, model, node, terminates)
    for start in model.routes.starts.get(scope, ()):
        graph.edge(SOURCE, _in(start.id))
    for node in nodes:
        for flow in node.outgoing:
            graph.drawn[flow] = graph.edge(_out(node.id), _in(model.flows[flow].target)).id
        if not node.outgoing and not _is_terminate(node, terminates):
            graph.edge(_out(node.id), SINK)
    return graph


def reachable(model: Model, scope: str) -> Iterator[Node]:
    """The nodes of a scope to which a token can come."""
    waiting = [node.id for node in model.routes.starts.get(scope, ())]
    found: dict[str, None] = {}
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = None
            waiting.extend(model.routes.successors(node))
    return (model.nodes[node] for node in found)


def _in(node: str) -> str:
    return f"{node}:in"


def _out(node: str) -> str:
    return f"{node}:out"


def _is_terminate(node: Node, terminates: bool) -> bool:
    leaves = {"terminate", "cancel"} | ({"error"} if node.parent else set())  # an error leaves the sub-process
    return terminates and node.kind == "endEvent" and node.trigger is not None and node.trigger.kind in leaves


def _add(graph: Graph, model: Model, node: Node, terminates: bool) -> None:
    """A node is an edge between its join and its split; boundary events branch off on the way."""
    at = _in(node.id)
    boundaries = [each for each in model.routes.listeners.get(node.id, ()) if each.attached_to]
    beside = [each for each in boundaries if not each.interrupting]
    instead = [each for each in boundaries if each.interrupting]
    if beside:
        at = _branch(graph, at, f"{node.id}:beside", node.id, "main", beside)
    trace: tuple[str, ...] = (node.id,)
    if instead:
        at = _branch(graph, at, f"{node.id}:instead", node.id, "xor", instead, trace)
        trace = ()
    out = graph.vertex(_out(node.id), node.id, split=_split(model, node), terminates=_is_terminate(node, terminates))
    graph.edge(at, out, trace)


def _branch(
    graph: Graph, at: str, id_: str, node: str, split: str, to: Iterable[Node], trace: tuple[str, ...] = ()
) -> str:
    vertex = graph.vertex(id_, node, split=split)
    graph.edge(at, vertex, trace)
    following = graph.vertex(f"{id_}:go", node)
    graph.edge(vertex, following)
    for boundary in to:
        graph.edge(vertex, _in(boundary.id))
    return following


def _join(node: Node) -> str:
    if node.kind == "endEvent":
        return "or"  # tokens that come to an end, one by one or together, are gone
    return _JOIN.get(node.kind, "xor")


def _split(model: Model, node: Node) -> str:
    conditional = bool(node.default) or any(model.flows[flow].condition for flow in node.outgoing)
    if node.kind not in GATEWAYS and conditional:
        return "or"
    return _SPLIT.get(node.kind, "and")
