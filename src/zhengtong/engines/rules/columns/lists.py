"""Lists: of a few known items, or the rows of another sheet that belong to a row, such as a household's members."""

from collections.abc import Callable
from decimal import Decimal

from zhengtong.engines.rules.columns.groups import any_of
from zhengtong.engines.rules.columns.logic import choose, conjunction, disjunction, negation, surely, truth
from zhengtong.engines.rules.columns.lowering import NULL, TRUE, Lowering, Scope, listing, named, refuse
from zhengtong.engines.rules.columns.sheet import let
from zhengtong.engines.rules.columns.symbols import Column, Interval, Item, Listing, Members, Record, Symbol
from zhengtong.engines.rules.columns.temporal import part_of
from zhengtong.engines.rules.feel import tree

_MOST_ROUNDS = 120


def member(self: Lowering, value: Symbol, name: str) -> Symbol:
    """`value.name`: of a context, of each item of a list, or a property of a date or a duration."""
    match value:
        case Record():
            found = value.members.get(name, NULL)
            return found if value.exists is None else choose(self, [(value.exists, found)], NULL)
        case Listing():
            return Listing(tuple(Item(member(self, each.value, name), each.present) for each in value.items))
        case Members():
            return value.of(named(member(self, value.value, name)))
        case Interval():
            ends = {"start": value.start, "end": value.end}
            return ends.get(name) or NULL
        case Column():
            return part_of(self, value, name)
    return NULL


def _inside(scope: Scope, item: Symbol) -> Scope:
    """Within a filter the members of a context are names, and `item` is the whole of it."""
    members = dict(item.members) if isinstance(item, Record) else {}
    return scope.bind({"item": item} | members)


def filtered(self: Lowering, value: Symbol, condition: tree.Node, scope: Scope) -> Symbol:
    """`value[condition]`: an item by its position, or those for which the condition is true."""
    if isinstance(value, Members):
        return _kept(self, value, condition, scope)
    if isinstance(value, Column) and value.is_null:
        value = Listing(()) if not tree.is_number(condition) else value
    if isinstance(value, Column) and value.nullable:
        raise refuse("对可能为空的值做筛选", "a value that may be null is filtered")
    items = value.items if isinstance(value, Listing) else (Item(value),)
    if tree.is_number(condition):
        return _at(self, items, condition.value)  # type: ignore[attr-defined]
    found = []
    for each in items:
        test = self.lower(condition, _inside(scope, each.value))
        if isinstance(test, Column) and test.kind == "number":
            return _at(self, items, test.constant)
        if not isinstance(test, Column) or test.kind not in {"boolean", "null"}:
            return NULL
        here = conjunction([each.present or TRUE, surely(test)])
        if here.constant is not False:
            found.append(Item(each.value, None if here.constant is True else let(here)))
    return Listing(tuple(found))


def _kept(self: Lowering, value: Members, condition: tree.Node, scope: Scope) -> Members:
    if tree.is_number(condition):
        raise refuse("按位置取成员", "a member is taken by its position")
    test = self.lower(condition, _inside(scope, value.value))
    if not isinstance(test, Column) or test.kind != "boolean":
        raise refuse("按位置取成员", "a member is taken by its position")
    return Members(value.sheet, value.value, let(conjunction([value.kept or TRUE, surely(test)])))


def _at(self: Lowering, items: tuple[Item, ...], position: object) -> Symbol:
    """The item at a position, from 1 or backwards from -1."""
    if not isinstance(position, Decimal):
        raise refuse("列表位置不是常数", "the position in a list is no literal")
    if all(each.present is None for each in items):
        index = int(position) - 1 if position > 0 else len(items) + int(position)
        fits = position == position.to_integral_value() and position != 0 and 0 <= index < len(items)
        return items[index].value if fits else NULL
    if position not in {1, -1}:
        raise refuse(
            "在不定长的列表中取第几项",
            "a position other than the first or the last is taken of a list whose length varies",
        )
    ordered = items if position == 1 else items[::-1]
    return choose(self, [(each.present or TRUE, each.value) for each in ordered], NULL)


def _loop(node: tree.For | tree.Quantified) -> tree.Loop:
    if len(node.loops) != 1 or tree.uses((node.body,), "partial"):
        raise refuse("多重循环", "loops within loops, or `partial`")
    return node.loops[0]


def _source(self: Lowering, loop: tree.Loop, scope: Scope) -> Symbol:
    value = self.lower(loop.source, scope)
    if loop.end is not None:
        end = self.lower(loop.end, scope)
        if not (isinstance(value, Column) and isinstance(end, Column)):
            return NULL
        value = Interval(value, end, True, True)
    if not isinstance(value, Interval):
        return value
    return listing(Item(self.numbers.constant(Decimal(each))) for each in _rounds(value))


def _rounds(bounds: Interval) -> range:
    ends = [each.constant if each is not None else None for each in (bounds.start, bounds.end)]
    if not all(isinstance(each, Decimal) and each == each.to_integral_value() for each in ends):
        raise refuse("循环次数不固定", "the number of rounds of a loop is no literal")
    first, last = (int(each) for each in ends if isinstance(each, Decimal))
    step = 1 if last >= first else -1
    first += 0 if bounds.start_included else step
    last -= 0 if bounds.end_included else step
    if abs(last - first) > _MOST_ROUNDS:
        raise refuse("循环次数过多", "the loop has too many rounds")
    return range(first, last + step, step)


def iterated(self: Lowering, node: tree.For, scope: Scope) -> Symbol:
    """`for x in list return …`."""
    loop = _loop(node)
    return _each(self, _source(self, loop, scope), lambda item: self.lower(node.body, scope.bind({loop.name: item})))


def _each(self: Lowering, source: Symbol, body: Callable[[Symbol], Symbol]) -> Symbol:
    match source:
        case Members():
            return source.of(named(body(source.value)))
        case Listing():
            return listing(Item(named(body(each.value)), each.present) for each in source.items)
        case Column() if source.is_null:
            return NULL
        case Column() if source.nullable:
            raise refuse("对可能为空的值循环", "a loop goes over a value that may be null")
    return Listing((Item(named(body(source))),))


def quantified(self: Lowering, node: tree.Quantified, scope: Scope) -> Symbol:
    """`some x in list satisfies …`, `every …`."""
    loop = _loop(node)
    answers = _each(
        self, _source(self, loop, scope), lambda item: truth(self.lower(node.body, scope.bind({loop.name: item})))
    )
    return settled(self, answers, every=node.every)


def settled(self: Lowering, answers: Symbol, *, every: bool) -> Symbol:
    """Whether all, or any, of a list of truths hold; null where that depends on one that is null."""
    if isinstance(answers, Members):
        value = truth(answers.value)
        found = any_of(answers.of(negation(value) if every else value))
        return negation(found) if every else found
    if not isinstance(answers, Listing):
        return NULL
    parts = [_counted(truth(each.value), each.present, every=every) for each in answers.items]
    return conjunction(parts) if every else disjunction(parts)


def _counted(answer: Column, present: Column | None, *, every: bool) -> Column:
    """The answer of an item, and what leaves the whole as it is where the item is not in the list."""
    if present is None:
        return answer
    return disjunction([answer, negation(present)]) if every else conjunction([answer, present])
