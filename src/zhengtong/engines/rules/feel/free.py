"""The names that an expression takes from around it."""

from collections.abc import Callable, Collection
from typing import Any

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.builtins import BUILTINS

_Visit = tuple[Any, frozenset[str]]


def free_names(node: Any, hiding: Collection[str] = ()) -> frozenset[str]:
    """All free names but those of the functions of the standard. Within filters, members of items are among them.

    `hiding`: names of the model, which come before functions of the same name: an input may be called `date`.
    """
    found: set[str] = set()
    stack: list[_Visit] = [(node, frozenset())]
    while stack:
        item, bound = stack.pop()
        if isinstance(item, tree.Name):
            if item.name not in bound and (item.name not in BUILTINS or item.name in hiding):
                found.add(item.name)
        elif isinstance(item, tuple):
            stack.extend((each, bound) for each in item)
        else:
            stack.extend(_BINDERS.get(type(item), _plain)(item, bound))
    return frozenset(found)


def _plain(item: Any, bound: frozenset[str]) -> list[_Visit]:
    return [(each, bound) for each in tree.parts(item)]


def _loops(item: tree.For | tree.Quantified, bound: frozenset[str]) -> list[_Visit]:
    visits: list[_Visit] = []
    for loop in item.loops:
        visits.append(((loop.source, loop.end), bound))
        bound = bound | {loop.name}
    return [*visits, (item.body, bound | {"partial"})]


def _function(item: tree.FunctionOf, bound: frozenset[str]) -> list[_Visit]:
    return [] if item.external else [(item.body, bound | {each.name for each in item.parameters})]


def _context(item: tree.ContextOf, bound: frozenset[str]) -> list[_Visit]:
    visits: list[_Visit] = []
    for entry in item.entries:
        visits.append((entry.value, bound))
        bound = bound | {entry.name}
    return [*visits, (item.result, bound)]


def _filter(item: tree.Filter, bound: frozenset[str]) -> list[_Visit]:
    return [(item.value, bound), (item.condition, bound | {"item"})]


def _input(item: tree.Input, bound: frozenset[str]) -> list[_Visit]:
    return [(item.expression, bound), (item.allowed, bound | {"?"})]


def _rule(item: tree.Rule, bound: frozenset[str]) -> list[_Visit]:
    return [(item.tests, bound | {"?"}), (item.results, bound)]


_BINDERS: dict[type, Callable[[Any, frozenset[str]], list[_Visit]]] = {
    tree.For: _loops,
    tree.Quantified: _loops,
    tree.FunctionOf: _function,
    tree.ContextOf: _context,
    tree.Filter: _filter,
    tree.Input: _input,
    tree.Rule: _rule,
}
