"""What a phase asks and how long: questions that lead on can be asked, and people have the time that the law gives."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.charter.model import Participation, Phase, SurveyQuestion
from zhengtong.engines.deadlines import Limit
from zhengtong.engines.rules import feel

if TYPE_CHECKING:
    from zhengtong.engines.process.model import Node

NO_LEAST = kind(
    "comment-without-time",
    message=("阶段“{phase}”没有写明至少开放多久。", "Nothing says how long “{phase}” is open at least."),
    why=(
        "公开征求意见要给够时间，期限由法律规定。",
        "People need time to comment, and the law says how much.",
    ),
    mend=("写明 at_least：limit 和 legal_basis。", "Write `at_least` with its `limit` and `legal_basis`."),
)
TOO_SHORT = kind(
    "comment-time-too-short",
    message=(
        "阶段“{phase}”只开放 {given}，至少应为 {least}。",
        "“{phase}” is open for {given}, and should be for at least {least}.",
    ),
    why=(
        "公开征求意见的期限一般不少于三十日，缩短的应当公开说明（重大行政决策程序暂行条例第十五条）。",
        "As a rule people have thirty days; where it is less, that is explained (Major Decisions Regulation, art. 15).",
    ),
    mend=(
        "延长等待时间，或者在 shortened 中公开说明原因。",
        "Let it wait longer, or say in `shortened` why it is less.",
    ),
)
NO_QUESTIONS = kind(
    "survey-without-questions",
    message=("问卷“{phase}”没有问题。", "The survey “{phase}” asks nothing."),
    why=("每个问题都要能问到。", "Every question must be one that can be asked."),
    mend=("在 survey 中写问题和答案。", "Write its questions and answers under `survey`."),
)
BAD_QUESTION = kind(
    "survey-leads-nowhere",
    message=(
        "问题“{question}”的条件读不懂，或者用了在它之前没有问的“{name}”。",
        "The condition of “{question}” cannot be read, or asks for “{name}”, which is not asked before it.",
    ),
    why=("每个问题都要能问到。", "Every question must be one that can be asked."),
    mend=("条件只用前面问题的 id。", "Let the condition name only ids of earlier questions."),
)

AMENDED = kind(
    "amendments-without-proposals",
    message=(
        "阶段“{phase}”不是提建议，不能修改文本。",
        "“{phase}” is no phase of proposals: nothing in it is amended.",
    ),
    why=("只有建议才有可以共同修改的文本。", "Only a proposal has a text on which people work together."),
    mend=("删去 amendments，或者改 feature。", "Leave `amendments` out, or declare `feature: proposals`."),
)


def check_phase(of: Checked, each: Participation, index: int, node: "Node") -> Iterator[Finding]:
    """What is wrong with one phase by itself."""
    phase, file = each.phases[index], f"participation/{each.id}.yaml"
    if phase.feature == "opinions" and phase.at_least is None:
        yield NO_LEAST.at(of.at(file, "phases", index, "feature"), phase=phase.name)
    if phase.feature == "survey" and not phase.survey:
        yield NO_QUESTIONS.at(of.at(file, "phases", index, "feature"), phase=phase.name)
    if phase.amendments is not None and phase.feature != "proposals":
        yield AMENDED.at(of.at(file, "phases", index, "amendments"), phase=phase.name)
    given = _open_for(node)
    if phase.at_least and given and not phase.shortened and _shorter(given, phase.at_least.limit):
        place = of.at(file, "phases", index, "at_least")
        yield TOO_SHORT.at(place, phase=phase.name, given=given, least=phase.at_least.limit)
    for number, name in _wrong(phase):
        place = of.at(file, "phases", index, "survey", number)
        yield BAD_QUESTION.at(place, question=phase.survey[number].question, name=name)


def _open_for(node: "Node") -> str:
    if node.trigger is not None and node.trigger.kind == "timer":
        return node.trigger.every
    return node.task.clock if node.task else ""


_MOST = {"hours": 1 / 24, "days": 1, "working-days": 2, "months": 31}  # days in one, at most
_LEAST = {"hours": 1 / 24, "days": 1, "working-days": 1, "months": 28}


def _shorter(given: str, least: str) -> bool:
    """Whether a time is shorter, wherever it falls in the calendar."""
    try:
        one, other = Limit.parse(given), Limit.parse(least)
    except ValueError:
        return False  # a time that is worked out in the case
    return one.amount * _MOST[one.unit] < other.amount * _LEAST[other.unit]


def _wrong(phase: Phase) -> Iterator[tuple[int, str]]:
    for number, question in enumerate(phase.survey):
        before = phase.survey[:number]
        name = _unknown(question, before)
        if name or question.id in {each.id for each in before}:
            yield number, name or question.id


def _unknown(question: SurveyQuestion, before: Sequence[SurveyQuestion]) -> str:
    try:
        names = feel.names(question.when) if question.when else frozenset()
    except feel.FeelError:
        return question.when
    return next(iter(sorted(names - {each.id for each in before})), "")
