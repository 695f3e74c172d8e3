"""The process map: activities and what follows what, filtered by share, as one SVG without styles or scripts."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from zhengtong.common.text import Text, text
from zhengtong.engines.mining.flow import BEGIN, END, Edge, Step, edges, steps
from zhengtong.engines.mining.layers import Layout, arrange, forward_order
from zhengtong.engines.mining.log import Log
from zhengtong.engines.mining.words import counted, duration, number, percent
from zhengtong.engines.process.lettering import wrap

WIDTH, HEIGHT, MARGIN, ROUND = 172.0, 58.0, 46.0, 13.0
SIZE, SMALL = 12.5, 11.0
INK, PAPER, LINE, BACK = "#1c2733", "#ffffff", "#4a6785", "#a4553a"
TITLE = text("流程图：{name}", "Process map: {name}")
TOLD = text(
    "{steps} 个步骤，{edges} 条路径，占全部流转的 {share}。最常见：{most}。",
    "{steps_en} and {edges_en} between them, {share} of all that happened. Most frequent: {most}.",
)


@dataclass(frozen=True)
class Map:
    """What is drawn: steps in the order in which they usually come, edges, and what share of all moves they are."""

    name: str
    steps: Sequence[Step]
    edges: Sequence[Edge]
    share: float


def process_map(log: Log, *, share: float = 0.9, activities: float = 1.0, most: int = 40, lines: int = 90) -> Map:
    """The map of a log with the edges that make up `share` of all moves, at least each step's strongest in and out.

    `activities` does the same for steps: 0.95 leaves out the rarest that make up a twentieth of all events. So that one
    can read it, there are at most `most` steps, and no more than `lines` edges but for each step's strongest.
    """
    kept = _kept(steps(log), activities, most)
    names = {step.name for step in kept}
    every = edges(log)
    whole = sum(edge.count for edge in every) + 2 * log.value("SELECT count(*) FROM cases")
    found = [edge for edge in every if edge.source in names and edge.target in names]
    found += [Edge(BEGIN, step.name, step.first, step.first, 0.0) for step in kept if step.first]
    found += [Edge(step.name, END, step.last, step.last, 0.0) for step in kept if step.last]
    chosen = _chosen(sorted(found, key=lambda edge: -edge.count), share * whole, lines)
    order = forward_order([step.name for step in kept], {(edge.source, edge.target): edge.count for edge in chosen})
    kept.sort(key=lambda step: order.index(step.name))
    return Map(log.name, kept, chosen, sum(edge.count for edge in chosen) / max(whole, 1))


def _kept(every: Sequence[Step], share: float, most: int) -> list[Step]:
    whole, gathered, kept = sum(step.count for step in every), 0, list[Step]()
    for step in every[:most]:
        if kept and gathered >= share * whole:
            break
        kept.append(step)
        gathered += step.count
    return kept


def _chosen(ordered: Sequence[Edge], wanted: float, lines: int) -> list[Edge]:
    """The most frequent edges up to the wanted number of moves, and the strongest into and out of each node."""
    gathered, reached, left = 0, set[str](), set[str]()
    chosen = list[Edge]()
    for edge in ordered:
        others = edge.source != edge.target
        is_first = others and (edge.target not in reached or edge.source not in left)
        if (gathered >= wanted or len(chosen) >= lines) and not is_first:
            continue
        chosen.append(edge)
        gathered += edge.count
        if others:
            reached.add(edge.target)
            left.add(edge.source)
    return chosen


def draw_map(found: Map, language: str = "zh-Hans", *, marked: Collection[str] = ()) -> str:
    """One `<svg>` with a title and a description; steps in `marked` (names) stand out."""
    nodes = [BEGIN, *(step.name for step in found.steps), END]
    layout = arrange(nodes, [(edge.source, edge.target) for edge in found.edges], width=WIDTH, height=HEIGHT)
    most = max((edge.count for edge in found.edges), default=1)
    lines = [_edge(edge, layout, most) for edge in sorted(found.edges, key=lambda edge: edge.count)]
    taken: list[tuple[float, float]] = []
    labels = [_label(edge, layout, language, taken) for edge in sorted(found.edges, key=_first_labelled)]
    boxes = [_box(step, layout, max(each.count for each in found.steps), step.name in marked) for step in found.steps]
    ends = [_end(layout.nodes[BEGIN], filled=False), _end(layout.nodes[END], filled=True)]
    wide, high = layout.width + 2 * MARGIN, layout.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="zt-map" role="img" '
        f'viewBox="{-MARGIN:.0f} 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" font-family="system-ui, sans-serif">'
        f"<title>{escape(TITLE.format(name=found.name).in_(language))}</title>"
        f"<desc>{escape(_told(found).in_(language))}</desc>" + "".join([*lines, *ends, *boxes, *labels]) + "</svg>"
    )


def _told(found: Map) -> Text:
    between = [edge for edge in found.edges if edge.source != BEGIN and edge.target != END]
    most = "; ".join(f"{edge.source} → {edge.target} ({number(edge.count)})" for edge in between[:3])
    return TOLD.format(
        steps=len(found.steps),
        edges=len(found.edges),
        steps_en=counted(len(found.steps), "step"),
        edges_en=counted(len(found.edges), "way"),
        share=percent(found.share),
        most=most,
    )


def _box(step: Step, layout: Layout, most: int, is_marked: bool) -> str:
    x, y = layout.nodes[step.name]
    shade = 0.08 + 0.5 * step.count / most
    rows = wrap(step.name, within=WIDTH - 14, size=SIZE, lines=2)
    top = y - (len(rows) + 1) * 8 + SIZE - 1
    stroke = f'stroke="{BACK}" stroke-width="2.5"' if is_marked else f'stroke="{LINE}" stroke-width="1"'
    written = "".join(_text(x, top + n * 15, row, SIZE) for n, row in enumerate(rows))
    written += _text(x, top + len(rows) * 15, number(step.count), SMALL)
    frame = (
        f'<rect x="{x - WIDTH / 2:.1f}" y="{y - HEIGHT / 2:.1f}" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" rx="7" '
        f'fill="{_mixed(shade)}" {stroke}/>'
    )
    return f"<g><title>{escape(step.name)}</title>{frame}{written}</g>"


def _mixed(shade: float) -> str:
    """Paper with so much blue in it."""
    return "#" + "".join(f"{round(255 + (blue - 255) * shade):02x}" for blue in (0x7F, 0xB0, 0xDD))


def _end(at: tuple[float, float], *, filled: bool) -> str:
    fill = INK if filled else PAPER
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{ROUND:.0f}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def _points(edge: Edge, layout: Layout) -> list[tuple[float, float]]:
    """From border to border; an edge upwards, or to itself, goes by the side."""
    if edge.source == edge.target:
        x, y = layout.nodes[edge.source]
        right = x + WIDTH / 2
        return [(right, y - 10), (right + 30, y - 16), (right + 30, y + 16), (right, y + 10)]
    points = list(layout.edges[edge.source, edge.target])
    down = points[-1][1] > points[0][1]
    first, last = _half(edge.source), _half(edge.target)
    (x, y), (u, v) = points[0], points[-1]
    if points[0][1] == points[-1][1]:  # neighbours in a layer
        side = 1 if u > x else -1
        return [(x + side * WIDTH / 2, y), (u - side * WIDTH / 2, v)]
    shift = 0.0 if down else -22.0
    points[0] = (x + shift, y + (first if down else -first))
    points[-1] = (u + shift, v - (last if down else -last))
    return points


def _half(name: str) -> float:
    return ROUND if name in (BEGIN, END) else HEIGHT / 2


def _edge(edge: Edge, layout: Layout, most: int) -> str:
    points = _points(edge, layout)
    thick = 0.8 + 4.2 * math.sqrt(edge.count / most)
    colour = LINE if points[-1][1] > points[0][1] + 1 and edge.source != edge.target else BACK
    path = _curve(points) if edge.source != edge.target else "M{} C{} {} {}".format(*map(_pair, points))
    title = escape(f"{edge.source or '○'} → {edge.target.replace(END, '●')}: {number(edge.count)}")
    return (
        f'<g><title>{title}</title><path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick:.1f}" '
        f'stroke-opacity="0.75"/>{_head(points, thick, colour)}</g>'
    )


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Through all points, leaving and reaching each of them straight up or down."""
    parts = [f"M{_pair(points[0])}"]
    for (x, y), (u, v) in pairwise(points):
        if y == v:
            parts.append(f"L{_pair((u, v))}")
        else:
            middle = (y + v) / 2
            parts.append(f"C{_pair((x, middle))} {_pair((u, middle))} {_pair((u, v))}")
    return " ".join(parts)


def _head(points: Sequence[tuple[float, float]], thick: float, colour: str) -> str:
    (x, y), (u, v) = points[-2], points[-1]
    size = 5 + thick
    if y == v or (len(points) == 4 and abs(points[0][0] - points[3][0]) < 0.1):
        side = size if u < x else -size
        corners = [(u, v), (u + side, v - size / 2), (u + side, v + size / 2)]
    else:
        side = -size if v > y else size
        corners = [(u, v), (u - size / 2, v + side), (u + size / 2, v + side)]
    return f'<path d="M{_pair(corners[0])} L{_pair(corners[1])} L{_pair(corners[2])} Z" fill="{colour}"/>'


def _first_labelled(edge: Edge) -> tuple[bool, int]:
    """Loops have one place for their label; of the others the most frequent choose first."""
    return edge.source != edge.target, -edge.count


def _label(edge: Edge, layout: Layout, language: str, taken: list[tuple[float, float]]) -> str:
    """Count and time beside the line; it moves along where another label stands already."""
    points = _points(edge, layout)
    if edge.source == edge.target:
        x, y = points[1][0] + 4, points[0][1] + 12
        taken.append((x + 20, y))
        return _text(x, y, f"↻ {number(edge.count)}", SMALL, anchor="start")
    rows = [number(edge.count)]
    if edge.source != BEGIN and edge.target != END:
        rows.append(duration(edge.median).in_(language))
    places = [_along(points, share) for share in (0.5, 0.4, 0.6, 0.3, 0.7)]
    x, y = next((place for place in places if _is_free(place, taken)), places[0])
    taken.append((x, y))
    top = y - (len(rows) - 1) * 6 + 3
    return "".join(_text(x, top + 12 * n, row, SMALL, halo=True) for n, row in enumerate(rows))


def _along(points: Sequence[tuple[float, float]], share: float) -> tuple[float, float]:
    """The place on a line of `_curve` at a share of its pieces, each counted as one."""
    at = share * (len(points) - 1)
    n = min(int(at), len(points) - 2)
    t = at - n
    (x, y), (u, v) = points[n], points[n + 1]
    bend = 3 * t * t - 2 * t**3 if y != v else t  # across, as the curve leaves and arrives upright
    return x + (u - x) * bend, y + (v - y) * (1.5 * t - 1.5 * t * t + t**3 if y != v else t)


def _is_free(place: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(abs(place[0] - x) > 44 or abs(place[1] - y) > 26 for x, y in taken)


def _text(x: float, y: float, row: str, size: float, *, anchor: str = "middle", halo: bool = False) -> str:
    around = f' stroke="{PAPER}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text {place} fill="{INK}"{around}>{escape(row)}</text>'


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
