"""A decision is replayed: the facts and the rules of its day, and which fact would have changed what the rules said.

What comes out has to be what was decided; if it is not, the page says so. An officer's own decision is not the rules':
then it is told what the rules had said before it.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhengtong.cases.drive import values
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case, Decision
from zhengtong.cases.wording import outcome_told, rule_sentences, value_told
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Question
from zhengtong.common.text import Text, text
from zhengtong.engines.rules import Model
from zhengtong.engines.rules.explain import told
from zhengtong.engines.rules.what_if import Change, Choice, Scale, single_changes

NUMBER, DAY = re.compile(r"(?<![\w.\"-])\d+(?:\.\d+)?(?![\w.\"-])"), re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_CHOICES = 60


@dataclass(frozen=True)
class Otherwise:
    """A fact that would have changed the answer: as it was, as it would have to be, and what would come out."""

    title: Text
    was: Text
    would: Text
    answer: Text


@dataclass(frozen=True)
class Asked:
    """One decision of the rules: what it said then, what it says when it is asked again, and what would change it."""

    name: Text
    then: Text
    again: Text
    same: bool
    sentences: dict[str, list[str]]
    otherwise: list[Otherwise]


@dataclass(frozen=True)
class Replay:
    """A decision with the rules behind it; `enactment` is the number of the charter that it was made under."""

    decision: Decision
    outcome: Text
    enactment: int
    on: date
    by_rules: bool
    asked: list[Asked]

    @property
    def same(self) -> bool:
        return all(each.same for each in self.asked)


def replay(decision: Decision) -> Replay:
    """Ask again whatever the rules were asked before this decision. Touches nothing; no query but for its case."""
    case = copy.copy(decision.case)
    case.facts = decision.facts
    charter = charter_of(case)
    rules = charter.rules(case.procedure)
    on = day_of(case.filed_at, charter)
    last = {each["decision"]: each for each in decision.trace} if rules else {}
    return Replay(
        decision=decision,
        outcome=outcome_told(procedure_of(case), decision.outcome),
        enactment=case.enactment.number,
        on=on,
        by_rules=decision.way == "rule",
        asked=[_asked(case, charter, rules, name, each, on) for name, each in last.items()] if rules else [],
    )


def _asked(case: Case, charter: Charter, rules: Model, name: str, kept: Mapping[str, Any], on: date) -> Asked:
    known = values(case)
    outcome = rules.decide(name, known, on=on)
    then = str(kept["trace"]["steps"][-1]["value"]) if kept["trace"]["steps"] else "–"
    again = told(outcome.value)
    changes = single_changes(
        lambda given: rules.decide(name, given, on=on).value, known, _domains(charter, case, rules, name, on)
    )
    again_kept = [{"decision": name, "trace": outcome.trace.to_json()}]
    return Asked(
        name=rules.decisions.get(name) or text(name, name),
        then=_said(case, then),
        again=_said(case, again),
        same=then == again,
        sentences={tag: rule_sentences(case, again_kept, tag) for tag in charter.head.languages},
        otherwise=[_otherwise(case, charter, each) for each in changes],
    )


def _domains(charter: Charter, case: Case, rules: Model, name: str, on: date) -> dict[str, Choice | Scale]:
    """What could have been answered instead, for each question that the rules look at."""
    looked_at = rules.inputs_of(name)
    marks = _marks(rules, on)
    return {
        each.name: domain
        for each in charter.form(case.procedure).questions
        if each.name in looked_at and (domain := _domain(each, marks, case.facts.get(each.name))) is not None
    }


def _domain(question: Question, marks: list[Any], was: Any) -> Choice | Scale | None:
    kind = question.schema.get("type")
    if kind == "boolean":
        return Choice([True, False])
    if kind == "array":
        chosen = list(was or [])
        codes = [code for code, _ in question.choices[:MOST_CHOICES]]
        return Choice(
            [[each for each in chosen if each != code] if code in chosen else [*chosen, code] for code in codes]
        )
    if question.choices:
        return Choice([code for code, _ in question.choices[:MOST_CHOICES]])
    if kind in ("integer", "number"):
        least = question.schema.get("minimum", question.schema.get("exclusiveMinimum", 0))
        return Scale(Decimal(1) if kind == "integer" else Decimal("0.1"), marks, Decimal(str(least)))
    return Scale(marks=marks) if question.schema.get("format") == "date" else None


def _marks(rules: Model, on: date) -> list[Any]:
    """The numbers and days that the tables name."""
    cells = " ".join(
        cell
        for name in rules.decisions
        for table in rules.tables(name, on=on)
        for rule in table.rules
        for cell in rule.tests
    )
    days = [date.fromisoformat(each) for each in DAY.findall(cells)]
    return [*(Decimal(each) for each in NUMBER.findall(DAY.sub(" ", cells))), *days]


def _said(case: Case, written: str) -> Text:
    """What a decision said, as FEEL writes it, in words."""
    if written.startswith('"'):
        return outcome_told(procedure_of(case), written.strip('"'))
    return {"true": text("是", "yes"), "false": text("否", "no"), "null": text("无", "nothing")}.get(
        written, text(written, written)
    )


def _otherwise(case: Case, charter: Charter, change: Change) -> Otherwise:
    question = charter.form(case.procedure).question(change.name)
    if question is None:
        raise ValueError(f"{case.procedure} asks no {change.name}")
    return Otherwise(
        title=question.title,
        was=value_told(charter, question, change.was),
        would=value_told(charter, question, change.would),
        answer=_said(case, told(change.answer)),
    )
