"""Types: which are kept, and what becomes of a value that does not conform (DMN 1.5, 10.3.2.9.4)."""

from dataclasses import replace

from zhengtong.engines.rules.columns.cells import passes
from zhengtong.engines.rules.columns.logic import choose, conjunction, disjunction, is_null, negation, surely
from zhengtong.engines.rules.columns.lowering import NULL, TRUE, Lowering, Scope, named, refuse
from zhengtong.engines.rules.columns.sheet import let
from zhengtong.engines.rules.columns.symbols import Column, Fraction, Item, Listing, Members, Record, Symbol
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.types import Basic, Constrained, ContextType, ListType, Type
from zhengtong.engines.rules.limits import free


def conform(self: Lowering, value: Symbol, kind: Type | None, scope: Scope) -> Symbol:
    """The value as the type has it: null where it does not conform."""
    if kind is None or type(kind) is Type or (isinstance(value, Column) and value.is_null):
        return value
    if isinstance(kind, Constrained):
        return _allowed(self, conform(self, value, kind.base, scope), kind, scope)
    if isinstance(kind, ListType):
        return _list(self, value, kind, scope)
    if isinstance(value, Listing):
        return conform(self, single(self, value), kind, scope)
    if isinstance(kind, ContextType):
        return _context(self, value, kind, scope)
    if isinstance(kind, Basic):
        return _basic(self, value, kind)
    raise refuse("这种类型", "a type of this kind")


def _basic(self: Lowering, value: Symbol, kind: Basic) -> Symbol:
    if isinstance(value, Fraction):
        return value if kind.kind == "number" else NULL
    if not isinstance(value, Column):
        return NULL
    if value.kind == "date" and kind.kind == "date and time":
        raise refuse("日期当作日期时间使用", "a date is used as a date and time")
    return value if value.kind == kind.kind else self.misfit(kind.kind, value.kind)


def _context(self: Lowering, value: Symbol, kind: ContextType, scope: Scope) -> Symbol:
    """Its members are to conform as they are: one that does not makes all of it null."""
    if not isinstance(value, Record) or not set(kind.members) <= set(value.members):
        return NULL
    members = {name: named(each) for name, each in value.members.items()}
    unfit = []
    for name, of in kind.members.items():
        fitting = conform(self, members[name], of, scope)
        if fitting is members[name] or fitting == members[name]:
            continue
        unfit.append(conjunction([negation(is_null(members[name])), is_null(fitting)]))
    if not unfit:
        return Record(members, value.exists)
    exists = conjunction([value.exists or TRUE, *(negation(each) for each in unfit)])
    parts = {name: choose(self, [(exists, each)], NULL) for name, each in members.items()}
    return Record(parts, let(exists))


def _list(self: Lowering, value: Symbol, kind: ListType, scope: Scope) -> Symbol:
    if isinstance(value, Listing):
        items = [(each, conform(self, each.value, kind.item, scope)) for each in value.items]
        if all(fitting == each.value or _is_null(each.value) for each, fitting in items):
            return value
        raise refuse("列表项与声明的类型不符", "items of a list do not conform to their type")
    if isinstance(value, Members):
        return value
    item = conform(self, value, kind.item, scope)
    if isinstance(item, Column) and item.nullable:
        raise refuse("可能为空的值当作列表使用", "a value that may be null is used as a list")
    return Listing((Item(item),))


def _is_null(value: Symbol) -> bool:
    return isinstance(value, Column) and value.is_null


def _allowed(self: Lowering, value: Symbol, kind: Constrained, scope: Scope) -> Symbol:
    if (
        isinstance(value, Listing)
        and all(each.present is None for each in value.items)
        and not isinstance(kind.base, ListType)
    ):
        value = single(self, value)
    if isinstance(value, Column) and value.is_null:
        return NULL
    if not isinstance(value, Column) or not isinstance(kind.tests, tree.Tests):
        raise refuse("对列表或上下文的取值限制", "the values of a list or a context are constrained")
    value = let(value)
    if value.is_constant:
        return value if kind.allows(value.constant, free) else NULL
    holds = passes(self, value, kind.tests, scope)
    found = choose(self, [(holds, value)], NULL)
    return replace(found, span=value.span) if isinstance(found, Column) and value.span else found


def single(self: Lowering, value: Listing) -> Symbol:
    """The only item of a list, where it has just one; else null."""
    if all(each.present is None for each in value.items):
        return value.items[0].value if len(value.items) == 1 else NULL
    present = [let(surely(each.present or TRUE)) for each in value.items]
    alone = [
        conjunction([each, negation(disjunction(present[:place] + present[place + 1 :]))])
        for place, each in enumerate(present)
    ]
    return choose(self, [(each, item.value) for each, item in zip(alone, value.items, strict=True)], NULL)
