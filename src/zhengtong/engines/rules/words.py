"""The cells of a table in words: `>= 80` is “80 or over”, `[5..20)` is “5 or over, under 20”, `not("a")` is “not a”."""

from collections.abc import Callable, Sequence
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
_NUMBERS = {"<": text("不满 {}", "under {}"), "<=": text("{} 及以下", "{} or under"), ">": text("超过 {}", "over {}"),
            ">=": text("{} 及以上", "{} or over")}  # fmt: skip
_DAYS = {"<": text("{} 之前", "before {}"), "<=": text("{} 及之前", "{} or before"), ">": text("{} 之后", "after {}"),
         ">=": text("{} 及之后", "{} or after")}  # fmt: skip
_COMMA = text("，", ", ")
_PLACE = text("{}", "{}")
_NOT = text("不是{}", "not {}")
_JOINTS = text("或", " or ")
_PERIOD = {
    "years": text("{count} 年", "{count} years"),
    "months": text("{count} 个月", "{count} months"),
}


def unnamed(expression: str, value: Any) -> Text | None:
    """No names but those of the values themselves."""
    return None


def form_of(tests: tree.Tests) -> tuple[Text, list[Any]] | None:
    """A cell as a wording with places `{}`, and the FEEL values for them; None if it is more than comparisons."""
    try:
        forms = [_form(each) for each in tests.tests]
    except _Formula:
        return None
    joined = _joined(_JOINTS, [form for form, _ in forms])
    whole = Text({tag: _NOT[tag].replace("{}", joined[tag]) for tag in joined}) if tests.negated else joined
    return whole, [value for _, values in forms for value in values]


def filled(form: Text, values: Sequence[Text]) -> Text:
    """The wording with its places filled."""
    return Text({tag: wording.format(*(each.in_(tag) for each in values)) for tag, wording in form.items()})


def cell_in_words(tests: tree.Tests, written: str, expression: str, naming: Naming = unnamed) -> Text:
    """A cell of an input column; what is more than comparisons with literals stays as it is `written`."""
    if not tests.tests:
        return ANY
    found = form_of(tests)
    if found is None:
        return text(written, written)
    return filled(found[0], [_named(value, expression, naming) for value in found[1]])


def result_in_words(result: tree.Node, written: str, name: str, naming: Naming = unnamed) -> Text:
    """A cell of an output column."""
    try:
        return _value(result, name, naming)
    except _Formula:
        return text(written, written)


class _Formula(Exception):
    """More than a literal."""


def _form(test: tree.Node) -> tuple[Text, list[Any]]:
    if isinstance(test, tree.UnaryTest):
        return _compared(test.op, test.value)
    if isinstance(test, tree.RangeOf):
        low, first = _compared(">=" if test.start_included else ">", test.start)
        high, last = _compared("<=" if test.end_included else "<", test.end)
        return _joined(_COMMA, [low, high]), [*first, *last]
    return _PLACE, [_literal(test)]


def _compared(op: str, value: tree.Node) -> tuple[Text, list[Any]]:
    literal = _literal(value)
    if op in {"=", "!="}:
        return (_PLACE if op == "=" else _NOT), [literal]
    return (_DAYS if isinstance(literal, Date) else _NUMBERS)[op], [literal]


def _joined(joint: Text, parts: Sequence[Text]) -> Text:
    return Text({tag: joint[tag].join(each[tag] for each in parts) for tag in joint})


def _literal(node: tree.Node) -> Any:
    if isinstance(node, tree.Negation) and isinstance(node.value, tree.Constant) and tree.is_number(node.value):
        return -node.value.value
    found = node if isinstance(node, tree.Constant) else made_of_text(node)
    if found is None:
        raise _Formula
    return found.value


def _value(node: tree.Node, expression: str, naming: Naming) -> Text:
    return _named(_literal(node), expression, naming)


def _named(value: Any, expression: str, naming: Naming) -> Text:
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
