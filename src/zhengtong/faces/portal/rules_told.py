"""The rules of a service as anyone can read them: each rule of each decision in the charter's own words, with its law.

What a rule did in a case is told by its trace; this is the rule itself, before anybody applies.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text

_ZT = "{https://zhengtong.example/ns/charter}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True)
class RuleTold:
    """One rule: its wording and the articles that it rests on."""

    wording: Text
    basis: tuple[str, ...]


@dataclass(frozen=True)
class DecisionTold:
    """One decision: its name, its articles, its rules in order (none where it is an expression, not a table)."""

    name: Text
    basis: tuple[str, ...]
    rules: tuple[RuleTold, ...]


def rules_told(charter: Charter, procedure: str) -> list[DecisionTold]:
    """The decisions of a service in the order of its file; nothing for a service without rules."""
    source = charter.files.get(f"services/{procedure}/rules.dmn")
    if source is None:
        return []
    root = etree.fromstring(source, _PARSER)
    return [_decision(each) for each in root.iterfind("{*}decision")]


def _decision(decision: etree._Element) -> DecisionTold:
    rules = tuple(
        RuleTold(_wording(rule) or _formula(rule), _basis(rule))
        for rule in decision.iterfind("{*}decisionTable/{*}rule")
    )
    return DecisionTold(_wording(decision) or Text({"en": decision.get("name", "")}), _basis(decision), rules)


def _wording(element: etree._Element) -> Text:
    found = element.iterfind(f"{{*}}extensionElements/{_ZT}text")
    return Text({each.get("lang", ""): each.text or "" for each in found})


def _basis(element: etree._Element) -> tuple[str, ...]:
    return tuple(each.get("ref", "") for each in element.iterfind(f"{{*}}extensionElements/{_ZT}legalBasis"))


def _formula(rule: etree._Element) -> Text:
    """A rule without a wording: its cells as they stand."""
    return Text({"en": f"{', '.join(_cells(rule, 'inputEntry'))} → {', '.join(_cells(rule, 'outputEntry'))}"})


def _cells(rule: etree._Element, kind: str) -> Iterator[str]:
    return (cell.findtext("{*}text", "") for cell in rule.iterfind(f"{{*}}{kind}"))
