"""Outcomes, answers and rules in words: what people read is never a code."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhengtong.cases.law import charter_of, procedure_of
from zhengtong.cases.models import Case, Task
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent, Procedure, Question
from zhengtong.common.text import Text, text
from zhengtong.engines.rules import Trace

OUTCOMES = {
    "granted": text("准予", "granted"),
    "refused": text("不予准许", "refused"),
    "rejected": text("不予受理", "not accepted"),
    "accepted": text("受理", "accepted"),
    "withdrawn": text("已撤回", "withdrawn"),
    "answered": text("已答复", "answered"),
    "filed": text("已备案", "filed"),
    "closed": text("已办结", "completed"),
    "passed": text("合格", "passed"),
    "failed": text("不合格", "failed"),
    "satisfied": text("材料符合要求", "papers in order"),
    "unsatisfied": text("材料不符合要求", "papers not in order"),
    "done": text("完成", "done"),
    "completed": text("已完成", "completed"),
    "held": text("已举行", "held"),
    "not_attended": text("当事人无正当理由未到场", "the party did not come, without good reason"),
    "confirmed": text("核对无误", "the minutes are right"),
    "disputed": text("有异议", "the minutes are not right"),
    "officer": text("由工作人员决定", "an officer decides"),
    "low": text("低", "low"),
    "medium": text("中", "medium"),
    "high": text("高", "high"),
}
NO_ANSWER = text("（未填写）", "(not answered)")
WITH_SKILL = text("具备技能“{skill}”，", "skill “{skill}”, ")
BY_LOAD = text("{skill}在办环节最少（{load} 件）", "{skill}fewest open steps ({load})")
YES, NO = text("是", "Yes"), text("否", "No")


def outcome_told(listed: Procedure | LifeEvent, outcome: str) -> Text:
    """An outcome in words: the charter's own, else the common ones."""
    declared = listed.decisions if isinstance(listed, Procedure) else {}
    return declared.get(outcome) or OUTCOMES.get(outcome) or text(outcome, outcome)


def value_told(charter: Charter, question: Question, value: Any) -> Text:
    """An answer in words: the title of a choice, yes or no, the name of a region."""
    if value is None:
        return NO_ANSWER
    if isinstance(value, bool):
        return YES if value else NO
    if question.columns:
        return Text({tag: "\n".join(map(row_told, value)) for tag in charter.head.languages})
    if isinstance(value, list):
        told = [value_told(charter, question, each) for each in value]
        return Text({tag: "、".join(each.in_(tag) for each in told) for tag in charter.head.languages})
    chosen = dict(question.choices).get(str(value))
    if chosen:
        return chosen
    region = charter.regions.get(str(value))
    return region.name if region else text(str(value), str(value))


def row_told(row: Mapping[str, str]) -> str:
    """One row of an answer: what it says, column by column."""
    return " · ".join(row.values())


def chosen_told(charter: Charter, task: Task) -> Text | None:
    """Why a step was given to whoever has it; nothing where they took it up themselves."""
    if not task.chosen_by or not task.officer_id:
        return None
    skill = charter.head.skills.get(task.chosen_by["skill"])
    named = WITH_SKILL.format(skill=skill) if skill else text("", "")
    return BY_LOAD.format(skill=named, load=task.chosen_by["load"])


def rule_sentences(
    case: Case, traces: Sequence[Mapping[str, Any]] | None, language: str, *, otherwise: bool = True
) -> list[str]:
    """The rules that took part, in words; a decision that two others asked is told once.

    `otherwise`: also what would have come out on which condition, as a party that is burdened wants to know.
    """
    words = _words(case, language)
    told = [
        sentence
        for each in traces or ()
        for sentence in Trace.from_json(_in_words(each["trace"], words, charter_of(case), language)).sentences(
            language, otherwise=otherwise
        )
    ]
    return list(dict.fromkeys(told))


def _words(case: Case, language: str) -> dict[str, str]:
    """The codes that rules see and say, as FEEL writes them, and their words."""
    charter, listed = charter_of(case), procedure_of(case)
    declared = listed.decisions if isinstance(listed, Procedure) else {}
    choices = [choice for question in charter.form(case.procedure).questions for choice in question.choices]
    known = [*OUTCOMES.items(), *((code, region.name) for code, region in charter.regions.items()), *choices]
    return {f'"{code}"': wording.in_(language) for code, wording in [*known, *declared.items()]}


def _in_words(part: Any, words: Mapping[str, str], charter: Charter, language: str) -> Any:
    """A trace with its values and its legal bases replaced by what people call them."""
    if isinstance(part, list):
        return [_in_words(each, words, charter, language) for each in part]
    if not isinstance(part, Mapping):
        return part
    return {
        name: words.get(each, each)
        if name == "value"
        else [charter.cite(ref).in_(language) for ref in each]
        if name == "basis"
        else _in_words(each, words, charter, language)
        for name, each in part.items()
    }


GROUNDS = {
    "interest": text("涉及本人利害关系", "the officer’s own interests are concerned"),
    "kin": text("涉及亲属的利害关系", "the interests of a relative are concerned"),
    "other": text("其他可能影响公正办理的情形", "something else might keep the officer from acting fairly"),
}
"""Why somebody stands aside (公务员法, article 76)."""
