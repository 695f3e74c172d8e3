"""The Python of `in` and of the cells of tables."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.emit_values import operation
from zhengtong.engines.rules.feel.generate import Generator, emits
from zhengtong.engines.rules.feel.scope import Frame
from zhengtong.engines.rules.feel.temporal import Date

_INLINE = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=="}


@emits(tree.UnaryTest)
def _unary_test(self: Generator, node: tree.UnaryTest) -> str:
    return self.code.let(f"unary_range({self.code.constant(node.op)}, {self.emit(node.value)})")


@emits(tree.In)
def _in(self: Generator, node: tree.In) -> str:
    return any_of(self, self.code.let(self.emit(node.value)), node.tests)


@emits(tree.Tests)
def _tests(self: Generator, node: tree.Tests) -> str:
    """The tests of the variable `?`, as three-valued truth."""
    value = self.scope.find("?").variable
    if not node.tests:
        return "True"
    found = any_of(self, value, node.tests)
    return self.code.let(f"None if {found} is None else not {found}") if node.negated else found


def any_of(self: Generator, value: str, tests: Sequence[tree.Node]) -> str:
    """Whether one of the tests holds; the later ones are only tried when the earlier ones do not."""
    found = self.code.let(_test(self, value, tests[0]) if tests else "False")
    for test in tests[1:]:
        with self.code.block(f"if {found} is not True:"):
            self.code.line(f"{found} = either({found}, {_test(self, value, test)})")
    return found


def _test(self: Generator, value: str, test: tree.Node) -> str:
    if isinstance(test, tree.UnaryTest):
        return operation(test.op, value, self.emit(test.value))
    if tree.uses(test, "?"):
        return self.emit(test)
    if isinstance(test, tree.RangeOf):
        return f"in_range({value}, {self.emit(test)}, run.spend)"
    is_plain = isinstance(test, tree.Constant | tree.ListOf)
    return f"{'is_in' if is_plain else 'in_cell'}({value}, {self.emit(test)}, run.spend)"


def cell(self: Generator, value: str, node: tree.Tests) -> str:
    """A Python condition that is true when the cell lets the input through; "" where it always does."""
    if not node.tests:
        return ""
    inline = [] if node.negated else _texts(self, value, node) or [_inline(self, value, test) for test in node.tests]
    if inline and all(inline):
        return f"({' or '.join(inline)})"
    with self.within(Frame({"?": value})):
        return f"{self.emit(node)} is True"


def _texts(self: Generator, value: str, node: tree.Tests) -> list[str]:
    """A list of texts is looked up as a set."""
    texts = [test.value for test in node.tests if isinstance(test, tree.Constant) and type(test.value) is str]
    if len(texts) < 2 or len(texts) < len(node.tests):
        return []
    return [f"type({value}) is str and {value} in {self.code.constant(frozenset(texts))}"]


def _inline(self: Generator, value: str, test: tree.Node) -> str:
    """The same of one test, where it compares with literals; "" where that takes more."""
    if literal := self.literal(test):
        return _same(self, value, literal.value)
    if isinstance(test, tree.UnaryTest) and test.op in _INLINE and (literal := self.literal(test.value)):
        return _compared(self, value, _INLINE[test.op], literal.value)
    if isinstance(test, tree.RangeOf):
        return _ranged(self, value, test)
    return ""


def _guard(value: str, literal: Any) -> str:
    """A test of the kind: Python says that True equals 1, and orders no strings with numbers."""
    kinds = {Decimal: "Decimal", str: "str", Date: "Date"}
    return f"type({value}) is {kinds[type(literal)]}" if type(literal) in kinds else ""


def _same(self: Generator, value: str, literal: Any) -> str:
    if literal is None or type(literal) is bool:
        return f"{value} is {literal}"
    guard = _guard(value, literal)
    return f"{guard} and {value} == {self.code.constant(literal)}" if guard else ""


def _compared(self: Generator, value: str, op: str, literal: Any) -> str:
    guard = _guard(value, literal)
    return f"{guard} and {value} {op} {self.code.constant(literal)}" if guard else ""


def _ranged(self: Generator, value: str, test: tree.RangeOf) -> str:
    start, end = self.literal(test.start), self.literal(test.end)
    if start is None or end is None:
        return ""
    guard = _guard(value, start.value)
    if not guard or type(start.value) is not type(end.value) or start.value > end.value:
        return ""
    first, last = ("<=" if included else "<" for included in (test.start_included, test.end_included))
    return f"{guard} and {self.code.constant(start.value)} {first} {value} {last} {self.code.constant(end.value)}"
