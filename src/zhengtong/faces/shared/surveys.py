"""How a survey came out, as the pages of rounds, of services and of the figures show it."""

from dataclasses import dataclass

from zhengtong.agora.proceedings.served import Response, answer_of, response
from zhengtong.agora.proceedings.surveys import counted
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import procedure_of
from zhengtong.cases.models import Decision
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.model import Phase
from zhengtong.common.text import Text


@dataclass(frozen=True)
class Bar:
    """A question with how often each answer was given, in words and in percent; none where too few answered it."""

    question: Text
    people: int
    given: list[tuple[Text, int, int]] | None


def bars(round_: Round, phase: Phase) -> list[Bar]:
    """How a survey came out."""
    return [
        Bar(
            each.question.question,
            each.people,
            None
            if each.given is None
            else [
                (answer.name, each.given[answer.value], round(100 * each.given[answer.value] / each.people))
                for answer in each.question.answers
            ],
        )
        for each in counted(round_, phase)
    ]


@dataclass(frozen=True)
class Outcome:
    """How a survey of those whom a service served came out: who answered, the bars, and what the office says to it."""

    round: Round
    phase: Phase
    response: Response
    bars: list[Bar]
    answer: Decision | None
    told: Text


def outcomes(found: list[Round]) -> list[Outcome]:
    """Those of these surveys that are over, with their results."""
    made = []
    for each in found:
        phase = next((phase for phase in each.declared.phases if phase.feature == "survey"), None)
        answered = response(each, phase) if phase else None
        if phase and answered and phase not in each.open_phases:
            said = answer_of(each)
            told = outcome_told(procedure_of(each.case), said.outcome) if said else Text()
            made.append(Outcome(each, phase, answered, bars(each, phase), said, told))
    return made
