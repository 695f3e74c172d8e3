"""A BPMN model as places and moves, on which one way is replayed by tokens.

A token lies on a flow; what is at work is a node with a token on a flow into it. Every move takes some tokens and puts
others, and both are counted, so that produced + missing = consumed + remaining.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from zhengtong.engines.process import Model, Node

WIDE = 60  # markings that are followed at a time
SEEN = 400  # markings that are looked at to pass silent nodes
WAYS = 6  # out of an inclusive gateway; with more, each alone and all together
BY_PEOPLE = frozenset({"task", "userTask", "manualTask"})
BY_MACHINES = frozenset(
    {"serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "callActivity"}
)  # many logs do not tell of them: silent where the log never names them

Marking = frozenset[tuple[str, int]]  # flows and how many tokens lie on them
Move = tuple[Marking, int, int]  # where it leads, tokens taken and put


@dataclass(frozen=True, slots=True)
class Played:
    """What the replay of one way came to; `forced` are the places in it (from 1) where a token was missing."""

    produced: int
    consumed: int
    missing: int
    remaining: int
    forced: tuple[int, ...]
    left: tuple[str, ...]  # names of steps that were waited for at the end
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Path:
    """How a marking was reached."""

    produced: int
    consumed: int
    forced: tuple[int, ...]

    def on(self, taken: int, put: int) -> "_Path":
        return _Path(self.produced + put, self.consumed + taken, self.forced)


class Net:
    """`labels` maps activities to the nodes that they may stand for; all other nodes are silent.

    `heard` are the activities that the log tells of.
    """

    def __init__(self, model: Model, names: Mapping[str, str], heard: Collection[str] = ()) -> None:
        self.model = model
        self.labels = _labels(model, names, heard)
        self.visible = {id_ for ids in self.labels.values() for id_ in ids}
        self.known: dict[Marking, list[Move]] = {}
        self.turns: dict[tuple[Marking, tuple[str, ...]], list[Move]] = {}

    def play(self, way: Sequence[str], *, ignoring: Collection[str] = ()) -> Played:
        """Replay one way: of all that silent nodes may have done, what leaves the fewest tokens missing or behind."""
        begin = self._begin()
        paths = {begin: _Path(_size(begin), 0, ())}
        unknown = [name for name in way if name not in self.labels and name not in ignoring]
        for place, name in enumerate(way, 1):
            if name in self.labels:
                paths = self._stepped(paths, self.labels[name], place)
        ends = [
            (len(path.forced) + _size(rest), n, rest, path.on(taken, put))
            for n, (marking, path) in enumerate(paths.items())
            for rest, taken, put in [min(self._around(marking), key=lambda move: _size(move[0]))]
        ]
        _, _, rest, path = min(ends, key=lambda end: end[:2])
        left = tuple(self._waiting(rest))
        return Played(path.produced, path.consumed, len(path.forced), _size(rest), path.forced, left, tuple(unknown))

    def _stepped(self, paths: "dict[Marking, _Path]", steps: tuple[str, ...], place: int) -> "dict[Marking, _Path]":
        """All markings after a step, with the best way to each; forced where the step has its turn in none."""
        found: dict[Marking, _Path] = {}
        for marking, path in paths.items():
            for after, taken, put in self._turns(marking, steps):
                better = path.on(taken, put)
                if after not in found or better.produced < found[after].produced:
                    found[after] = better
        if found:
            return dict(sorted(found.items(), key=lambda each: each[1].produced)[:WIDE])
        outgoing = self.model.nodes[steps[0]].outgoing
        return {
            _moved(marking, (), outgoing): _Path(
                path.produced + len(outgoing), path.consumed + 1, (*path.forced, place)
            )
            for marking, path in paths.items()
        }

    def _turns(self, marking: Marking, steps: tuple[str, ...]) -> list[Move]:
        """Where the step leads from here, silent moves before it included."""
        if (marking, steps) not in self.turns:
            self.turns[marking, steps] = [
                (_moved(before, [token], self.model.nodes[step].outgoing), taken + 1, put + len(outgoing))
                for before, taken, put in self._around(marking)
                for step in steps
                for outgoing in [self.model.nodes[step].outgoing]
                if (token := self._token(before, step)) is not None
            ]
        return self.turns[marking, steps]

    def node(self, name: str) -> str:
        """The id of the step that a name stands for; empty where it stands for none."""
        return self.labels.get(name, ("",))[0]

    def _begin(self) -> Marking:
        starts = [node for node in self.model.inside("") if node.kind == "startEvent"]
        return _moved(frozenset(), [], starts[0].outgoing if starts else ())

    def _token(self, marking: Marking, step: str) -> str | None:
        """The flow from which the step takes its token; a loop may also take back what it has put."""
        node, present = self.model.nodes[step], dict(marking)
        again = node.outgoing if node.loop is not None else ()
        return next((flow for flow in (*node.incoming, *again) if flow in present), None)

    def _waiting(self, marking: Marking) -> Iterator[str]:
        """The steps that tokens wait for; one at a join waits for others, which are told themselves."""
        for flow, count in sorted(marking):
            node = self.model.target(flow)
            if node.kind != "parallelGateway" or len(node.incoming) == 1:
                yield from self._next(node) * count

    def _next(self, node: Node) -> list[str]:
        """The name of a step, or of the steps that come next after a silent node."""
        seen, queue, found = {node.id}, deque([node]), list[str]()
        while queue:
            each = queue.popleft()
            if each.id in self.visible:
                found.append(next(name for name, ids in self.labels.items() if each.id in ids))
                continue
            for after in (self.model.target(flow) for flow in each.outgoing):
                if after.id not in seen:
                    seen.add(after.id)
                    queue.append(after)
        return found

    def _around(self, marking: Marking) -> Iterator[Move]:
        """The marking itself and what silent moves lead to, nearest first, a bounded number of them."""
        queue, seen = deque([(marking, 0, 0)]), {marking}
        while queue:
            found, taken, put = queue.popleft()
            yield found, taken, put
            for following, more_taken, more_put in self._moves(found):
                if following not in seen and len(seen) < SEEN:
                    seen.add(following)
                    queue.append((following, taken + more_taken, put + more_put))

    def _moves(self, marking: Marking) -> list[Move]:
        if marking not in self.known:
            pairs = [*self._passing(marking), *self._happening(marking)]
            self.known[marking] = [(_moved(marking, take, put), len(take), len(put)) for take, put in pairs]
        return self.known[marking]

    def _passing(self, marking: Marking) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """What silent nodes can do: tokens to take, tokens to put."""
        present = dict(marking)
        for node in {self.model.target(flow).id: self.model.target(flow) for flow in sorted(present)}.values():
            if node.id in self.visible:
                continue
            arrived = [flow for flow in node.incoming if flow in present]
            if node.kind == "parallelGateway":
                if len(arrived) == len(node.incoming):
                    yield arrived, node.outgoing
            elif node.kind == "endEvent":
                yield from self._ending(present, node, arrived[0])
            elif node.kind in ("inclusiveGateway", "complexGateway"):
                yield from ((arrived, chosen) for chosen in _some(node.outgoing))
            elif node.kind in ("exclusiveGateway", "eventBasedGateway"):
                yield from (([flow], [chosen]) for flow in arrived for chosen in node.outgoing)
            else:
                yield arrived[:1], self._entering(node)

    def _entering(self, node: Node) -> Sequence[str]:
        starts = [each for each in self.model.inside(node.id) if each.kind == "startEvent"]
        return starts[0].outgoing if starts else node.outgoing

    def _ending(
        self, present: Mapping[str, int], node: Node, flow: str
    ) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """At the end of a sub-process the token goes on behind it, once nothing is left inside."""
        others = self._inside(present, node.parent, but=flow)
        if node.trigger is not None and node.trigger.kind == "terminate":
            yield [flow, *others], self._behind(node.parent)
        else:
            yield [flow], () if others else self._behind(node.parent)

    def _behind(self, scope: str) -> Sequence[str]:
        return self.model.nodes[scope].outgoing if scope else ()

    def _happening(self, marking: Marking) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """Boundary events of what is at work, and event sub-processes; each once at a time."""
        present = dict(marking)
        for node in self.model.nodes.values():
            if any(flow in present for flow in node.outgoing):
                continue
            if node.attached_to:
                host = self.model.nodes[node.attached_to]
                work = [flow for flow in host.incoming if flow in present] + self._inside(present, host.id)
                if work:
                    yield (
                        (work if host.id not in self.visible else work[:1]) if node.interrupting else (),
                        node.outgoing,
                    )
            elif node.kind == "startEvent" and node.parent and self.model.nodes[node.parent].by_event:
                scope = self.model.nodes[node.parent].parent
                work = self._inside(present, scope)
                if work and not self._inside(present, node.parent):
                    yield work if node.interrupting else (), node.outgoing

    def _inside(self, present: Mapping[str, int], scope: str, *, but: str = "") -> list[str]:
        """The tokens in a scope and in what is in it, one by one; `but` leaves out one on that flow."""
        found = [flow for flow, count in sorted(present.items()) if self._is_in(flow, scope) for _ in range(count)]
        if but in found:
            found.remove(but)
        return found

    def _is_in(self, flow: str, scope: str) -> bool:
        parent = self.model.target(flow).parent
        while parent and parent != scope:
            parent = self.model.nodes[parent].parent
        return parent == scope


def _some(flows: Sequence[str]) -> Iterable[Sequence[str]]:
    """The choices that an inclusive gateway has."""
    sizes = range(1, len(flows) + 1) if len(flows) <= WAYS else (1, len(flows))
    return [chosen for size in sizes for chosen in combinations(flows, size)]


def _labels(model: Model, names: Mapping[str, str], heard: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The nodes that each activity may stand for: as given, else by name in any language, or by id."""
    given = {name: (id_,) for name, id_ in names.items() if id_ in model.nodes}
    found: dict[str, tuple[str, ...]] = {}
    for node in model.nodes.values():
        wordings = dict.fromkeys([*node.name.values(), node.id])
        if node.kind in BY_PEOPLE or (node.kind in BY_MACHINES and any(name in heard for name in wordings)):
            for name in wordings:
                found[name] = (*found.get(name, ()), node.id)
    return given | {name: ids for name, ids in found.items() if name and name not in given}


def _size(marking: Marking) -> int:
    return sum(count for _, count in marking)


def _moved(marking: Marking, take: Iterable[str], put: Iterable[str]) -> Marking:
    counts = Counter(dict(marking))
    counts.subtract(Counter(take))
    counts.update(put)
    return frozenset((flow, count) for flow, count in counts.items() if count > 0)
