"""A program that asks without TLS is refused, and not led on: its token was seen on the way (a browser is led on)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from zhengtong.faces.api.errors import OnlyByTls
from zhengtong.faces.api.problems import problem

PROGRAMS = ("/api/", "/open311/")


class TlsMiddleware:
    """Before Django's own, which would redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith(PROGRAMS):
            return problem(request, OnlyByTls())
        return self.get_response(request)
