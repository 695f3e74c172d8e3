"""What signing is compared with: a bare Django view that reads the cookie, finds the petition and inserts the row."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from zhengtong.agora.models import Contribution, Stance
from zhengtong.faces.forum.speaker import SALT


def sign(request: HttpRequest, number: str, contribution: int) -> HttpResponse:
    """One cookie, one petition, one row."""
    cookie = next(value for name, value in request.COOKIES.items() if name.startswith("voice-"))
    _case, voice = signing.loads(cookie, salt=SALT)
    found = Contribution.objects.get(case__number=number, number=contribution)
    Stance.objects.create(contribution=found, voice_id=voice, value=1)
    return redirect("round", number=number)


urlpatterns = [
    path("bare/<slug:number>/<int:contribution>", sign),
    path("", include("zhengtong.project.urls")),
]
