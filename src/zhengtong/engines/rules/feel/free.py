"""The names that an expression takes from around it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.builtins import BUILTINS


@dataclass(frozen=True, slots=True)
class _Bound:
    """Names that are declared: by their order those before `count`, and those around. A long context shares one."""

    places: Mapping[str, int]
    count: int
    around: Optional["_Bound"] = None

    def within(self, names: Iterable[str]) -> "_Bound":
        """With more of them."""
        listed, places = list(names), dict[str, int]()
        for place, name in enumerate(listed):
            places.setdefault(name, place)
        return _Bound(places, len(listed), self)

    def first(self, count: int) -> "_Bound":
        """With no more than so many of the innermost."""
        return _Bound(self.places, count, self.around)

    def holds(self, name: str) -> bool:
        scope: _Bound | None = self
        while scope is not None and scope.places.get(name, scope.count) >= scope.count:
            scope = scope.around
        return scope is not None


_NONE = _Bound({}, 0)
_Visit = tuple[Any, _Bound]


def free_names(node: Any, hiding: Collection[str] = ()) -> frozenset[str]:
    """All free names but those of the functions of the standard. Within filters, members of items are among them.

    `hiding`: names of the model, which come before functions of the same name: an input may be called `date`.
    """
    found: set[str] = set()
    stack: list[_Visit] = [(node, _NONE)]
    while stack:
        item, bound = stack.pop()
        if isinstance(item, tree.Name):
            if not bound.holds(item.name) and (item.name not in BUILTINS or item.name in hiding):
                found.add(item.name)
        elif isinstance(item, tuple):
            stack.extend((each, bound) for each in item)
        else:
            stack.extend(_BINDERS.get(type(item), _plain)(item, bound))
    return frozenset(found)


def _plain(item: Any, bound: _Bound) -> list[_Visit]:
    return [(each, bound) for each in tree.parts(item)]


def _loops(item: tree.For | tree.Quantified, bound: _Bound) -> list[_Visit]:
    inside = bound.within([*(loop.name for loop in item.loops), "partial"])
    sources = [((loop.source, loop.end), inside.first(place)) for place, loop in enumerate(item.loops)]
    return [*sources, (item.body, inside)]


def _function(item: tree.FunctionOf, bound: _Bound) -> list[_Visit]:
    return [] if item.external else [(item.body, bound.within(each.name for each in item.parameters))]


def _context(item: tree.ContextOf, bound: _Bound) -> list[_Visit]:
    inside = bound.within(entry.name for entry in item.entries)
    return [
        *((entry.value, inside.first(place)) for place, entry in enumerate(item.entries)),
        (item.result, inside),
    ]


def _filter(item: tree.Filter, bound: _Bound) -> list[_Visit]:
    return [(item.value, bound), (item.condition, bound.within(["item"]))]


def _input(item: tree.Input, bound: _Bound) -> list[_Visit]:
    return [(item.expression, bound), (item.allowed, bound.within(["?"]))]


def _rule(item: tree.Rule, bound: _Bound) -> list[_Visit]:
    return [(item.tests, bound.within(["?"])), (item.results, bound)]


_BINDERS: dict[type, Callable[[Any, _Bound], list[_Visit]]] = {
    tree.For: _loops,
    tree.Quantified: _loops,
    tree.FunctionOf: _function,
    tree.ContextOf: _context,
    tree.Filter: _filter,
    tree.Input: _input,
    tree.Rule: _rule,
}
