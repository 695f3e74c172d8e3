"""What became of everything that was brought forward: each answer with all that it answers, and what has none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.agora.queries import outcome
from zhengtong.agora.rounds import round_of


@require_safe
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """All answers of a round, grouped; the numbers add up to what was brought forward."""
    round_ = round_of(number)
    return render(request, "forum/outcome.html", {"round": round_, "outcome": outcome(round_), "section": "forum"})
