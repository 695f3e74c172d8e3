"""Conditions are FEEL that can be read, over facts that there are."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhengtong.charter.checks.context import Checked, hint
from zhengtong.charter.checks.feel import read_names
from zhengtong.charter.finding import Finding, Place, kind
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.charter.reading.xml_file import place as at_element

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

COMMON = ("filed_on", "region", "channel", "accepted_jointly")
"""The facts that every case has."""


class Expression(NamedTuple):
    place: Place
    feel: str
    facts: set[str]


def check(of: Checked) -> Iterator[Finding]:
    for place, expression, known in _expressions(of):
        names, fault = read_names(expression) if expression else ([], None)
        if fault is not None:
            yield UNREADABLE.at(place, expression=expression, detail=fault)
        for name in names:
            if name not in known:
                yield UNKNOWN_FACT.at(place, expression=expression, fact=name, hint=hint(name, known))
    yield from _certificates(of)
    yield from _sources(of)


def facts(of: Checked, procedure: str) -> set[str]:
    """What a case of this procedure may know: common facts, questions, and what steps and rules set."""
    found = {*COMMON, *(each.name for each in of.charter.form(procedure).questions)}
    for owner, node, _ in of.nodes():
        if owner == procedure:
            found |= {node.task.fact} if node.task else set()
            found |= {node.decision.into} if node.decision else set()
            found |= {node.call.into} if node.call else set()
            found |= {node.result, node.loop.item if node.loop else ""}
    return found - {""}


def _expressions(of: Checked) -> Iterator[Expression]:
    yield from _flows(of)
    for listed, file in of.listed():
        asked = {each.name for each in of.charter.form(listed.id).questions}
        if isinstance(listed, LifeEvent):
            for index, each in enumerate(listed.services):
                yield Expression(of.at(file, "services", index, "when"), each.when, asked)
            yield from _questions(of, listed.id, lambda _name, file=file: of.at(file, "services"))
        elif isinstance(listed, Procedure):
            form = f"services/{listed.id}/form.json"
            for index, material in enumerate(listed.materials):
                yield Expression(of.at(file, "materials", index, "show_if"), material.show_if, asked)
            yield from _questions(of, listed.id, lambda name, form=form: of.at(form, "properties", name, "x-show-if"))


def _flows(of: Checked) -> Iterator[Expression]:
    for procedure, process in of.processes.items():
        known, file = facts(of, procedure), of.process_file(procedure)
        for flow in process.flows.values():
            yield Expression(Place(file, flow.line or 1), flow.condition, known)
        for node in process.nodes.values():
            if node.call:
                yield Expression(Place(file, node.line or 1), node.call.when, known)


def _questions(of: Checked, procedure: str, place: Callable[[str], Place]) -> Iterator[Expression]:
    """A question can look at what registers say and at the answers before it."""
    questions = of.charter.form(procedure).questions
    known = {each.name for each in questions if not each.asked}
    for question in questions:
        yield Expression(place(question.name), question.show_if, set(known))
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
