"""Functions of lists (DMN 1.5, 10.3.4.4) and sort (10.3.4.8)."""

from decimal import Decimal
from functools import cmp_to_key

from zhengtong.engines.rules.feel.calling import invoke
from zhengtong.engines.rules.feel.equality import equal, same
from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.values import Value, truncated, whole
from zhengtong.engines.rules.limits import Run

Items = list[Value]


def _index(items: Items, position: Decimal) -> int | None:
    """The index of a position that counts from 1, or from -1 backwards."""
    place = whole(position)
    if place is None:
        return None
    if 1 <= place <= len(items):
        return place - 1
    return place + len(items) if -len(items) <= place <= -1 else None


@builtin("list contains(list: list, element: any)", run=True)
def list_contains(run: Run, items: Items, element: Value) -> bool:
    return any(same(each, element, run.spend) for each in items)


@builtin("count(list...: list)")
def count(items: Items) -> Decimal:
    return Decimal(len(items))


@builtin("sublist(list: list, start position: number, length?: number)")
def sublist(items: Items, start: Decimal, length: Decimal | None) -> Items | None:
    begin = _index(items, start)
    if begin is None or (length is not None and length < 1):
        return None
    if length is not None and begin + truncated(length) > len(items):
        return None
    return items[begin:] if length is None else items[begin : begin + truncated(length)]


@builtin("append(list: list, item*: any)")
def append(items: Items, new: Items) -> Items:
    return items + new


@builtin("concatenate(list*: list)")
def concatenate(lists: list[Items]) -> Items:
    return [item for each in lists for item in each]


@builtin("union(list*: list)", run=True)
def union(run: Run, lists: list[Items]) -> Items:
    return _distinct(run, concatenate(lists))


@builtin("insert before(list: list, position: number, newItem: any)")
def insert_before(items: Items, position: Decimal, new: Value) -> Items | None:
    at = _index(items, position)
    return None if at is None else [*items[:at], new, *items[at:]]


@builtin("remove(list: list, position: number)")
def remove(items: Items, position: Decimal) -> Items | None:
    at = _index(items, position)
    return None if at is None else items[:at] + items[at + 1 :]


@builtin("list replace(list: list, position: number, newItem: any)")
def list_replace_at(items: Items, position: Decimal, new: Value) -> Items | None:
    at = _index(items, position)
    return None if at is None else [*items[:at], new, *items[at + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any)", run=True)
def list_replace_matching(run: Run, items: Items, match: Value, new: Value) -> Items | None:
    found = [invoke(run, match, (each, new)) for each in items]
    if not all(type(each) is bool for each in found):
        return None
    return [new if hit else each for each, hit in zip(items, found, strict=True)]


@builtin("reverse(list: list)")
def reverse(items: Items) -> Items:
    return items[::-1]


@builtin("index of(list: list, match: any)", run=True)
def index_of(run: Run, items: Items, match: Value) -> Items:
    return [Decimal(place) for place, each in enumerate(items, 1) if equal(each, match, run.spend) is True]


def _distinct(run: Run, items: Items) -> Items:
    found: Items = []
    for each in items:
        run.spend(len(found))
        if not any(same(each, other, run.spend) for other in found):
            found.append(each)
    return found


@builtin("distinct values(list: list)", run=True)
def distinct_values(run: Run, items: Items) -> Items:
    return _distinct(run, items)


@builtin("flatten(list: list)", run=True)
def flatten(run: Run, items: Items) -> Items:
    flat: Items = []
    for each in items:
        if type(each) is list:
            inner = flatten(run, each)
            run.spend(1 + len(inner))
            flat.extend(inner)
        else:
            flat.append(each)
    return flat


@builtin("sort(list: list, precedes?: function?)", run=True)
def sort(run: Run, items: Items, precedes: Value) -> Items | None:
    """In the order of `precedes`; equal ones stay in their order."""
    if precedes is None:
        return None
    fitting = True

    def before(left: Value, right: Value) -> int:
        nonlocal fitting
        answer = invoke(run, precedes, (left, right))
        fitting = fitting and type(answer) is bool
        return -1 if answer is True else 1 if invoke(run, precedes, (right, left)) is True else 0

    ordered = sorted(items, key=cmp_to_key(before))
    return ordered if fitting else None
