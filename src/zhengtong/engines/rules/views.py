"""Decision tables to look at: what a page needs to show one, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhengtong.common.text import Text
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.words import Naming, cell_in_words, result_in_words, unnamed


@dataclass(frozen=True, slots=True)
class RuleView:
    """A row: its number, the cells as written in FEEL and in words, what it says, and its legal basis on the day."""

    number: int
    tests: tuple[str, ...]
    results: tuple[str, ...]
    text: Text
    basis: tuple[str, ...]
    tests_told: tuple[Text, ...]
    results_told: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: its hit policy by its letter, the headings of its columns, and the rules in force on the day."""

    id: str
    policy: str
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]
    rules: tuple[RuleView, ...]


def tables_in(node: tree.Node, on: date, naming: Naming = unnamed) -> Iterator[TableView]:
    """The tables of a piece of logic, as they are on a day; `naming` says what people call the values in them."""
    for table in tree.walk(node):
        if isinstance(table, tree.Table):
            yield TableView(
                id=table.note.id,
                policy=table.policy + {"SUM": "+", "COUNT": "#", "MIN": "<", "MAX": ">"}.get(table.aggregation, ""),
                inputs=tuple(each.label.wording for each in table.inputs),
                outputs=tuple(each.label.wording for each in table.outputs),
                rules=tuple(_rule(table, each, on, naming) for each in table.rules if each.note.in_force(on)),
            )


def _rule(table: tree.Table, rule: tree.Rule, on: date, naming: Naming) -> RuleView:
    columns = zip(table.inputs, rule.tests, rule.texts, strict=True)
    results = zip(table.outputs, rule.results, rule.result_texts, strict=True)
    return RuleView(
        number=rule.number,
        tests=tuple(each or "-" for each in rule.texts),
        results=rule.result_texts,
        text=rule.note.wording,
        basis=tuple(rule.note.refs(on)),
        tests_told=tuple(cell_in_words(tests, written, column.text, naming) for column, tests, written in columns),
        results_told=tuple(result_in_words(result, written, each.name, naming) for each, result, written in results),
    )
