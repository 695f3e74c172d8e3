"""Unary tests: the cells of tables, and what stands after `in` (DMN 1.5, 7.3.3 and 10.3.2.8)."""

from zhengtong.engines.rules.columns.logic import (
    choose,
    compare,
    conjunction,
    disjunction,
    equal,
    negation,
    ordered,
    surely,
    truth,
    within,
)
from zhengtong.engines.rules.columns.lowering import TRUE, Lowering, Scope
from zhengtong.engines.rules.columns.sheet import made
from zhengtong.engines.rules.columns.symbols import Column, Interval, Item, Listing, Symbol
from zhengtong.engines.rules.feel import tree


def passes(self: Lowering, value: Symbol, tests: tree.Tests, scope: Scope) -> Column:
    """Whether a value passes the tests of a cell, of three values."""
    if not tests.tests:
        return TRUE
    inside = scope.bind({"?": value})
    found = _among(self, value, tests) or disjunction([test(self, value, each, inside) for each in tests.tests])
    return negation(found) if tests.negated else found


def _among(self: Lowering, value: Symbol, tests: tree.Tests) -> Column | None:
    """A list of texts is looked up as a set."""
    texts = [each.value for each in tests.tests if isinstance(each, tree.Constant) and type(each.value) is str]
    if len(texts) < 2 or len(texts) < len(tests.tests) or not isinstance(value, Column) or value.kind != "string":
        return None
    found = made("boolean", f"({value.sql} IN ({', '.join(map(self.dialect.text, texts))}))", value)
    return surely(found)


def test(self: Lowering, value: Symbol, node: tree.Node, scope: Scope) -> Column:
    """One test of a cell or of `in`: a comparison, a range, a value, a list of them, or a condition of `?`."""
    if isinstance(node, tree.UnaryTest):
        return compare(self, value, node.op, self.lower(node.value, scope))
    found = self.lower(node, scope)
    if tree.uses(node, "?"):
        return truth(found)
    if isinstance(found, Interval):
        return ordered(self, found, within(self, value, found))
    if isinstance(found, Listing):
        return disjunction([_is_item(self, value, each) for each in found.items])
    is_plain = isinstance(node, tree.Constant | tree.ListOf)
    is_boolean = isinstance(value, Column) and value.kind == "boolean"
    if not is_plain and isinstance(found, Column) and found.kind == "boolean" and not is_boolean:
        answer = choose(self, [(found, self.constant(True))], equal(self, value, found))
        return truth(answer)
    return equal(self, value, found)


def _is_item(self: Lowering, value: Symbol, item: Item) -> Column:
    holds = within(self, value, item.value) if isinstance(item.value, Interval) else equal(self, value, item.value)
    return conjunction([surely(holds), *([item.present] if item.present else [])])
