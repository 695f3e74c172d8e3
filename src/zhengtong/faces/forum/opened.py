"""Openings of voices as they are told: to everybody without voice and name, to the voice, and to whose it is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhengtong.agora.models import Voice
from zhengtong.agora.openings.models import Opening
from zhengtong.agora.openings.queries import openings, told_person, told_voice
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.seats import told_of
from zhengtong.common.paging import PAGE
from zhengtong.common.text import Text
from zhengtong.faces.shared.access import me, signed_in
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.fetched import fetched


@dataclass(frozen=True)
class Row:
    """A request, and in words the body that asked and the one that answered, if one did."""

    each: Opening
    asked: Text
    answered: Text | None


def row(round_: Round, each: Opening) -> Row:
    """A request with its bodies."""
    named = [round_.charter.organisation_of(post).short for post in (each.asked_in, each.answered_in) if post]
    return Row(each, named[0], named[1] if len(named) > 1 else None)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every opening that was asked for, of one round where one is named; no voice and no person."""
    round_, place = _asked(request), page_asked(request.GET)
    found = openings(round_, page=place)
    context = {
        "round": round_,
        "rows": [(each, row(each.round, each.opening)) for each in found],
        "section": "forum",
        **beside(request.GET, place, more=len(found) == PAGE),
    }
    return render(request, "forum/openings_list.html", context)


@fetched
def as_json(request: HttpRequest) -> HttpResponse:
    """The same as data."""
    told = {"openings": [each.as_data() for each in openings(_asked(request))]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> Round | None:
    number = request.GET.get("round", "")
    return round_of(number) if number else None


@never_cache
@signed_in
@require_safe
def own(request: HttpRequest, number: str) -> HttpResponse:
    """Whoever has signed in reads whether their own voice was opened here, by whom, on what ground, and what to do."""
    round_ = round_of(number)
    rows = [row(round_, each) for each in told_person(round_, me(request))]
    return render(request, "forum/opening_own.html", {"round": round_, "rows": rows, "section": "forum"})


def frame(round_: Round, voice: Voice | None = None) -> dict[str, Any]:
    """What the pages of a round say of it: who could open a voice, and by which openings this one was opened."""
    declared = round_.declared.opening
    if declared is None:
        return {}
    told = [row(round_, each) for each in told_voice(voice)] if voice else []
    return {"openers": [told_of(round_.charter, post)[0] for post in declared.keepers], "opened": told}
