"""Around every page: sessions end, pages of somebody are kept nowhere, and a refusal becomes a page."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from zhengtong.charter.queries import one_law
from zhengtong.common.refusal import Refusal
from zhengtong.common.session import PARTY, session_of
from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.errors import TooBig, refused
from zhengtong.people.sign_in import sessions

_MARGIN = 1024 * 1024  # what a form carries beside its file
_PROGRAMS = "/api/"  # which are told in their own way


def too_big(request: HttpRequest) -> bool:
    """Whether the body is said to be larger than any form with its file can be."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > settings.ZHENGTONG_MAX_UPLOAD + _MARGIN


class SessionMiddleware:
    """Ends a session that was idle or has lasted for too long, and lets no browser or proxy keep a page of somebody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if access.person(request) is not None and sessions.is_over(request, now=clock.actual()):
            logout(request)
        answer = self.get_response(request)
        if access.person(request) is not None and not answer.has_header("Cache-Control"):
            add_never_cache_headers(answer)
        return answer


class RefusalMiddleware:
    """Shows refusals, and turns away bodies that are too big before a byte of them is parsed.

    A request is answered under one law, which is looked up once, in the session of a party until it acts in a post.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if too_big(request) and not request.path.startswith(_PROGRAMS):
            return refused(request, TooBig())
        with one_law(), session_of(PARTY):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal; anything else goes on to be a fault of ours."""
        return refused(request, exception) if isinstance(exception, Refusal) else None
