"""The rules of a service as anyone can read them: each decision as a table in words, with its law.

What a rule did in a case is told by its trace; this is the rule itself, before anybody applies.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengtong.cases.wording import OUTCOMES
from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text, text
from zhengtong.engines.rules import TableView

POLICIES = {
    "U": text("每种情形只有一条规则适用。", "In each case one rule applies."),
    "A": text("适用的规则结果相同。", "Rules that apply together say the same."),
    "F": text("自上而下，适用第一条符合的规则。", "The first rule from the top that fits applies."),
    "P": text("适用结果优先的规则。", "Of the rules that fit, the one with the best result applies."),
}
ALL_THAT_FIT = text("所有符合的规则都适用。", "All rules that fit apply.")


@dataclass(frozen=True)
class DecisionTold:
    """One decision: its name, its articles, and its tables (none where it is an expression)."""

    name: Text
    basis: tuple[str, ...]
    tables: tuple[tuple[TableView, Text], ...]


def rules_told(charter: Charter, procedure: str, on: date) -> list[DecisionTold]:
    """The decisions of a service in the order of its file, as they are on a day; nothing for one without rules."""
    rules = charter.rules(procedure)
    if rules is None:
        return []
    names = _names(charter, procedure)

    def naming(expression: str, value: Any) -> Text | None:
        return names.get(value) if isinstance(value, str) else None

    return [
        DecisionTold(
            wording,
            tuple(rules.bases(name, on=on)),
            tuple((each, POLICIES.get(each.policy, ALL_THAT_FIT)) for each in rules.tables(name, on=on, naming=naming)),
        )
        for name, wording in rules.decisions.items()
    ]


def _names(charter: Charter, procedure: str) -> dict[str, Text]:
    """What people call the codes that rules see and say: outcomes, choices, regions."""
    choices = [choice for question in charter.form(procedure).questions for choice in question.choices]
    regions = {code: region.name for code, region in charter.regions.items()}
    return OUTCOMES | regions | dict(choices) | dict(charter.procedures[procedure].decisions)
