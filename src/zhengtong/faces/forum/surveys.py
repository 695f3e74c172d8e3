"""A survey, one question a page, so that the next may depend on what was answered; and how it came out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.models import Voice
from zhengtong.agora.proceedings.models import Sheet
from zhengtong.agora.proceedings.surveys import Way, answer_question, way
from zhengtong.agora.rounds import Round, round_of
from zhengtong.charter.model import Phase, SurveyQuestion
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text
from zhengtong.faces.forum.speaker import voice_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.language import local


@never_cache
@form_page
def survey(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """The next question, or an earlier one again; when none is left, what was answered."""
    round_ = round_of(number)
    declared = round_.declared.phase(phase)
    if declared is None or declared.feature != "survey":
        raise NoSuchRound
    voice = voice_of(request, round_)
    if voice is None:
        return redirect("round-voice", number=number)
    if request.method == "POST":
        return _answered(request, round_, declared, voice)
    return _asked(request, round_, declared, voice)


def _answered(request: HttpRequest, round_: Round, phase: Phase, voice: Voice) -> HttpResponse:
    question, values = request.POST.get("question", ""), request.POST.getlist("answer")
    try:
        answer_question(round_=round_, phase=phase.id, voice=voice, question=question, values=values, now=clock.now())
    except Refusal as refusal:
        return _asked(request, round_, phase, voice, refusal=refusal, question=question)
    return redirect("round-survey", number=round_.case.number, phase=phase.id)


def _asked(
    request: HttpRequest,
    round_: Round,
    phase: Phase,
    voice: Voice,
    *,
    refusal: Refusal | None = None,
    question: str = "",
) -> HttpResponse:
    sheet = Sheet.objects.filter(voice=voice, phase=phase.id).first()
    answers = sheet.answers if sheet else {}
    led = way(phase.survey, answers)
    asked = _again(led, question or request.GET.get("question", "")) or led.next
    context = {
        "round": round_,
        "phase": phase,
        "asked": asked,
        "choices": [(each.value, local(each.name)) for each in asked.answers] if asked else [],
        "chosen": answers.get(asked.id, []) if asked else [],
        "done": [(each, _names(each, answers[each.id])) for each in led.answered],
        "is_open": phase in round_.open_phases,
        "refusal": refusal,
        "section": "forum",
    }
    return render(request, "forum/survey.html", context, status=refusal.status if refusal else 200)


def _again(led: Way, question: str) -> SurveyQuestion | None:
    return next((each for each in led.answered if each.id == question), None)


def _names(question: SurveyQuestion, values: list[str]) -> list[Text]:
    return [each.name for each in question.answers if each.value in values]
