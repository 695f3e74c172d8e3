"""What a voice does: comes in, says something, agrees or disagrees, votes on a budget, leaves."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.agora import acts
from zhengtong.agora.drafting.queries import Alike, like_ones
from zhengtong.agora.errors import NotAVoice
from zhengtong.agora.keys import key_of
from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.openings.errors import KeysMissing
from zhengtong.agora.openings.sealing import sealed_with
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.sponsors import still_wanted
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.opened import frame
from zhengtong.faces.forum.rounds import page
from zhengtong.faces.forum.speaker import forget, remember, voice_of
from zhengtong.faces.shared import clock, sign_in
from zhengtong.faces.shared.access import party, person
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.language import local

MOST = 16_000  # signs of a list of candidates


@never_cache
@form_page
def voice(request: HttpRequest, number: str) -> HttpResponse:
    """Get a voice (once, signed in), come in with the key of one, or leave."""
    round_ = round_of(number)
    asked = request.POST.get("do", "")
    if asked == "blind":
        return _blind(request, round_)
    try:
        if asked == "begin":
            return redirect("round-voice", number=number) if person(request) else sign_in.carry(request)
        if asked == "get":
            return _get(request, round_)
        if asked == "enter":
            return _enter(round_, request.POST.get("key", ""))
        if asked == "leave":
            return _leave(round_)
    except Refusal as refusal:
        return _page(request, round_, refusal)
    return _page(request, round_)


def _page(request: HttpRequest, round_: Round, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "round": round_,
        "refusal": refusal,
        "key": _public(request, round_),
        "section": "forum",
        **frame(round_),
    }
    return render(request, "forum/voice_get.html", context, status=refusal.status if refusal else 200)


def _public(request: HttpRequest, round_: Round) -> dict[str, Any] | None:
    """The public key by which a device blinds, and what it seals where voices can be opened; None while nobody can be
    given a voice.
    """
    if not round_.open_phases:
        return None
    try:
        seals = sealed_with(round_, person(request))
    except KeysMissing:
        return None
    key = key_of(round_.case.number).public_key()
    numbers = key.public_numbers()
    return {"modulus": f"{numbers.n:x}", "exponent": str(numbers.e), "bits": key.key_size, **seals}


def _blind(request: HttpRequest, round_: Round) -> HttpResponse:
    """Sign what the device has blinded. `final` tells it that asking the same again is of no use."""
    if person(request) is None:
        return JsonResponse({"told": _("Sign in, and try again: you lose nothing."), "final": False}, status=401)
    try:
        if round_.declared.opening is not None:
            return _sealed(request, round_)
        blinded = b"".join(_sent(request, "blinded"))
        signature = acts.admit(round_=round_, blinded=blinded, by=party(request), now=clock.now())
    except BadBase64:
        return JsonResponse({"told": local(NotAVoice().told()), "final": True}, status=400)
    except Refusal as refusal:
        told = {"told": f"{local(refusal.told())} {local(refusal.advice())}", "final": True}
        return JsonResponse(told, status=refusal.status)
    return JsonResponse({"signature": urlsafe_b64encode(signature).decode()})


def _sealed(request: HttpRequest, round_: Round) -> HttpResponse:
    """Which of the device's candidates is left; once it has shown all others, the signature on it."""
    given = {name: _sent(request, name) if name in request.POST else None for name in ("listed", "seeds")}
    listed, seeds = given["listed"] or [], given["seeds"]
    found = acts.admit_sealed(round_=round_, listed=listed, seeds=seeds, by=party(request), now=clock.now())
    if isinstance(found, bytes):
        return JsonResponse({"signature": urlsafe_b64encode(found).decode()})
    return JsonResponse({"left": found})


def _sent(request: HttpRequest, name: str) -> list[bytes]:
    """What a device sent under a name, in base64 with blanks between; BadBase64."""
    return [urlsafe_b64decode(each.encode("ascii", "replace")) for each in request.POST.get(name, "")[:MOST].split()]


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


def speaker(request: HttpRequest, round_: Round) -> Voice:
    """The voice that speaks; NotAVoice."""
    found = voice_of(request, round_)
    if found is None:
        raise NotAVoice
    return found


@require_POST
def say(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Bring something forward. What was typed is kept when it is refused."""
    round_ = round_of(number)
    typed: dict[str, Any] = {"said": request.POST.get("said", ""), "place": request.POST.get("place", "")}
    typed["addressed"] = request.POST.get("addressed", "")
    try:
        voice = speaker(request, round_)
        if like := _like_ones(request, round_, phase, typed["said"]):
            return page(request, round_, like=like, asked=phase, **typed)
        made = acts.contribute(
            round_=round_,
            phase=phase,
            voice=voice,
            request_key=request.POST.get("request_key", "")[:100],
            now=clock.now(),
            **typed,
        )
    except Refusal as refusal:
        return page(request, round_, refusal=refusal, **typed)
    messages.success(request, _kept(round_, made))
    response: HttpResponse = redirect("round", number=number)
    response["Location"] += f"#said-{made.number}"
    return response


def _kept(round_: Round, made: Contribution) -> str:
    """What has become of something that was brought forward."""
    if wanted := still_wanted(round_, made):
        return ngettext(
            "It is kept. It is shown to all once %(wanted)s other person has signed it: pass its link on.",
            "It is kept. It is shown to all once %(wanted)s others have signed it: pass its link on.",
            wanted,
        ) % {"wanted": wanted}
    waits = made.state == made.State.WAITING
    return _("It is kept, and will be shown in its turn.") if waits else _("It has been published.")


def _like_ones(request: HttpRequest, round_: Round, phase: str, written: str) -> list[Alike]:
    """What is like a proposal that is about to be published; nothing where its author has seen it and goes on."""
    declared = round_.phase(phase)
    if declared.feature != "proposals" or declared.amendments is None or request.POST.get("anyway"):
        return []
    return like_ones(round_, declared, written)


@require_POST
def weigh(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """Agree, disagree or pass."""
    round_ = round_of(number)
    value = {"agree": 1, "disagree": -1, "pass": 0}.get(request.POST.get("value", ""), 9)
    version = whole(request.POST.get("version", "")) or None
    try:
        voice = speaker(request, round_)
        acts.weigh(round_=round_, voice=voice, number=contribution, value=value, version=version, now=clock.now())
    except Refusal as refusal:
        return page(request, round_, refusal=refusal)
    response: HttpResponse = redirect("round", number=number)
    response["Location"] += f"#said-{contribution}"
    return response


@require_POST
def vote(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Vote on the projects; voting again replaces the vote."""
    round_ = round_of(number)
    chosen = [whole(each) for each in request.POST.getlist("projects") if each]
    try:
        acts.vote_budget(round_=round_, phase=phase, voice=speaker(request, round_), projects=chosen, now=clock.now())
    except Refusal as refusal:
        return page(request, round_, refusal=refusal)
    messages.success(request, _("Your vote is kept. You can change it until the vote ends."))
    return redirect("round", number=number)
