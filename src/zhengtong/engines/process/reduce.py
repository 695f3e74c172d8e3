"""Make a graph smaller without changing whether it is sound.

The rules are those of structured and near-structured flow graphs (after Sadiq & Orlowska, "Analyzing process models
using graph reduction techniques", 2000; Murata, "Petri nets", 1989, for sequences and parallel places). A graph that
shrinks to one edge from source to sink is sound; what is left of any other is explored.
"""

from collections import deque

from zhengtong.engines.process.graph import SINK, SOURCE, Edge, Graph

_BLOCKS = frozenset({("xor", "xor"), ("and", "and"), ("or", "or"), ("xor", "or"), ("and", "or"), ("main", "or")})


def reduce(graph: Graph) -> bool:
    """Apply the rules as long as one fits; True when only one edge from source to sink is left."""
    waiting, queued = deque(graph.vertices), set(graph.vertices)
    while waiting:
        vertex = waiting.popleft()
        queued.discard(vertex)
        for touched in _apply(graph, vertex) if vertex in graph.vertices else ():
            if touched not in queued:
                waiting.append(touched)
                queued.add(touched)
    return len(graph.edges) == 1 and SINK in {edge.target for edge in graph.edges.values()}


def _apply(graph: Graph, vertex: str) -> list[str]:
    """Apply one rule at a vertex; the vertices to look at again."""
    if vertex in (SOURCE, SINK):
        return []
    for rule in (_sequence, _block, _nested_split, _nested_join, _loop):
        if touched := rule(graph, vertex):
            return touched
    return []


def _sequence(graph: Graph, vertex: str) -> list[str]:
    """One way in and one way out: the vertex does nothing."""
    ins, outs = graph.incoming(vertex), graph.outgoing(vertex)
    if len(ins) != 1 or len(outs) != 1 or ins[0] is outs[0]:
        return []
    before, after = ins[0], outs[0]
    after.trace, after.members = before.trace + after.trace, before.members + after.members
    graph.replace(before, [after])
    del graph.vertices[vertex]
    return [after.source, after.target]


def _block(graph: Graph, vertex: str) -> list[str]:
    """Several ways from a split to a join that fits it: one is enough."""
    split = graph.vertices[vertex].split
    first: dict[str, Edge] = {}
    touched = []
    for edge in graph.outgoing(vertex):
        kept = first.setdefault(edge.target, edge)
        if kept is not edge and (split, graph.vertices[edge.target].join) in _BLOCKS:
            kept.trace += edge.trace if split == "and" else ()
            kept.members += edge.members
            graph.remove_edge(edge)
            touched += [vertex, edge.target]
    return touched


def _nested_split(graph: Graph, vertex: str) -> list[str]:
    """A split right after a split of the same kind: they are one."""
    ins = graph.incoming(vertex)
    here = graph.vertices[vertex]
    if len(ins) != 1 or len(here.outgoing) < 2 or here.split == "main":
        return []
    above = graph.vertices[ins[0].source]
    if above.split != here.split or len(above.outgoing) < 2 or above is here:
        return []
    outs = graph.outgoing(vertex)
    _prefix(ins[0], outs, all_of_them=here.split != "and")
    graph.replace(ins[0], outs)
    above.nodes += here.nodes
    del graph.vertices[vertex]
    return [above.id, *(edge.target for edge in outs)]


def _prefix(before: Edge, outs: list[Edge], *, all_of_them: bool) -> None:
    for edge in outs if all_of_them else outs[:1]:
        edge.trace, edge.members = before.trace + edge.trace, before.members + edge.members


def _nested_join(graph: Graph, vertex: str) -> list[str]:
    """A join right before a join of the same kind: they are one."""
    outs, here = graph.outgoing(vertex), graph.vertices[vertex]
    if len(outs) != 1 or len(here.incoming) < 2:
        return []
    below = graph.vertices[outs[0].target]
    if below.join != here.join or len(below.incoming) < 2 or below is here:
        return []
    ins = graph.incoming(vertex)
    for edge in ins if here.join != "and" else ins[:1]:
        edge.trace, edge.members = edge.trace + outs[0].trace, edge.members + outs[0].members
    for edge in ins:
        graph.turn(edge, below.id)
    graph.remove_edge(outs[0])
    del graph.vertices[vertex]
    return [below.id, *(edge.source for edge in ins)]


def _loop(graph: Graph, vertex: str) -> list[str]:
    """A way back from a choice to the merge right before it: it may be left out."""
    outs, here = graph.outgoing(vertex), graph.vertices[vertex]
    if len(outs) != 1 or here.join != "xor":
        return []
    choice = graph.vertices[outs[0].target]
    if choice.split != "xor" or len(choice.incoming) != 1 or choice is here:
        return []
    back = [edge for edge in graph.outgoing(choice.id) if edge.target == vertex]
    if not back or len(back) == len(choice.outgoing):
        return []
    for edge in back:
        outs[0].members += edge.members
        graph.remove_edge(edge)
    return [vertex, choice.id]
