"""The cells of a table in words: `>= 80` is “80 or over”, `[5..20)` is “5 or over, under 20”, `not("a")` is “not a”."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.literals import made_of_text
from zhengtong.engines.rules.feel.temporal import Date, MonthsDuration
from zhengtong.engines.rules.feel.values import out

Naming = Callable[[str, Any], Text | None]
"""What people call a value of a column, by its expression and the value as Python has it; None if nothing."""

ANY = text("不限", "any")
_TRUTH = {True: text("是", "yes"), False: text("否", "no"), None: text("未知", "not known")}
_NUMBERS = {
    "<": text("不满 {value}", "under {value}"),
    "<=": text("{value} 及以下", "{value} or under"),
    ">": text("超过 {value}", "over {value}"),
    ">=": text("{value} 及以上", "{value} or over"),
}
_DAYS = {
    "<": text("{value} 之前", "before {value}"),
    "<=": text("{value} 及之前", "{value} or before"),
    ">": text("{value} 之后", "after {value}"),
    ">=": text("{value} 及之后", "{value} or after"),
}
_RANGE = text("{low}，{high}", "{low}, {high}")
_NOT = text("不是{value}", "not {value}")
_JOINTS = text("或", " or ")
_PERIOD = {
    "years": text("{count} 年", "{count} years"),
    "months": text("{count} 个月", "{count} months"),
}


def unnamed(expression: str, value: Any) -> Text | None:
    """No names but those of the values themselves."""
    return None


def cell_in_words(tests: tree.Tests, written: str, expression: str, naming: Naming = unnamed) -> Text:
    """A cell of an input column; what is more than comparisons with literals stays as it is `written`."""
    if not tests.tests:
        return ANY
    try:
        told = [_test(each, expression, naming) for each in tests.tests]
    except _Formula:
        return text(written, written)
    joined = Text({tag: _JOINTS.in_(tag).join(each.in_(tag) for each in told) for tag in ANY})
    return _NOT.format(value=joined) if tests.negated else joined


def result_in_words(result: tree.Node, written: str, name: str, naming: Naming = unnamed) -> Text:
    """A cell of an output column."""
    try:
        return _value(result, name, naming)
    except _Formula:
        return text(written, written)


class _Formula(Exception):
    """More than a literal."""


def _test(test: tree.Node, expression: str, naming: Naming) -> Text:
    if isinstance(test, tree.UnaryTest):
        return _compared(test.op, test.value, expression, naming)
    if isinstance(test, tree.RangeOf):
        low = _compared(">=" if test.start_included else ">", test.start, expression, naming)
        high = _compared("<=" if test.end_included else "<", test.end, expression, naming)
        return _RANGE.format(low=low, high=high)
    return _value(test, expression, naming)


def _compared(op: str, value: tree.Node, expression: str, naming: Naming) -> Text:
    told = _value(value, expression, naming)
    if op in {"=", "!="}:
        return told if op == "=" else _NOT.format(value=told)
    words = _DAYS if isinstance(_literal(value), Date) else _NUMBERS
    return words[op].format(value=told)


def _literal(node: tree.Node) -> Any:
    if isinstance(node, tree.Negation) and isinstance(node.value, tree.Constant) and tree.is_number(node.value):
        return -node.value.value
    found = node if isinstance(node, tree.Constant) else made_of_text(node)
    if found is None:
        raise _Formula
    return found.value


def _value(node: tree.Node, expression: str, naming: Naming) -> Text:
    value = _literal(node)
    named = naming(expression, out(value))
    if named is not None:
        return named
    if value is None or isinstance(value, bool):
        return _TRUTH[value]
    if isinstance(value, MonthsDuration):
        unit, count = ("months", value.months) if value.months % 12 else ("years", value.months // 12)
        return _PERIOD[unit].format(count=count)
    plain = out(value)
    told = plain.isoformat() if isinstance(plain, date) else f"{plain:f}" if isinstance(plain, Decimal) else str(plain)
    return text(told, told)
