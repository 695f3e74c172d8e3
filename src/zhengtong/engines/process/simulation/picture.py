"""Bars side by side as SVG: waiting by step, load by post, on-time rate, for each variant. No styles, no scripts."""

from collections.abc import Mapping, Sequence
from html import escape

from zhengtong.common.text import Text, text
from zhengtong.engines.process.simulation.compare import Comparison

LEFT, WIDTH, ROW, GAP = 260, 420, 16, 14
FILLS = ("#1f5fa8", "#c05a1e", "#3f7d3a", "#7a4b94", "#6b6b6b")
_ON_TIME = text("按期办结率", "on time")
_LOAD = text("岗位负荷", "load of posts")
_WAIT = text("各环节平均等待（工作日）", "mean waiting by step (working days)")
_DAYS = text("平均用时（工作日）", "mean time of a case (working days)")

Bars = Mapping[str, Sequence[float]]  # by label: one value for each variant


def picture(compared: Sequence[Comparison], names: Mapping[str, str], language: str) -> str:
    """One `<svg>`; `names` are the names of nodes and posts, ids are shown where there are none."""
    parts: list[tuple[Text, Bars, str]] = [
        (_DAYS, {"": [each.measures["mean_days"].mean for each in compared]}, "{:.1f}"),
        (_ON_TIME, {"": [each.measures["on_time"].mean for each in compared if "on_time" in each.measures]}, "{:.0%}"),
        (_LOAD, _loads(compared, names), "{:.0%}"),
        (_WAIT, _waits(compared, names), "{:.2f}"),
    ]
    drawn, y = _legend(compared), 30.0 + 20 * len(compared)
    for title, bars, written in parts:
        drawn += f'<text x="10" y="{y:.0f}" font-weight="bold">{escape(title.in_(language))}</text>'
        y += GAP
        most = max((value for values in bars.values() for value in values), default=0.0) or 1.0
        for label, values in bars.items():
            drawn += _row(label, values, most, y, written)
            y += ROW * len(values) + GAP
        y += GAP
    told = escape(text("模拟结果", "what was simulated").in_(language))
    size = f'viewBox="0 0 {LEFT + WIDTH + 90} {y:.0f}" width="{LEFT + WIDTH + 90}" height="{y:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} font-family="sans-serif" font-size="12">'
        f"<title>{told}</title>{drawn}</svg>"
    )


def _legend(compared: Sequence[Comparison]) -> str:
    return "".join(
        f'<rect x="10" y="{10 + 20 * place}" width="12" height="12" fill="{FILLS[place % len(FILLS)]}"/>'
        f'<text x="28" y="{20 + 20 * place}">{escape(each.name)}</text>'
        for place, each in enumerate(compared)
    )


def _row(label: str, values: Sequence[float], most: float, y: float, written: str) -> str:
    drawn = f'<text x="{LEFT - 8}" y="{y + 12:.0f}" text-anchor="end">{escape(label[:36])}</text>'
    for place, value in enumerate(values):
        top, width = y + ROW * place, WIDTH * value / most
        fill = FILLS[place % len(FILLS)]
        drawn += f'<rect x="{LEFT}" y="{top:.0f}" width="{width:.1f}" height="{ROW - 3}" fill="{fill}"/>'
        drawn += f'<text x="{LEFT + width + 6:.1f}" y="{top + 11:.0f}">{written.format(value)}</text>'
    return drawn


def _loads(compared: Sequence[Comparison], names: Mapping[str, str]) -> Bars:
    found: dict[str, list[float]] = {}
    for place, each in enumerate(compared):
        for index, post in enumerate(each.runs[0].posts):
            told = " + ".join(names.get(one, one) for one in post.posts)
            label = told if post.name == " + ".join(post.posts) else post.name
            values = [run.posts[index].load for run in each.runs]
            found.setdefault(label, [0.0] * len(compared))[place] = sum(values) / len(values)
    return found


def _waits(compared: Sequence[Comparison], names: Mapping[str, str]) -> Bars:
    found: dict[str, list[float]] = {}
    for place, each in enumerate(compared):
        for run in each.runs:
            for step in run.steps:
                row = found.setdefault(names.get(step.node, step.node), [0.0] * len(compared))
                row[place] += step.mean_wait / run.day / len(each.runs)
    return found
