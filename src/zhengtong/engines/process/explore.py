"""Play the token game on a graph in every order, as far as a bound allows."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from zhengtong.engines.process.graph import SINK, SOURCE, Graph, Vertex

MOST_STATES = 20_000
MOST_WAYS = 10  # of an inclusive split, of which every selection is tried

Marking = frozenset[int]  # the edges with a token
DONE: Marking = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """A vertex passes tokens on: from which marking, along which edges, by which choice."""

    before: Marking
    vertex: str
    taken: tuple[int, ...]


@dataclass
class Exploration:
    """What was seen. `reached` holds how each marking was come to first."""

    graph: Graph
    reached: dict[Marking, Step | None] = field(default_factory=dict)
    followers: dict[Marking, list[Marking]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    doubled: Step | None = None  # the first step that puts a second token on an edge
    is_complete: bool = True  # everything was seen

    def stuck(self) -> Marking | None:
        """A marking from which the end cannot be reached: the first at which all stands still, else the first."""
        finishing = self._can_finish()
        lost = [marking for marking in self.reached if marking not in finishing]
        return next((marking for marking in lost if not self.followers[marking]), lost[0] if lost else None)

    def _can_finish(self) -> set[Marking]:
        before: dict[Marking, list[Marking]] = {}
        for marking, following in self.followers.items():
            for each in following:
                before.setdefault(each, []).append(marking)
        found = {DONE} & self.reached.keys()
        waiting = list(found)
        while waiting:
            for each in before.get(waiting.pop(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found

    def steps_to(self, marking: Marking) -> list[Step]:
        """The steps by which a marking was come to."""
        found: list[Step] = []
        step = self.reached[marking]
        while step is not None:
            found.append(step)
            step = self.reached[step.before]
        return found[::-1]


def explore(graph: Graph) -> Exploration:
    """See every marking that can be reached, or as many as the bound allows."""
    upstream = _Upstream(graph)
    first = frozenset(edge.id for edge in graph.outgoing(SOURCE) if not graph.is_end(edge))
    seen = Exploration(graph, {first: None})
    seen.taken |= first
    waiting = deque([first])
    while waiting:
        marking = waiting.popleft()
        following = seen.followers[marking] = []
        for step, after in _steps(graph, marking, upstream):
            seen.taken.update(step.taken)
            if after is None:
                seen.doubled = seen.doubled or step
                continue
            following.append(after)
            if after not in seen.reached:
                seen.reached[after] = step
                waiting.append(after)
        if len(seen.reached) > MOST_STATES or seen.doubled:
            seen.is_complete = False
            return seen
    return seen


def _steps(graph: Graph, marking: Marking, upstream: "_Upstream") -> Iterator[tuple[Step, Marking | None]]:
    """What can happen next; None stands for a second token on an edge."""
    for vertex in {graph.edges[edge].target: None for edge in sorted(marking)}:
        here = graph.vertices[vertex]
        for used in _ready(here, marking, upstream):
            for taken in _selections(here):
                step = Step(marking, vertex, taken)
                yield step, _after(graph, marking - used, here, taken)


def _after(graph: Graph, rest: Marking, vertex: Vertex, taken: tuple[int, ...]) -> Marking | None:
    if vertex.terminates:
        return DONE
    new = frozenset(edge for edge in taken if not graph.is_end(graph.edges[edge]))
    return None if new & rest else rest | new


def _ready(vertex: Vertex, marking: Marking, upstream: "_Upstream") -> Iterator[Marking]:
    """The tokens that the vertex can take up at once."""
    full = marking.intersection(vertex.incoming)
    if vertex.join == "xor" or vertex.id == SINK:
        yield from (frozenset({edge}) for edge in vertex.incoming if edge in full)
    elif len(full) == len(vertex.incoming) or (vertex.join == "or" and not upstream.more(vertex, marking, full)):
        yield full


def _selections(vertex: Vertex) -> Iterator[tuple[int, ...]]:
    outs = tuple(vertex.outgoing)
    if vertex.split == "and" or not outs:
        yield outs
    elif vertex.split == "xor":
        yield from ((edge,) for edge in outs)
    elif vertex.split == "main":
        yield from (outs[:1] + others for others in _subsets(outs[1:]))
    else:
        yield from (some for some in _subsets(outs) if some)


def _subsets(edges: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(edges) > MOST_WAYS:  # none, each, all: what matters for a join, without the 2^n between
        yield from ((), *((edge,) for edge in edges), edges)
    else:
        yield from chain.from_iterable(combinations(edges, size) for size in range(len(edges) + 1))


class _Upstream:
    """Which tokens may still come to an inclusive join."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[tuple[int, str], frozenset[int]] = {}

    def more(self, vertex: Vertex, marking: Marking, full: Marking) -> bool:
        """Whether a token can come to an edge that is empty and to none that is full (BPMN 13.4.3)."""
        awaited = frozenset().union(*(self._edges(edge, vertex.id) for edge in vertex.incoming if edge not in full))
        arrived = frozenset().union(*(self._edges(edge, vertex.id) for edge in full))
        return not marking.isdisjoint(awaited - arrived - full)

    def _edges(self, edge: int, avoiding: str) -> frozenset[int]:
        known = self._known.get((edge, avoiding))
        if known is None:
            known = self._known[edge, avoiding] = frozenset(self._walk(edge, avoiding))
        return known

    def _walk(self, edge: int, avoiding: str) -> set[int]:
        found: set[int] = set()
        waiting = [edge]
        while waiting:
            each = waiting.pop()
            source = self._graph.edges[each].source
            if each not in found and source != avoiding:
                found.add(each)
                waiting.extend(self._graph.vertices[source].incoming)
            found.add(each)
        return found
