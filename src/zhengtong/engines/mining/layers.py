"""A layered drawing from top to bottom of any directed graph, after Sugiyama, Tagawa and Toda (1981).

Edges against the order of the nodes lead upwards and do not count for the layers. Edges over several layers get a place
in each of them; the order in the layers is by barycentres, sideways places by the means of the neighbours.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

SWEEPS = 12
Key = str | tuple[str, str, int]  # a node, or the place of an edge in a layer


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of nodes, points of each edge from source to target, and the size of it all."""

    nodes: Mapping[str, tuple[float, float]]
    edges: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]
    width: float
    height: float


def arrange(
    nodes: Sequence[str],
    edges: Sequence[tuple[str, str]],
    *,
    width: float,
    height: float,
    gap: float = 40.0,
    lane: float = 26.0,
    rise: float = 64.0,
) -> Layout:
    """Place boxes of `width` and `height`; `nodes` are in the order in which they should come, the last
    one stands below all others.

    `gap` is left between boxes, `lane` belongs to an edge that passes, `rise` is left between layers.
    """
    layer = _layers(nodes, edges)
    chains = {edge: _chain(edge, layer) for edge in edges if edge[0] != edge[1]}
    rows = _rows(nodes, layer, chains)
    near = _neighbours(chains)
    for sweep in range(SWEEPS):
        _sweep(rows, near, down=sweep % 2 == 0)
    sizes = {key: width if isinstance(key, str) else lane for row in rows for key in row}
    x = _across(rows, near, sizes, gap)
    left = min(x[key] - sizes[key] / 2 for key in x)
    at = {key: (x[key] - left, n * (height + rise) + height / 2) for n, row in enumerate(rows) for key in row}
    return Layout(
        {node: at[node] for node in nodes},
        {edge: tuple(at[key] for key in chain) for edge, chain in chains.items()},
        max(x[key] - left + sizes[key] / 2 for key in x),
        len(rows) * (height + rise) - rise,
    )


def forward_order(nodes: Sequence[str], edges: Mapping[tuple[str, str], int]) -> list[str]:
    """An order of the nodes in which few edges (by weight) lead back: Eades, Lin and Smyth (1993), with weights."""
    rest, first, last = list(nodes), list[str](), list[str]()
    while rest:
        inward, outward = dict.fromkeys(rest, 0), dict.fromkeys(rest, 0)
        for (source, target), weight in edges.items():
            if source in outward and target in inward and source != target:
                outward[source] += weight
                inward[target] += weight
        sinks = [node for node in rest if not outward[node] and inward[node]]
        sources = [node for node in rest if not inward[node]]
        if sinks:
            last[:0] = sinks
        else:
            first += sources or [max(rest, key=lambda node: outward[node] - inward[node])]
        rest = [node for node in rest if node not in first and node not in last]
    return first + last


def _layers(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    order = {node: n for n, node in enumerate(nodes)}
    layer = dict.fromkeys(nodes, 0)
    before = defaultdict[str, list[str]](list)
    for source, target in edges:
        if order[source] < order[target]:
            before[target].append(source)
    for node in nodes:
        layer[node] = max((layer[each] + 1 for each in before[node]), default=0)
    after = {node: [layer[other] for other in nodes if node in before[other]] for node in nodes}
    for node in nodes[1:-1]:
        if not before[node] and after[node]:  # reached from below only: stand right above what comes next
            layer[node] = min(after[node]) - 1
    layer[nodes[-1]] = max(layer[nodes[-1]], *(layer[node] + (node != nodes[-1]) for node in nodes))
    return layer


def _chain(edge: tuple[str, str], layer: Mapping[str, int]) -> list[Key]:
    """The edge's places in all layers that it passes, its ends with it."""
    source, target = edge
    first, last = layer[source], layer[target]
    step = 1 if first <= last else -1
    return [source, *((source, target, n) for n in range(first + step, last, step)), target]


def _rows(
    nodes: Sequence[str], layer: Mapping[str, int], chains: Mapping[tuple[str, str], Sequence[Key]]
) -> list[list[Key]]:
    rows: list[list[Key]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for node in nodes:
        rows[layer[node]].append(node)
    for chain in chains.values():
        for key in chain[1:-1]:
            rows[int(key[2])].append(key)
    return rows


def _neighbours(chains: Mapping[tuple[str, str], Sequence[Key]]) -> dict[Key, set[Key]]:
    near = defaultdict[Key, set[Key]](set)
    for chain in chains.values():
        for one, other in pairwise(chain):
            near[one].add(other)
            near[other].add(one)
    return near


def _sweep(rows: list[list[Key]], near: Mapping[Key, set[Key]], *, down: bool) -> None:
    """Sort each layer by where its neighbours in the layer before stand."""
    order = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
    for n in order:
        there = {key: place for place, key in enumerate(rows[n - 1 if down else n + 1])}
        here = {key: place for place, key in enumerate(rows[n])}
        middle = {
            key: fmean(found) if (found := [there[each] for each in near.get(key, ()) if each in there]) else here[key]
            for key in rows[n]
        }
        rows[n].sort(key=lambda key: (middle[key], here[key]))


def _across(
    rows: Sequence[Sequence[Key]], near: Mapping[Key, set[Key]], sizes: Mapping[Key, float], gap: float
) -> dict[Key, float]:
    x: dict[Key, float] = {}
    for row in rows:
        _spread(row, dict.fromkeys(row, 0.0), sizes, gap, x)
    for sweep in range(2 * SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {key: fmean(x[each] for each in near[key]) if near.get(key) else x[key] for key in row}
            _spread(row, wanted, sizes, gap, x)
    return x


def _spread(
    row: Sequence[Key], wanted: Mapping[Key, float], sizes: Mapping[Key, float], gap: float, x: dict[Key, float]
) -> None:
    """Put a layer where its members want to be without overlaps: isotonic regression, pooling those that collide."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + _space(one, other, sizes, gap))
    pools: list[tuple[float, int]] = []  # mean wish, how many
    for key, offset in zip(row, offsets, strict=True):
        wish, count = wanted[key] - offset, 1
        while pools and pools[-1][0] >= wish:
            before, number = pools.pop()
            wish, count = (before * number + wish * count) / (number + count), number + count
        pools.append((wish, count))
    starts = [wish for wish, count in pools for _ in range(count)]
    x.update((key, start + offset) for key, start, offset in zip(row, starts, offsets, strict=True))


def _space(one: Key, other: Key, sizes: Mapping[Key, float], gap: float) -> float:
    """The least distance of two centres."""
    both = isinstance(one, str) or isinstance(other, str)
    return (sizes[one] + sizes[other]) / 2 + (gap if both else gap / 4)
