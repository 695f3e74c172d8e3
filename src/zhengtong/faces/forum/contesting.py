"""Contesting that something was hidden: anybody may, and nobody is asked whose it was."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhengtong.agora import acts
from zhengtong.agora.moderation.statements import statement
from zhengtong.cases.errors import InvalidAnswers
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import party, signed_in
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.language import local, tag


@signed_in
@form_page
def contest(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """Contest that something was hidden; nobody is asked whose it was."""
    stated = statement(measure)
    if stated is None or stated.round.case.number != number:
        raise Http404
    round_, found = stated.round, stated.measure
    context: dict[str, Any] = {
        "round": round_,
        "each": stated,
        "measure": found,
        "rule": stated.rule,
        "appeal": round_.charter.procedures[round_.declared.appeal],
        "section": "forum",
    }
    if request.method == "POST":
        try:
            appeal = acts.contest(
                measure=found,
                grounds=request.POST.get("grounds", ""),
                by=party(request),
                language=tag(),
                now=clock.now(),
            )
            return redirect("case", number=appeal.number)
        except InvalidAnswers as wrong:
            context["errors"] = {name: local(error) for name, error in wrong.errors.items()}
        except Refusal as refusal:
            context["refusal"] = refusal
    return render(request, "forum/measure_contest.html", context, status=422 if request.method == "POST" else 200)
