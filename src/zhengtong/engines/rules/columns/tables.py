"""Decision tables: a column of small integers says which rule fired, and the outputs are gathered from it."""

from collections.abc import Sequence

from zhengtong.engines.rules.columns.cells import passes
from zhengtong.engines.rules.columns.functions import FUNCTIONS
from zhengtong.engines.rules.columns.logic import choose, conjunction, disjunction, equal, negation, surely
from zhengtong.engines.rules.columns.lowering import FALSE, NULL, TRUE, Lowering, Scope, lowers, named, refuse
from zhengtong.engines.rules.columns.sheet import let, made
from zhengtong.engines.rules.columns.symbols import Column, Item, Listing, Record, Symbol
from zhengtong.engines.rules.columns.typed import conform
from zhengtong.engines.rules.dmn.coverage import Coverage, TooLarge
from zhengtong.engines.rules.dmn.hits import Policy, rank
from zhengtong.engines.rules.dmn.segments import Opaque, column_of
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.types import Basic, Constrained

_MANY = -1  # the number that stands for more than one rule where only one may fire
_MOST_BITS = 62
_MOST_COMPARED = 200  # rules, each with each other


@lowers(tree.Table)
def _table(self: Lowering, node: tree.Table, scope: Scope) -> Symbol:
    inputs = [_input(self, each, scope) for each in node.inputs]
    provided = _provided(self, node, inputs, scope)
    rules = [each for each in node.rules if node.note.in_force(self.on) and each.note.in_force(self.on)]
    hits = [_hit(self, rule, inputs, provided, scope) for rule in rules]
    live = [(rule, hit) for rule, hit in zip(rules, hits, strict=True) if hit.constant is not False]
    settle = _SETTLE.get(node.policy)
    if settle is None:
        raise refuse("输出顺序命中策略", "the hit policy Output order")
    return settle(self, node, live, scope)


def _input(self: Lowering, node: tree.Input, scope: Scope) -> Symbol:
    value = self.lower(node.expression, scope)
    return named(conform(self, value, scope.resolve(node.type) if node.type else None, scope))


def _provided(self: Lowering, node: tree.Table, inputs: Sequence[Symbol], scope: Scope) -> Column:
    """Where all inputs are among the values that their columns allow."""
    found = []
    for value, each in zip(inputs, node.inputs, strict=True):
        if each.allowed:
            found.append(surely(passes(self, value, each.allowed, scope)))
    return let(conjunction(found))


def _hit(self: Lowering, rule: tree.Rule, inputs: Sequence[Symbol], provided: Column, scope: Scope) -> Column:
    cells = [passes(self, value, tests, scope) for value, tests in zip(inputs, rule.tests, strict=True)]
    return FALSE if any(each.is_null for each in cells) else conjunction([provided, *cells])


_Live = Sequence[tuple[tree.Rule, Column]]


def _fired(self: Lowering, node: tree.Table, live: _Live, scope: Scope) -> Column:
    """The number of the first rule in the order given that fired, 0 where none did."""
    certain = next((place for place, (_, hit) in enumerate(live) if hit.constant is True), len(live))
    cases = "".join(f" WHEN {hit.sql} THEN {rule.number}" for rule, hit in live[:certain])
    otherwise = live[certain][0].number if certain < len(live) else 0
    sql = f"CASE{cases} ELSE {otherwise} END" if cases else str(otherwise)
    return _noted(self, node, made("rule", sql, *(hit for _, hit in live), nullable=False), scope)


def _noted(self: Lowering, node: tree.Table, fired: Column, scope: Scope) -> Column:
    """The column under its name, for whoever asks which rules fired."""
    fired = let(fired)
    name, count = f"{scope.where or node.key}.rule", 1
    while name in self.rules and self.rules[name].sql != fired.sql:
        count += 1
        name = f"{scope.where or node.key}.rule.{count}"
    self.rules[name] = fired
    return fired


def _gathered(self: Lowering, node: tree.Table, rules: Sequence[tree.Rule], fired: Column, scope: Scope) -> Symbol:
    """The outputs of the rule that fired; rules with the same outputs are looked up together."""
    numbers: dict[str, list[int]] = {}
    results: dict[str, tuple[tree.Node, ...]] = {}
    for rule in rules:
        key = repr(rule.results)  # not the results themselves, for to Python true equals 1
        numbers.setdefault(key, []).append(rule.number)
        results[key] = rule.results
    if fired.sheet is None:  # the same rule in every row
        found = next((key for key, those in numbers.items() if fired.sql in map(str, those)), None)
        return _row(self, node, results[found], scope) if found else _default(self, node, scope)
    cases = [(_is(fired, those), _row(self, node, results[key], scope)) for key, those in numbers.items()]
    return choose(self, [*cases, (_is(fired, [0]), _default(self, node, scope))], NULL)


def _is(fired: Column, numbers: Sequence[int]) -> Column:
    written = ", ".join(map(str, numbers))
    sql = f"{fired.sql} IN ({written})" if len(numbers) > 1 else f"{fired.sql} = {written}"
    return made("boolean", sql, fired, nullable=False)


def _row(self: Lowering, node: tree.Table, results: Sequence[tree.Node], scope: Scope) -> Symbol:
    values = []
    for output, result in zip(node.outputs, results, strict=True):
        value = self.lower(result, scope)
        values.append(named(conform(self, value, scope.resolve(output.type) if output.type else None, scope)))
    if len(values) == 1:
        return values[0]
    return Record({output.name: value for output, value in zip(node.outputs, values, strict=True)})


def _default(self: Lowering, node: tree.Table, scope: Scope) -> Symbol:
    if not any(each.default for each in node.outputs):
        return NULL
    return _row(self, node, [each.default or tree.Constant(None) for each in node.outputs], scope)


def _first(self: Lowering, node: tree.Table, live: _Live, scope: Scope) -> Symbol:
    return _gathered(self, node, [rule for rule, _ in live], _fired(self, node, live, scope), scope)


def _unique(self: Lowering, node: tree.Table, live: _Live, scope: Scope) -> Symbol:
    if not _may_overlap(self, node, [rule for rule, _ in live], scope):
        return _first(self, node, live, scope)
    sure = [(rule, let(surely(hit))) for rule, hit in live]
    hits = " + ".join(f"CASE WHEN {hit.sql} THEN 1 ELSE 0 END" for _, hit in sure)
    cases = "".join(f" WHEN {hit.sql} THEN {rule.number}" for rule, hit in sure)
    sql = f"CASE WHEN {hits} > 1 THEN {_MANY}{cases} ELSE 0 END"
    fired = _noted(self, node, made("rule", sql, *(hit for _, hit in sure), nullable=False), scope)
    return _gathered(self, node, [rule for rule, _ in sure], fired, scope)


def _may_overlap(self: Lowering, node: tree.Table, rules: Sequence[tree.Rule], scope: Scope) -> bool:
    """Whether two rules could cover one case, as far as can be told in a short time."""
    if len(rules) > _MOST_COMPARED:
        return True
    try:
        columns = [
            column_of([rule.tests[place] for rule in rules], each.allowed, is_boolean=_is_truth(each, scope))
            for place, each in enumerate(node.inputs)
        ]
        return any(True for _ in Coverage(columns, len(rules)).overlaps())
    except (Opaque, TooLarge):
        return len(rules) > 1


def _is_truth(node: tree.Input, scope: Scope) -> bool:
    kind = scope.resolve(node.type) if node.type else None
    kind = kind.base if isinstance(kind, Constrained) else kind
    return isinstance(kind, Basic) and kind.kind == "boolean"


def _any(self: Lowering, node: tree.Table, live: _Live, scope: Scope) -> Symbol:
    """The outputs of the first, null where those of another that fired differ."""
    found = named(_first(self, node, live, scope))
    rows = {repr(rule.results): _row(self, node, rule.results, scope) for rule, _ in live}
    if len(rows) < 2:
        return found
    differ = [conjunction([surely(hit), negation(_same(self, found, rows[repr(rule.results)]))]) for rule, hit in live]
    return choose(self, [(disjunction(differ), NULL)], found)


def _same(self: Lowering, left: Symbol, right: Symbol) -> Column:
    if isinstance(left, Record) and isinstance(right, Record):
        return conjunction(_same(self, each, right.members[name]) for name, each in left.members.items())
    if isinstance(left, Column) and isinstance(right, Column) and left.is_null and right.is_null:
        return TRUE
    return surely(equal(self, left, right))


def _priority(self: Lowering, node: tree.Table, live: _Live, scope: Scope) -> Symbol:
    """The rules in the order of their outputs: the first that fires has the best."""
    order = _priorities(node, scope)
    policy = Policy("P", "", tuple(each.name for each in node.outputs), order)
    rows = {}
    for rule, _ in live:
        if not all(isinstance(each, tree.Constant) for each in rule.results):
            raise refuse("优先级策略的输出不是常数", "outputs of a table of policy Priority are no literals")
        values = [each.value for each in rule.results if isinstance(each, tree.Constant)]
        names = [each.name for each in node.outputs]
        rows[rule.number] = values[0] if len(values) == 1 else dict(zip(names, values, strict=True))
    ranked = sorted(live, key=lambda each: rank(policy, rows[each[0].number]))
    return _first(self, node, ranked, scope)


def _priorities(node: tree.Table, scope: Scope) -> tuple[tuple[object, ...], ...]:
    found = []
    for output in node.outputs:
        kind = scope.resolve(output.type) if output.type else None
        tests = kind.tests.tests if isinstance(kind, Constrained) and isinstance(kind.tests, tree.Tests) else ()
        found.append(tuple(each.value for each in output.allowed or tests if isinstance(each, tree.Constant)))
    return tuple(found)


def _collected(self: Lowering, node: tree.Table, live: _Live, scope: Scope) -> Symbol:
    """All that fired: their numbers as bits, and their outputs as a list or its figure."""
    sure = [(rule, let(surely(hit))) for rule, hit in live]
    if any(rule.number > _MOST_BITS for rule, _ in sure):
        raise refuse("规则过多", "a table that collects has more rules than can be noted")
    bits = " + ".join(f"CASE WHEN {hit.sql} THEN {1 << rule.number - 1} ELSE 0 END" for rule, hit in sure) or "0"
    _noted(
        self,
        node,
        made("rules", f"CAST({bits} AS {self.dialect.long})", *(hit for _, hit in sure), nullable=False),
        scope,
    )
    items = Listing(tuple(Item(_row(self, node, rule.results, scope), hit) for rule, hit in sure))
    some = let(disjunction(hit for _, hit in sure))
    if node.policy == "R" or not node.aggregation:
        if any(each.default for each in node.outputs):
            raise refuse("收集策略的默认输出", "a table that collects has default outputs")
        items = Listing(items.items)
        return items if some.constant is True else _or_null(items, some)
    if len(node.outputs) > 1:
        raise refuse("多列输出的汇总", "several outputs are aggregated")
    figure = FUNCTIONS[node.aggregation.lower()](self, [items])
    return choose(self, [(some, figure)], _default(self, node, scope))


def _or_null(items: Listing, some: Column) -> Symbol:
    raise refuse("结果可能是列表也可能为空", "the result is a list in some rows and null in others")


_SETTLE = {
    "U": _unique,
    "A": _any,
    "F": _first,
    "P": _priority,
    "R": _collected,
    "C": _collected,
}
