"""How many steps it takes to go once over a part of an expression: what is done again and again counts by its size."""

from typing import Any

from zhengtong.engines.rules.feel import tree

_NODES = 4  # that make a step


def weight(*parts: Any) -> int:
    """The steps of nodes, but for those of loops, functions, filters and tables within."""
    count, stack = 0, list(parts)
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
            continue
        count += isinstance(item, tree.Node)
        stack.extend(_within(item))
    return count // _NODES


def _within(item: Any) -> tuple[Any, ...]:
    """What is done wherever the item is; of a loop that is what it begins with."""
    if isinstance(item, tree.Filter):
        return (item.value,)
    if isinstance(item, tree.For | tree.Quantified):
        return (item.loops[0].source, item.loops[0].end)
    if isinstance(item, tree.Table):
        return tuple(each.expression for each in item.inputs)
    return () if isinstance(item, tree.FunctionOf) else tree.parts(item)
