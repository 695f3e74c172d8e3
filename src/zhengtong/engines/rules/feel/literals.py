"""Dates, times and durations that are written as `date("2026-03-09")`: constants, though they look like calls."""

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.forms import BUILTINS

MAKERS = frozenset(["date", "time", "date and time", "duration"])


def made_of_text(node: tree.Node) -> tree.Constant | None:
    """What such a call makes of a literal text; None for everything else."""
    if not isinstance(node, tree.Call) or not isinstance(node.function, tree.Name) or len(node.arguments) != 1:
        return None
    text = node.arguments[0]
    if node.function.name not in MAKERS or node.names or not isinstance(text, tree.Constant):
        return None
    if type(text.value) is not str:
        return None
    return tree.Constant(BUILTINS[node.function.name].forms[0].do(text.value))
