"""What a voice does: comes in, says something, agrees or disagrees, votes on a budget, leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.agora import acts
from zhengtong.agora.errors import NotAVoice
from zhengtong.agora.models import Voice
from zhengtong.agora.rounds import Round, round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.rounds import page
from zhengtong.faces.forum.speaker import forget, remember, voice_of
from zhengtong.faces.shared import clock, sign_in
from zhengtong.faces.shared.access import party, person
from zhengtong.faces.shared.components import whole


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, number: str) -> HttpResponse:
    """Get a voice (once, signed in), come in with the key of one, or leave."""
    round_ = round_of(number)
    asked = request.POST.get("do", "")
    try:
        if asked == "get":
            return _get(request, round_)
        if asked == "enter":
            return _enter(round_, request.POST.get("key", ""))
        if asked == "leave":
            return _leave(round_)
    except Refusal as refusal:
        context = {"round": round_, "refusal": refusal, "section": "forum"}
        return render(request, "forum/voice_get.html", context, status=refusal.status)
    return render(request, "forum/voice_get.html", {"round": round_, "section": "forum"})


def _get(request: HttpRequest, round_: Round) -> HttpResponse:
    if person(request) is None:
        return sign_in.carry(request)
    key = acts.admit_here(round_=round_, by=party(request), now=clock.now())
    response = render(request, "forum/voice_key.html", {"round": round_, "key": key, "section": "forum"})
    remember(response, round_, acts.come_in(round_=round_, key=key, now=clock.now()))
    return response


def _enter(round_: Round, key: str) -> HttpResponse:
    entered = acts.come_in(round_=round_, key=key, now=clock.now())
    response = redirect("round", number=round_.case.number)
    remember(response, round_, entered)
    return response


def _leave(round_: Round) -> HttpResponse:
    response = redirect("round", number=round_.case.number)
    forget(response, round_)
    return response


def _speaker(request: HttpRequest, round_: Round) -> Voice:
    found = voice_of(request, round_)
    if found is None:
        raise NotAVoice
    return found


@require_POST
def say(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Bring something forward. What was typed is kept when it is refused."""
    round_ = round_of(number)
    typed = {"said": request.POST.get("said", ""), "place": request.POST.get("place", "")}
    typed["addressed"] = request.POST.get("addressed", "")
    try:
        made = acts.contribute(
            round_=round_,
            phase=phase,
            voice=_speaker(request, round_),
            request_key=request.POST.get("request_key", "")[:100],
            now=clock.now(),
            **typed,
        )
    except Refusal as refusal:
        return page(request, round_, refusal=refusal, **typed)
    waits = made.state == made.State.WAITING
    messages.success(request, _("It is kept, and will be shown in its turn.") if waits else _("It has been published."))
    return redirect("round", number=number)


@require_POST
def weigh(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """Agree, disagree or pass."""
    round_ = round_of(number)
    value = {"agree": 1, "disagree": -1, "pass": 0}.get(request.POST.get("value", ""), 9)
    try:
        acts.weigh(round_=round_, voice=_speaker(request, round_), number=contribution, value=value, now=clock.now())
    except Refusal as refusal:
        return page(request, round_, refusal=refusal)
    response: HttpResponse = redirect("round", number=number)
    response["Location"] += f"#said-{contribution}"
    return response


@require_POST
def vote(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Vote on the projects; voting again replaces the vote."""
    round_ = round_of(number)
    chosen = [whole(each) for each in request.POST.getlist("projects")]
    try:
        acts.vote_budget(round_=round_, phase=phase, voice=_speaker(request, round_), projects=chosen, now=clock.now())
    except Refusal as refusal:
        return page(request, round_, refusal=refusal)
    messages.success(request, _("Your vote is kept. You can change it until the vote ends."))
    return redirect("round", number=number)
