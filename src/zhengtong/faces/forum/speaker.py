"""Which voice is speaking: a cookie of one round, apart from the sign-in, and told to no other page."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhengtong.agora.models import Voice
from zhengtong.agora.rounds import Round

_SALT = "zhengtong.forum.voice"


def _name(round_: Round) -> str:
    return f"voice-{round_.case.pk}"


def remember(response: HttpResponse, round_: Round, voice: Voice) -> None:
    """Keep the voice in a cookie until the browser closes."""
    response.set_cookie(
        _name(round_),
        signing.dumps([round_.case.pk, str(voice.pk)], salt=_SALT),
        path=reverse("round", args=[round_.case.number]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, round_: Round) -> None:
    """Leave no trace of the voice in this browser."""
    response.delete_cookie(_name(round_), path=reverse("round", args=[round_.case.number]))


def voice_of(request: HttpRequest, round_: Round) -> Voice | None:
    """The voice that speaks from this browser in this round, if there is one."""
    try:
        kept: Any = signing.loads(request.COOKIES.get(_name(round_), ""), salt=_SALT)
    except signing.BadSignature:
        return None
    case, voice = kept
    return Voice.objects.filter(pk=UUID(voice), case=round_.case).first() if case == round_.case.pk else None
