"""Conditions are FEEL that can be read, over facts that there are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.tables import CLOCK
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.charter.reading.xml_file import place as at_element
from zhengtong.engines.process import Node
from zhengtong.engines.rules import feel

UNREADABLE = kind(
    "feel-syntax",
    message=("条件“{expression}”读不懂：{detail}", "The condition “{expression}” cannot be read: {detail}"),
    why=("条件用 FEEL 书写（DMN 1.5）。", "Conditions are written in FEEL (DMN 1.5)."),
    mend=("改成 FEEL，例如 uses_gas = true。", "Write FEEL, such as uses_gas = true."),
)
UNKNOWN_FACT = kind(
    "unknown-fact",
    message=("“{expression}”使用了事实“{fact}”，此处并没有。", "“{expression}” uses “{fact}”, which is no fact here."),
    why=(
        "事实是表单的问题、步骤和规则的结果。",
        "Facts are the questions of the form and what steps and rules result in.",
    ),
    mend=(
        "{hint}检查名称；问题只能依赖前面的问题。",
        "{hint}Check the name; a question can look at earlier ones only.",
    ),
)

OVERWRITTEN = kind(
    "answer-overwritten",
    message=("“{name}”把结果写入“{fact}”，那是申请人的回答。", "“{name}” writes its result over the answer “{fact}”."),
    why=("申请人说过什么必须原样保留。", "What an applicant has said stays as it was said."),
    mend=("结果用别的事实名。", "Give the result another name."),
)

COMMON = ("filed_on", "region", "channel", "accepted_jointly", "unanswered", "ballot")
"""The facts that every case has."""


_ASKS = re.compile(r"\b(today|now)\s*\(")


class Expression(NamedTuple):
    place: Place
    feel: str
    facts: set[str]


def check(of: Checked) -> Iterator[Finding]:
    for place, expression, known in _expressions(of):
        try:
            names = feel.names(expression) if expression else frozenset()
        except feel.FeelError as fault:
            yield UNREADABLE.at(place, expression=expression, detail=fault.what)
            continue
        for name in sorted(names - known):
            yield UNKNOWN_FACT.at(place, expression=expression, fact=name, hint=hint(name, known))
    yield from _clock(of)
    yield from _certificates(of)
    yield from _sources(of)
    yield from _overwritten(of)


def facts(of: Checked, procedure: str) -> set[str]:
    """What a case of this procedure may know: common facts, questions, and what steps and rules set."""
    set_by = {fact for owner, node, _ in of.nodes() if owner == procedure for fact in results(node)}
    return {*COMMON, *(each.name for each in of.charter.form(procedure).questions)} | set_by


def results(node: Node) -> set[str]:
    """The facts that a node sets."""
    found = {node.result, node.loop.item if node.loop else "", node.call.into if node.call else ""}
    found |= {node.task.fact} if node.task else set()
    found |= {node.decision.into} if node.decision else set()
    return found - {""}


def _expressions(of: Checked) -> Iterator[Expression]:
    yield from _flows(of)
    for index, rule in enumerate(of.charter.head.four_eyes):
        for matter in rule.matters or of.charter.procedures:
            if matter in of.charter.procedures:
                place = of.at("charter.yaml", "four_eyes", index, "when")
                yield Expression(place, rule.when, facts(of, matter))
    for listed, file in of.listed():
        asked = {each.name for each in of.charter.form(listed.id).questions}
        if isinstance(listed, LifeEvent):
            for index, each in enumerate(listed.services):
                yield Expression(of.at(file, "services", index, "when"), each.when, asked)
        elif isinstance(listed, Procedure):
            for index, material in enumerate(listed.materials):
                yield Expression(of.at(file, "materials", index, "show_if"), material.show_if, asked)
        yield from _questions(of, listed, file)


def _clock(of: Checked) -> Iterator[Finding]:
    for place, expression, _ in _expressions(of):
        if _ASKS.search(expression):
            yield CLOCK.at(place, detail=expression)


def _flows(of: Checked) -> Iterator[Expression]:
    for procedure, process in of.processes.items():
        known, file = facts(of, procedure), of.process_file(procedure)
        for flow in process.flows.values():
            yield Expression(Place(file, flow.line or 1), flow.condition, known)
        for node in process.nodes.values():
            if node.call:
                yield Expression(Place(file, node.line or 1), node.call.when, known)


def _questions(of: Checked, listed: Procedure | LifeEvent, file: str) -> Iterator[Expression]:
    """A question can look at what registers say and at the answers before it, in the compiled form as well."""
    form = file.replace("service.yaml", "form.json")
    questions = of.charter.form(listed.id).questions
    known = {each.name for each in questions if not each.asked}
    for question in questions:
        path = ("properties", question.name, "x-show-if") if isinstance(listed, Procedure) else ("services",)
        yield Expression(of.at(form, *path), question.show_if, set(known))
        known.add(question.name)


def _certificates(of: Checked) -> Iterator[Finding]:
    for procedure in of.charter.procedures.values():
        known = facts(of, procedure.id)
        for index, name in enumerate(procedure.certificate.fields if procedure.certificate else ()):
            if name not in known:
                place = of.at(f"services/{procedure.id}/service.yaml", "certificate", "fields", index)
                yield UNKNOWN_FACT.at(place, expression="certificate.fields", fact=name, hint=hint(name, known))


def _sources(of: Checked) -> Iterator[Finding]:
    """Where a decision's outcome and a rule's inputs come from."""
    for procedure, node, place in of.nodes():
        source = node.service.source if node.service else ""
        if source and source not in facts(of, procedure):
            known = facts(of, procedure)
            yield UNKNOWN_FACT.at(place, expression=f"from={source}", fact=source, hint=hint(source, known))
    for file, root in of.xml(".dmn"):
        known = facts(of, file.split("/")[1]) if file.split("/")[1] in of.charter.forms else set()
        for given in root.iter("{*}inputData"):
            name = given.get("name", "")
            if name not in known:
                yield UNKNOWN_FACT.at(at_element(file, given), expression=file, fact=name, hint=hint(name, known))


def _overwritten(of: Checked) -> Iterator[Finding]:
    for procedure, node, place in of.nodes():
        for fact in results(node):
            if of.charter.form(procedure).question(fact) or fact in COMMON:
                yield OVERWRITTEN.at(place, name=node.name or node.id, fact=fact)
