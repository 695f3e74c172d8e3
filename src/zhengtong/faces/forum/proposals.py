"""A proposal that people work on: its texts and their differences, another text, a like one, its author's word."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhengtong.agora.bound.queries import of_round
from zhengtong.agora.drafting import acts
from zhengtong.agora.drafting.models import Amendment
from zhengtong.agora.drafting.queries import like_ones, proposal
from zhengtong.agora.models import Contribution, Voice
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.queries import with_owed
from zhengtong.agora.rounds import Round, round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.speaker import voice_of
from zhengtong.faces.forum.speaking import speaker
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import whole


@require_safe
def show(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """One proposal; its author sees what is like it besides."""
    return _page(request, round_of(number), contribution)


def _page(
    request: HttpRequest, round_: Round, number: int, *, refusal: Refusal | None = None, **typed: Any
) -> HttpResponse:
    voice = voice_of(request, round_)
    found = proposal(round_, number, voice=voice)
    kept = found.said.contribution
    (said,) = with_owed([found.said], of_round(round_, on=clock.today(), about=[kept.pk]))
    open_ = found.phase in round_.open_phases and found.said.measure is None
    worked_on = open_ and kept.state == Contribution.State.SHOWN and kept.joined is None
    context = {
        "round": round_,
        "proposal": found,
        "panel": {"phase": found.phase, "state": "open" if open_ else "over"},
        "each": said,
        "voice": voice,
        "limit": limit_on(round_.case, clock.today()),
        "changeable": worked_on and kept.voice is not None,
        "alike": like_ones(round_, found.phase, kept.text, but=kept) if worked_on and found.said.own else [],
        "request_key": uuid4().hex,
        "refusal": refusal,
        "typed": typed,
        "section": "forum",
    }
    return render(request, "forum/proposal_show.html", context, status=refusal.status if refusal else 200)


@require_POST
def amend(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """Propose another text."""
    round_ = round_of(number)
    typed = {"said": request.POST.get("said", ""), "why": request.POST.get("why", "")}
    try:
        made = acts.amend(round_=round_, number=contribution, **_sent(request, round_, typed))
    except Refusal as refusal:
        return _page(request, round_, contribution, refusal=refusal, **typed)
    return _kept(request, round_, made, contribution)


@require_POST
def join(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """Offer, as the author of one of the two, that this one goes on in another."""
    round_ = round_of(number)
    into = whole(request.POST.get("into", ""))
    typed = {"said": request.POST.get("said", ""), "why": request.POST.get("why", "")}
    target = round_.case.contributions.filter(number=into, amends=None).first()
    if not typed["said"] and target is not None and target.state == Contribution.State.SHOWN:
        typed["said"] = target.text  # as it stands
    try:
        made = acts.offer_to_join(round_=round_, number=contribution, into=into, **_sent(request, round_, typed))
    except Refusal as refusal:
        return _page(request, round_, contribution, refusal=refusal, into=into, joint=typed["said"], why=typed["why"])
    return _kept(request, round_, made, contribution)


def _sent(request: HttpRequest, round_: Round, typed: dict[str, str]) -> dict[str, Any]:
    key = request.POST.get("request_key", "")[:100]
    return {"voice": speaker(request, round_), "request_key": key, "now": clock.now()} | typed


def _kept(request: HttpRequest, round_: Round, made: Amendment, contribution: int) -> HttpResponse:
    waits = made.contribution.state == Contribution.State.WAITING
    messages.success(
        request,
        _("It is kept, and will be shown in its turn.") if waits else _("It is published, and its author decides."),
    )
    return redirect("round-proposal", number=round_.case.number, contribution=contribution)


@require_POST
def decide(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """Accept or refuse what was proposed, or take it back."""
    round_, asked = round_of(number), request.POST.get("do", "")
    amendment = whole(request.POST.get("amendment", ""))
    reason = request.POST.get("reason", "")
    try:
        _decided(round_, speaker(request, round_), amendment, asked, reason)
    except Refusal as refusal:
        return _page(request, round_, contribution, refusal=refusal, decided=amendment, reason=reason)
    messages.success(
        request, _("It is published, with your reason.") if asked != "take-back" else _("It is taken back.")
    )
    return redirect("round-proposal", number=number, contribution=contribution)


def _decided(round_: Round, voice: Voice, amendment: int, asked: str, reason: str) -> None:
    told: dict[str, Any] = {"round_": round_, "voice": voice, "number": amendment, "now": clock.now()}
    if asked == "take-back":
        acts.take_back(**told)
    else:
        acts.decide(accepted=asked == "accept", why=reason, **told)
