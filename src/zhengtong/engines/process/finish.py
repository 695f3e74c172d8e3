"""Can a case finish from where it stands? Proved like soundness, but from its tokens instead of the start.

The graph of the scope is given a new beginning: a fork with one way to each token. If that shrinks to nothing, or if
every order of events from there comes to the end, the case can finish. Where that depends on the facts, a state that
the process itself can come to is as good as any other case of it.
"""

from collections.abc import Iterable, Mapping

from zhengtong.engines.process.choices import asked
from zhengtong.engines.process.explore import explore
from zhengtong.engines.process.graph import SOURCE, Edge, Graph, graph_of
from zhengtong.engines.process.model import PASSED, Model
from zhengtong.engines.process.reduce import reduce
from zhengtong.engines.process.sound import prove_scope
from zhengtong.engines.process.state import State, Token, key

_FORK = "(fork)"


def scopes(model: Model, state: State) -> list[str]:
    """The keys of the scopes in which something waits; the process itself is the empty one."""
    found = [token.scope for token in state.tokens] + [scope for _flow, scope in state.joined]
    return [scope for scope in dict.fromkeys(found) if model.inside(node_of(state, scope))]


def node_of(state: State, scope: str) -> str:
    """The sub-process whose inside a scope is."""
    return next((token.node for token in state.tokens if token.key == scope), "")


def can_finish(model: Model, state: State, scope: str) -> bool:
    """Whether it is proved that what waits in a scope comes to the end of it, whatever happens."""
    tokens, flows = _waiting(model, state, scope)
    if any(flow.startswith(PASSED) for flow in flows) or len(set(flows)) < len(flows):
        return False  # a complex join that has gone on already, or two tokens on one flow: the graph knows no such
    if any(_proved(model, state, scope, tokens, flows, terminates) for terminates in (False, True)):
        return True
    certain = any(each.severity == "error" for each in prove_scope(model, node_of(state, scope)))
    return not certain and _is_reached(model, state, scope, tokens, flows)


def _waiting(model: Model, state: State, scope: str) -> tuple[list[Token], list[str]]:
    """The tokens of a scope that its graph knows, and the flows with tokens at joins."""
    tokens = [token for token in state.tokens if token.scope == scope]
    tokens = [each for each in tokens if not model.nodes[each.node].by_event and not model.nodes[each.node].undoes]
    return tokens, [flow for flow, where in state.joined if where == scope]


def _proved(model: Model, state: State, scope: str, tokens: list[Token], flows: list[str], terminates: bool) -> bool:
    graph = graph_of(model, node_of(state, scope), terminates=terminates)
    if not tokens and not flows:
        return True
    if not _begin_at(graph, model, state, tokens, flows) or not _prune(graph):
        return False
    if reduce(graph):
        return True
    if not terminates:
        return False
    seen = explore(graph)
    return seen.is_complete and seen.stuck() is None


def _begin_at(graph: Graph, model: Model, state: State, tokens: list[Token], flows: list[str]) -> bool:
    """Let the graph begin where the tokens are; False where it does not know such a place."""
    for edge in graph.outgoing(SOURCE):
        graph.remove_edge(edge)
    graph.edge(SOURCE, graph.vertex(_FORK, ""))
    for token in tokens:
        at = _vertex(model, state, token)
        if at not in graph.vertices:
            return False
        graph.edge(_FORK, at, members=(token.node,))
    for flow in flows:
        if flow not in graph.drawn:
            return False
        edge = graph.edges[graph.drawn[flow]]
        merge = graph.vertex(f"{flow}:here", model.flows[flow].target)
        graph.edge(merge, edge.target)
        graph.turn(edge, merge)
        graph.edge(_FORK, merge, members=(model.flows[flow].target,))
    return True


def _vertex(model: Model, state: State, token: Token) -> str:
    """Where in the graph a token is: before its work, or behind the triggers beside it that are used up."""
    beside = [each for each in model.routes.listeners.get(token.node, ()) if each.attached_to and not each.interrupting]
    if beside and all(key(each.id, token.visit) in state.fired for each in beside):
        return f"{token.node}:beside:go"
    return f"{token.node}:in"


def _prune(graph: Graph) -> bool:
    """Take away what cannot be come to any more; False where a join would wait for that for ever."""
    reached: set[str] = set()
    waiting = [SOURCE]
    while waiting:
        vertex = waiting.pop()
        if vertex not in reached:
            reached.add(vertex)
            waiting.extend(edge.target for edge in graph.outgoing(vertex))
    dead = [edge for edge in graph.edges.values() if edge.source not in reached]
    for edge in dead:
        if edge.target in reached and graph.vertices[edge.target].join == "and":
            return False
        graph.remove_edge(edge)
    for vertex in [each for each in graph.vertices if each not in reached]:
        del graph.vertices[vertex]
    return True


def _is_reached(model: Model, state: State, scope: str, tokens: list[Token], flows: list[str]) -> bool:
    """Whether the scope, played from its start, comes to just these waiting tokens."""
    graph = graph_of(model, node_of(state, scope), terminates=True)
    wanted = sorted([token.node for token in tokens] + flows)
    drawn = {number: flow for flow, number in graph.drawn.items()}
    at = {edge.id: _position(graph, edge, drawn.get(edge.id, "")) for edge in graph.edges.values()}
    return any(sorted(at[edge] for edge in marking) == wanted for marking in explore(graph).reached)


def _position(graph: Graph, edge: Edge, flow: str) -> str:
    """The node at which a token on this edge is, or the flow by which it has come to a join."""
    target = graph.vertices[edge.target]
    return flow if flow and target.join != "xor" and len(target.incoming) > 1 else target.nodes[0]


def unanswerable(model: Model, nodes: Iterable[str], facts: Mapping[str, object]) -> str:
    """A choice ahead that looks at a fact which nothing on the way there sets, and that is not known; empty: none."""
    ahead = set(nodes)
    for node in model.nodes.values():
        for fact, values in asked(model, node):
            if facts.get(fact) not in values and _comes_without(model, ahead, node.id, fact):
                return node.id
    return ""


def _comes_without(model: Model, start: set[str], choice: str, fact: str) -> bool:
    waiting, seen = list(start), set[str]()
    while waiting:
        node = model.nodes[waiting.pop()]
        if node.id == choice:
            return True
        if node.id in seen:
            continue
        seen.add(node.id)
        waiting.extend(each.id for each in model.routes.listeners.get(node.id, ()) if each.attached_to)
        if not (node.task and node.task.fact == fact):
            waiting.extend(model.flows[flow].target for flow in node.outgoing)
    return False
