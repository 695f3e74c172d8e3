"""Names, arithmetic, comparison, logic, branches, lists and contexts."""

from zhengtong.engines.rules.columns.cells import passes, test
from zhengtong.engines.rules.columns.functions import call_standard
from zhengtong.engines.rules.columns.lists import filtered, iterated, member, quantified
from zhengtong.engines.rules.columns.logic import (
    choose,
    compare,
    conjunction,
    disjunction,
    truth,
)
from zhengtong.engines.rules.columns.lowering import (
    NULL,
    Lowering,
    Scope,
    called,
    listing,
    lowers,
    named,
    refuse,
)
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Applied, Column, Interval, Item, Listing, Record, Symbol
from zhengtong.engines.rules.columns.temporal import DAYS, MONTHS, temporal_add, temporal_scaled, temporal_subtract
from zhengtong.engines.rules.columns.typed import conform
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.types import result_type


@lowers(tree.Constant)
def _constant(self: Lowering, node: tree.Constant, scope: Scope) -> Symbol:
    return self.constant(node.value)


@lowers(tree.Name)
def _name(self: Lowering, node: tree.Name, scope: Scope) -> Symbol:
    if node.name in scope.names:
        return scope.names[node.name]
    if node.name in BUILTINS:
        raise refuse(f"函数“{node.name}”作为值使用", f"the function “{node.name}” is used as a value")
    return NULL


@lowers(tree.Negation)
def _negation(self: Lowering, node: tree.Negation, scope: Scope) -> Symbol:
    value = self.column(node.value, scope)
    if not isinstance(value, Column):
        raise refuse("对未取整的商取负", "a quotient that is not rounded is negated")
    if value.kind == "number":
        return self.numbers.negate(value)
    return temporal_scaled(self, value, -1) if value.kind in {MONTHS, DAYS} else NULL


@lowers(tree.Binary)
def _binary(self: Lowering, node: tree.Binary, scope: Scope) -> Symbol:
    chain = [node]
    while isinstance(chain[-1].left, tree.Binary):
        chain.append(chain[-1].left)
    value = self.lower(chain[-1].left, scope)
    for link in reversed(chain):
        value = _operation(self, link.op, value, self.lower(link.right, scope))
    return value


def _operation(self: Lowering, op: str, left: Symbol, right: Symbol) -> Symbol:
    if op in {"and", "or"}:
        return (conjunction if op == "and" else disjunction)([truth(left), truth(right)])
    if op in {"=", "!=", "<", "<=", ">", ">="}:
        return compare(self, left, op, right)
    if isinstance(left, Column) and isinstance(right, Column):
        return _arithmetic(self, op, left, right)
    if isinstance(left, Column | Listing | Record) and isinstance(right, Column | Listing | Record):
        return NULL
    raise refuse("未取整的商继续参与运算", "a quotient is used in a sum or product before it is rounded")


def _arithmetic(self: Lowering, op: str, left: Column, right: Column) -> Symbol:
    kinds = (left.kind, right.kind)
    if kinds == ("number", "number"):
        numbers = self.numbers
        operation = {
            "+": numbers.add, "-": numbers.subtract, "*": numbers.multiply, "/": numbers.divide, "**": numbers.power
        }[op]  # fmt: skip
        return operation(left, right)
    if kinds == ("string", "string"):
        return _joined(left, right) if op == "+" else NULL
    match op:
        case "+" if (found := temporal_add(self, left, right)) is not NULL:
            return found
        case "-" if (found := temporal_subtract(self, left, right)) is not NULL:
            return found
        case "*" | "/" if {MONTHS, DAYS} & set(kinds):
            raise refuse("时长的乘除", "a duration is multiplied or divided")
    return NULL if "null" in kinds else self.misfit(op, *kinds)


def _joined(left: Column, right: Column) -> Column:
    return made("string", f"({left.sql} || {right.sql})", left, right)


@lowers(tree.Between)
def _between(self: Lowering, node: tree.Between, scope: Scope) -> Symbol:
    value = named(self.column(node.value, scope))
    low, high = self.column(node.low, scope), self.column(node.high, scope)
    return conjunction([compare(self, low, "<=", value), compare(self, value, "<=", high)])


@lowers(tree.In)
def _in(self: Lowering, node: tree.In, scope: Scope) -> Symbol:
    value = named(self.lower(node.value, scope))
    return disjunction([test(self, value, each, scope) for each in node.tests])


@lowers(tree.Tests)
def _tests(self: Lowering, node: tree.Tests, scope: Scope) -> Symbol:
    return passes(self, scope.names["?"], node, scope)


@lowers(tree.RangeOf)
def _range(self: Lowering, node: tree.RangeOf, scope: Scope) -> Symbol:
    start, end = self.column(node.start, scope), self.column(node.end, scope)
    if not isinstance(start, Column) or not isinstance(end, Column):
        raise refuse("区间端点是未取整的商", "an end of a range is a quotient that is not rounded")
    if start.is_null or end.is_null:
        return NULL
    return Interval(let(start), let(end), node.start_included, node.end_included)


@lowers(tree.UnaryTest)
def _unary(self: Lowering, node: tree.UnaryTest, scope: Scope) -> Symbol:
    raise refuse("比较式作为值使用", "a comparison such as `< 5` is used as a value")


@lowers(tree.If)
def _if(self: Lowering, node: tree.If, scope: Scope) -> Symbol:
    cases = []
    last: tree.Node = node
    while isinstance(last, tree.If):
        cases.append((truth(self.lower(last.condition, scope)), self.lower(last.yes, scope)))
        last = last.no
    return choose(self, cases, self.lower(last, scope))


@lowers(tree.Typed)
def _typed(self: Lowering, node: tree.Typed, scope: Scope) -> Symbol:
    return conform(self, self.lower(node.value, scope), scope.resolve(node.type), scope)


@lowers(tree.ListOf)
def _list(self: Lowering, node: tree.ListOf, scope: Scope) -> Symbol:
    return listing(Item(named(self.lower(each, scope))) for each in node.items)


@lowers(tree.ContextOf)
def _context(self: Lowering, node: tree.ContextOf, scope: Scope) -> Symbol:
    made: dict[str, Symbol] = {}
    for entry in node.entries:
        value = self.lower(entry.value, scope.bind(made))
        kind = scope.resolve(entry.type) if entry.type else None
        made[entry.name] = named(conform(self, value, kind, scope))
    return Record(made) if node.result is None else self.lower(node.result, scope.bind(made))


@lowers(tree.Path)
def _path(self: Lowering, node: tree.Path, scope: Scope) -> Symbol:
    return member(self, self.lower(node.value, scope), node.name)


@lowers(tree.Filter)
def _filter(self: Lowering, node: tree.Filter, scope: Scope) -> Symbol:
    return filtered(self, self.lower(node.value, scope), node.condition, scope)


@lowers(tree.For)
def _for(self: Lowering, node: tree.For, scope: Scope) -> Symbol:
    return iterated(self, node, scope)


@lowers(tree.Quantified)
def _quantified(self: Lowering, node: tree.Quantified, scope: Scope) -> Symbol:
    return quantified(self, node, scope)


@lowers(tree.FunctionOf)
def _function(self: Lowering, node: tree.FunctionOf, scope: Scope) -> Symbol:
    if node.external:
        raise refuse("用其他语言编写的函数", "a function in another language")
    parameters = tuple(each.name for each in node.parameters)
    kinds = tuple(scope.resolve(each.type) if each.type else None for each in node.parameters)

    def call(*arguments: Symbol) -> Symbol:
        fitting = [conform(self, value, kind, scope) for value, kind in zip(arguments, kinds, strict=True)]
        found = self.lower(node.body, scope.bind(dict(zip(parameters, map(named, fitting), strict=True))))
        return conform(self, found, result_type(scope.resolve(node.result) if node.result else None), scope)

    return Applied(parameters, call)


@lowers(tree.Call)
def _call(self: Lowering, node: tree.Call, scope: Scope) -> Symbol:
    name = node.function.name if isinstance(node.function, tree.Name) else ""
    arguments = [self.lower(each, scope) for each in node.arguments]
    if name and name not in scope.names:
        return call_standard(self, name, arguments, node.names) if name in BUILTINS else NULL
    function = self.lower(node.function, scope)
    if node.names and isinstance(function, Applied):
        if set(node.names) != set(function.parameters):
            return NULL
        given = dict(zip(node.names, arguments, strict=True))
        arguments = [given[each] for each in function.parameters]
    return called(self, function, arguments)


@lowers(tree.InstanceOf)
def _instance(self: Lowering, node: tree.InstanceOf, scope: Scope) -> Symbol:
    raise refuse("instance of", "`instance of` asks for the kind of a value")
