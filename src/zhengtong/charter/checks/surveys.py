"""A survey names what there is: whom a service served by questions of its form, a bad result by its own questions."""

from collections.abc import Iterator

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.checks.references import PROCEDURE, Reference
from zhengtong.charter.model import Bad, Participation, Phase, Served
from zhengtong.charter.model.forms import Form
from zhengtong.common.text import text

ASKED = text("必填问题", "required question")
DAY = text("必填的日期问题", "required question for a day")
SURVEYED, CHOICE = text("问卷问题", "question of the survey"), text("该题的答案", "answer to that question")
OUTCOME = text("答复种类", "outcome of the answering step")


def named(of: Checked, each: Participation) -> Iterator[Reference]:
    """Everything that the surveys of a procedure name."""
    if each.who.served:
        yield from _served(of, each, each.who.served)
    for index, phase in enumerate(each.phases):
        if phase.bad:
            yield from _bad(of, each, index, phase, phase.bad)


def _served(of: Checked, each: Participation, declared: Served) -> Iterator[Reference]:
    file, at = f"participation/{each.id}.yaml", ("who", "served")
    form = of.charter.forms.get(each.id, Form())
    asked = {one.name: one for one in form.questions if one.required and one.asked}
    days = {name for name, one in asked.items() if one.schema.get("format") == "date"}
    yield Reference(of.at(file, *at, "service"), ASKED, declared.service, asked)
    yield Reference(of.at(file, *at, "since"), DAY, declared.since, days)
    yield Reference(of.at(file, *at, "until"), DAY, declared.until, days)
    for value, _title in asked[declared.service].choices if declared.service in asked else ():
        place = of.at(f"services/{each.id}/form.json", "properties", declared.service)
        yield Reference(place, PROCEDURE, value, of.charter.procedures)


def _bad(of: Checked, each: Participation, index: int, phase: Phase, bad: Bad) -> Iterator[Reference]:
    file, at = f"participation/{each.id}.yaml", ("phases", index, "bad")
    questions = {one.id: [answer.value for answer in one.answers] for one in phase.survey}
    yield Reference(of.at(file, *at, "question"), SURVEYED, bad.question, questions)
    for number, answer in enumerate(bad.answers if bad.question in questions else ()):
        yield Reference(of.at(file, *at, "answers", number), CHOICE, answer, questions[bad.question])
    process = of.processes.get(each.id)
    answering = process.nodes.get(each.answered_by) if process else None
    if answering and answering.task:
        yield Reference(of.at(file, *at, "outcome"), OUTCOME, bad.outcome, answering.task.values)
