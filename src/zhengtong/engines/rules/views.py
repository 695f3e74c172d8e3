"""Decision tables to look at: what a page needs to show one, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhengtong.common.text import Text
from zhengtong.engines.rules.feel import tree


@dataclass(frozen=True, slots=True)
class RuleView:
    """A row: its number, the cells as written in FEEL, what it says in words, and its legal basis on the day."""

    number: int
    tests: tuple[str, ...]
    results: tuple[str, ...]
    text: Text
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: its hit policy by its letter, the headings of its columns, and the rules in force on the day."""

    id: str
    policy: str
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]
    rules: tuple[RuleView, ...]


def tables_in(node: tree.Node, on: date) -> Iterator[TableView]:
    """The tables of a piece of logic, as they are on a day."""
    for table in tree.walk(node):
        if isinstance(table, tree.Table):
            yield TableView(
                id=table.note.id,
                policy=table.policy + {"SUM": "+", "COUNT": "#", "MIN": "<", "MAX": ">"}.get(table.aggregation, ""),
                inputs=tuple(each.label.wording for each in table.inputs),
                outputs=tuple(each.label.wording for each in table.outputs),
                rules=tuple(_rule(each, on) for each in table.rules if each.note.in_force(on)),
            )


def _rule(rule: tree.Rule, on: date) -> RuleView:
    tests = tuple(each or "-" for each in rule.texts)
    return RuleView(rule.number, tests, rule.result_texts, rule.note.wording, tuple(rule.note.refs(on)))
