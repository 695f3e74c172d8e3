"""Questions that lead on by what is answered: which is next, and how often each answer was given."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhengtong.agora.errors import PhaseIsClosed
from zhengtong.agora.models import Voice
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import NoSuchQuestion, NotAnAnswer
from zhengtong.agora.proceedings.models import Sheet
from zhengtong.agora.rounds import Round, as_it_is_now, to_write_in
from zhengtong.agora.voices import Speaker
from zhengtong.charter.model import Phase, SurveyQuestion
from zhengtong.engines.rules import feel
from zhengtong.ledger.acts import record

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Way:
    """The questions that were answered on the way, and the next one; none when it is at its end."""

    answered: list[SurveyQuestion]
    next: SurveyQuestion | None

    def find(self, question: str) -> SurveyQuestion:
        """One that is on the way. NoSuchQuestion."""
        asked = [*self.answered, *([self.next] if self.next else [])]
        found = next((each for each in asked if each.id == question), None)
        if found is None:
            raise NoSuchQuestion
        return found


def way(questions: Sequence[SurveyQuestion], answers: Answers) -> Way:
    """Where these answers lead: a question is asked if its condition holds for what was answered before it."""
    answered: list[SurveyQuestion] = []
    said: dict[str, object] = {}
    for each in questions:
        if each.when and feel.evaluate(each.when, said) is not True:
            continue
        if each.id not in answers:
            return Way(answered, each)
        answered.append(each)
        said[each.id] = list(answers[each.id]) if each.several else answers[each.id][0]
    return Way(answered, None)


@transaction.atomic
def answer_question(
    *, round_: Round, phase: str, voice: Voice, question: str, values: Sequence[str], now: datetime
) -> Sheet:
    """Answer a question, the next or an earlier one again; what is no longer asked because of it is forgotten."""
    to_write_in(round_.case.pk)
    round_ = as_it_is_now(round_)
    declared = round_.phase(phase)
    if declared.feature != "survey":
        raise PhaseIsClosed(phase=declared.name)
    sheet, _new = Sheet.objects.select_for_update().get_or_create(
        voice=voice, phase=phase, defaults={"case": round_.case}
    )
    asked = way(declared.survey, sheet.answers).find(question)
    chosen = [each.value for each in asked.answers if each.value in values]
    if not chosen or len(chosen) != len(set(values)) or (len(chosen) > 1 and not asked.several):
        raise NotAnAnswer
    given = {**sheet.answers, question: chosen}
    led = way(declared.survey, given)
    sheet.answers = {each.id: given[each.id] for each in led.answered}
    if led.next is None and sheet.finished_on is None:
        sheet.finished_on = round_.day(now)
        record(
            kind=kinds.SURVEYED,
            subject=round_.case.number,
            by=Speaker(voice),
            now=now,
            particulars={"phase": phase},
        )
    sheet.save()
    return sheet


@dataclass(frozen=True)
class Counted:
    """A question, how many answered it, and how often each answer was given; None where too few did to be told."""

    question: SurveyQuestion
    people: int
    given: dict[str, int] | None


def counted(round_: Round, phase: Phase) -> list[Counted]:
    """What was answered, of those who came to the end. One query."""
    sheets = list(
        Sheet.objects.filter(case=round_.case, phase=phase.id, finished_on__isnull=False).values_list(
            "answers", flat=True
        )
    )
    return [_counted(each, sheets, phase.smallest_group) for each in phase.survey]


def _counted(question: SurveyQuestion, sheets: Sequence[Answers], floor: int) -> Counted:
    given = [answers[question.id] for answers in sheets if question.id in answers]
    times = Counter(value for chosen in given for value in chosen)
    told = {each.value: times[each.value] for each in question.answers}
    return Counted(question, len(given), told if len(given) >= floor else None)
