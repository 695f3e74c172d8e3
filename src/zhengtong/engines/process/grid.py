"""Which column and row each node of a scope stands in.

Columns are the longest way from the start, loops left out. Rows come from tracks: the main way out of a node goes on in
its own track, every other one gets a new track beside it; tracks that are never side by side share a row at last.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhengtong.engines.process.model import LINK, Model, Node
from zhengtong.engines.process.routes import forwards


@dataclass
class Grid:
    """Cells of nodes; boundary events stand on their activity and have no cell."""

    column: dict[str, int] = field(default_factory=dict)
    row: dict[str, int] = field(default_factory=dict)
    back: set[str] = field(default_factory=set)  # the flows that lead backwards


@dataclass(frozen=True, slots=True)
class Way:
    """A flow out of a cell: from an activity itself or from a boundary event on it."""

    flow: str
    cell: str
    target: str
    is_boundary: bool


def grid_of(model: Model, scope: str) -> Grid:
    """Place every node of a scope."""
    cells = [node for node in model.inside(scope) if not node.attached_to]
    ways = {node.id: list(_ways(model, node)) for node in cells}
    starts = [node.id for node in cells if not node.incoming] + [node.id for node in cells]
    order, loops = forwards(starts, lambda node: [(way.flow, way.target) for way in ways[node]])
    grid = Grid(back=set(loops))
    _columns(order, ways, grid)
    _Tracks(order, ways, grid, model).assign()
    return grid


def _ways(model: Model, node: Node) -> Iterator[Way]:
    for flow in node.outgoing:
        if not flow.startswith(LINK):
            yield Way(flow, node.id, model.flows[flow].target, False)
    for boundary in model.routes.boundaries.get(node.id, ()):
        for flow in boundary.outgoing:
            yield Way(flow, node.id, model.flows[flow].target, True)


def _columns(order: list[str], ways: Mapping[str, list[Way]], grid: Grid) -> None:
    for node in order:
        column = grid.column.setdefault(node, 0)
        for way in ways[node]:
            if way.flow not in grid.back:
                grid.column[way.target] = max(grid.column.get(way.target, 0), column + 1)


class _Tracks:
    """Lanes of their own for the branches, sorted from top to bottom."""

    def __init__(self, order: list[str], ways: Mapping[str, list[Way]], grid: Grid, model: Model) -> None:
        self.order = sorted(order, key=lambda node: grid.column[node])
        self.ways, self.grid, self.model = ways, grid, model
        self.tracks: list[int] = []
        self.of: dict[str, int] = {}
        self.offers: dict[str, list[tuple[bool, int]]] = {}  # by node: (is it the track of the way's own node, track)
        self.reach: dict[str, int] = {}
        for node in reversed(order):
            ahead = [self.reach.get(way.target, 0) + 1 for way in ways[node] if way.flow not in grid.back]
            self.reach[node] = max(ahead, default=0)

    def assign(self) -> None:
        """Give every node a row."""
        for node in self.order:
            self.of[node] = self._chosen(node)
            self._offer(node)
        rows = self._rows()
        self.grid.row.update((node, rows[track]) for node, track in self.of.items())

    def _chosen(self, node: str) -> int:
        """Of the tracks that are offered, one that goes straight on; of several, the one in the middle."""
        offered = self.offers.get(node, [])
        straight = [track for is_own, track in offered if is_own] or [track for _, track in offered]
        if not straight:
            return self._new(len(self.tracks))
        return sorted(straight, key=self.tracks.index)[(len(straight) - 1) // 2]

    def _new(self, position: int) -> int:
        track = len(self.tracks)
        self.tracks.insert(position, track)
        return track

    def _offer(self, node: str) -> None:
        """Offer tracks to what follows: its own to the main way, new ones above and below to the others."""
        own = self.of[node]
        ways = [way for way in self.ways[node] if way.flow not in self.grid.back and way.target not in self.of]
        plain = [way for way in ways if not way.is_boundary]
        main = self._main(node, plain)
        for way in plain[:main]:
            self._hand(way, self._new(self.tracks.index(own)), is_own=False)
        for way in reversed([*plain[main + 1 :], *(way for way in ways if way.is_boundary)]):
            self._hand(way, self._new(self.tracks.index(own) + 1), is_own=False)
        for way in plain[main : main + 1]:
            self._hand(way, own, is_own=True)

    def _hand(self, way: Way, track: int, *, is_own: bool) -> None:
        self.offers.setdefault(way.target, []).append((is_own, track))

    def _main(self, node: str, ways: list[Way]) -> int:
        """Which way goes straight on: the middle one of parallel branches, else the longest."""
        if self.model.nodes[node].kind == "parallelGateway":
            return (len(ways) - 1) // 2
        return max(range(len(ways)), key=lambda index: self.reach[ways[index].target], default=0)

    def _rows(self) -> dict[int, int]:
        """The row of each track that is used; tracks share a row where they are never side by side."""
        spans = self._spans()
        rows: list[list[tuple[int, int]]] = []
        found: dict[int, int] = {}
        for track in (each for each in self.tracks if each in spans):
            first, last = spans[track]
            if not rows or any(begin <= last and first <= end for begin, end in rows[-1]):
                rows.append([])
            rows[-1].append((first, last))
            found[track] = len(rows) - 1
        return found

    def _spans(self) -> dict[int, tuple[int, int]]:
        """The columns that each track needs, the flows to and from it included."""
        columns: dict[int, list[int]] = {}
        for node, track in self.of.items():
            columns.setdefault(track, []).append(self.grid.column[node])
            for way in self.ways[node]:
                columns[track].append(self.grid.column[way.target] - 1)
                columns.setdefault(self.of[way.target], []).append(self.grid.column[node])
        return {track: (min(each), max(each)) for track, each in columns.items()}
