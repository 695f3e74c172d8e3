"""A range written in a string: `range("[1..10)")`. Its ends are literals, or dates and times made of literals."""

import re

from zhengtong.engines.rules.errors import FeelError
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.equality import order
from zhengtong.engines.rules.feel.literals import MAKERS, made_of_text
from zhengtong.engines.rules.feel.names import Names
from zhengtong.engines.rules.feel.parser import parse_expression
from zhengtong.engines.rules.feel.values import Range, Value

_OPEN_START = re.compile(r"^\s*([(\]])\s*\.\.")
_OPEN_END = re.compile(r"\.\.\s*([)\[])\s*$")


def read_range(text: str) -> Range | None:
    """The range, or None where the text is none. An end that is left out, as in `[1..)`, bounds nothing."""
    text = _OPEN_END.sub(r"..null\1", _OPEN_START.sub(r"\1null..", text))
    try:
        found = parse_expression(text, Names(MAKERS))
    except FeelError:
        return None
    return _range(found) if isinstance(found, tree.RangeOf) else None


def _range(found: tree.RangeOf) -> Range | None:
    start, end = _end(found.start), _end(found.end)
    if start is None and (found.start_included or not _is_null(found.start)):
        return None
    if end is None and (found.end_included or not _is_null(found.end)):
        return None
    if start is None and end is None:
        return None
    ordered = start is None or end is None or order(start, end) in {-1, 0}
    return Range(start, end, found.start_included, found.end_included) if ordered else None


def _is_null(node: tree.Node) -> bool:
    return node == tree.Constant(None)


def _end(node: tree.Node) -> Value:
    if isinstance(node, tree.Constant):
        return node.value
    made = made_of_text(node)
    return made.value if made else None
