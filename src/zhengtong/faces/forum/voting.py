"""A voter's pages: enrolling, the booth, handing a ballot in. What a script sends comes without cookies."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from zhengtong.agora import acts
from zhengtong.agora.ballots.queries import vote_of
from zhengtong.agora.errors import NotAVoice
from zhengtong.agora.keys import key_of
from zhengtong.agora.rounds import round_of
from zhengtong.common.refusal import Refusal
from zhengtong.engines.ballots import Election, compact
from zhengtong.faces.forum.ballots import asked_of, frame
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import party, person, signed_in
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.language import local

MOST = 1_000_000  # characters of a ballot


def _example(election: Election) -> str:
    """A vote as the command wants it: of each question as many of the first answers as one has to choose, or one."""
    votes = []
    for each in election.questions:
        chosen = max(each.least, 1)
        blank = [0] if each.blank else []
        votes.append([*blank, *[1] * chosen, *[0] * (len(each.answers) - chosen)])
    return compact(votes)


@never_cache
@csrf_exempt  # nothing here asks who sends it: the key of a voice is the ticket
@form_page
def enrol(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Put a public key on the roll, with the key of a voice; a script does both on the device."""
    vote = vote_of(round_of(number), phase)
    if request.method != "POST":
        return _enrol_page(request, number, phase)
    given = {name: request.POST.get(name, "") for name in ("key", "public")}
    try:
        acts.enrol(round_=vote.round, phase=phase, now=clock.now(), **given)
    except Refusal as refusal:
        return _told(request, refusal) or _enrol_page(request, number, phase, refusal=refusal)
    return _answered(request, {"enrolled": True}) or _enrol_page(request, number, phase, enrolled=True)


def _enrol_page(request: HttpRequest, number: str, phase: str, **more: Any) -> HttpResponse:
    vote = vote_of(round_of(number), phase)
    numbers = key_of(number).public_key().public_numbers()
    rsa = {"n": str(numbers.n), "e": str(numbers.e)}
    context = {**frame(vote), "rsa": rsa, "signed_in": person(request) is not None, **more}
    refusal = more.get("refusal")
    return render(request, "forum/ballot_enrol.html", context, status=refusal.status if refusal else 200)


@signed_in
@require_POST
def blinded(request: HttpRequest, number: str, phase: str) -> HttpResponseBase:
    """Sign what the device of somebody who may take part has blinded: the one step in which it is known who asks."""
    vote = vote_of(round_of(number), phase)
    try:
        message = urlsafe_b64decode(request.POST.get("request", "")[:1000])
        signed = acts.admit(round_=vote.round, blinded=message, by=party(request), now=clock.now())
    except (BadBase64, ValueError):
        return _refused(NotAVoice())
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"signed": urlsafe_b64encode(signed).decode()})


@require_safe
def booth(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """The booth: a script that encrypts on the device; without scripts, how to do it and a place to hand it in."""
    return _booth(request, number, phase)


def _booth(request: HttpRequest, number: str, phase: str, **more: Any) -> HttpResponse:
    vote = vote_of(round_of(number), phase)
    election = vote.election
    context = {**frame(vote), "asked": asked_of(vote), "election": election, "example": _example(election), **more}
    refusal = more.get("refusal")
    return render(request, "forum/ballot_booth.html", context, status=refusal.status if refusal else 200)


@never_cache
@csrf_exempt  # nothing here asks who sends it: the signature of the ballot is the ticket
@require_POST
def cast(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Take a ballot, and tell its tracking number."""
    try:
        written = _handed_in(request)
        tracking = acts.cast_ballot(round_=round_of(number), phase=phase, written=written, now=clock.now())
    except Refusal as refusal:
        return _told(request, refusal) or _booth(request, number, phase, refusal=refusal)
    answer = _answered(request, {"tracking_number": tracking})
    context = {**frame(vote_of(round_of(number), phase)), "tracking_number": tracking}
    return answer or render(request, "forum/ballot_cast.html", context)


def _handed_in(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is not None and not isinstance(file, list) and hasattr(file, "read"):
        return str(file.read(MOST + 1).decode("utf-8", "replace"))
    return request.POST.get("ballot", "")


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _answered(request: HttpRequest, said: dict[str, Any]) -> HttpResponse | None:
    return JsonResponse(said) if _wants_json(request) else None


def _told(request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
    return _refused(refusal) if _wants_json(request) else None


def _refused(refusal: Refusal) -> HttpResponse:
    said = {"code": refusal.code, "told": local(refusal.told()), "advice": local(refusal.advice())}
    return JsonResponse(said, status=refusal.status)
