"""Which voice is speaking: a cookie of one round, apart from the sign-in, and told to no other page."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhengtong.agora.models import Voice
from zhengtong.agora.rounds import Round
from zhengtong.common.compiled import Compiled, Given

SPEAKING = Compiled(lambda: Voice.objects.filter(pk=Given("voice"), case=Given("case")))
SALT = "zhengtong.forum.voice"


def _name(round_: Round) -> str:
    return f"voice-{round_.case.pk}"


def remember(response: HttpResponse, round_: Round, voice: Voice) -> None:
    """Keep the voice in a cookie until the browser closes."""
    response.set_cookie(
        _name(round_),
        signed_value(round_.case.pk, str(voice.pk)),
        path=reverse("round", args=[round_.case.number]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def signed_value(case: int, voice: str) -> str:
    """What stands in the cookie."""
    return signing.dumps([case, voice], salt=SALT)


def forget(response: HttpResponse, round_: Round) -> None:
    """Leave no trace of the voice in this browser."""
    response.delete_cookie(_name(round_), path=reverse("round", args=[round_.case.number]))


def voice_of(request: HttpRequest, round_: Round) -> Voice | None:
    """The voice that speaks from this browser in this round, if there is one."""
    try:
        kept: Any = signing.loads(request.COOKIES.get(_name(round_), ""), salt=SALT)
    except signing.BadSignature:
        return None
    case, voice = kept
    return _speaking(voice, round_) if case == round_.case.pk else None


def _speaking(voice: str, round_: Round) -> Voice | None:
    known = Voice._meta.pk.get_db_prep_value(UUID(voice), connection)  # as this kind of database writes it
    return SPEAKING.first(voice=known, case=round_.case.pk)
