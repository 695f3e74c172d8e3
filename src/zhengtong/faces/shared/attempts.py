"""After each answer: whoever had signed in and was refused what is not theirs, is in the record of attempts.

So is a trustee whose key or share does not hold.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from zhengtong.faces.shared import access, clock
from zhengtong.people.attempts import note
from zhengtong.people.models import Person

FORBIDDEN = 403
REFUSED = {FORBIDDEN, 404}
NO_ATTEMPT = {"second-factor-first", "stale-form", "not-vouched-for"}  # a step that is missing, and forms that grew old
BELIED = {"trustee-not-believed"}  # nobody trespassed, and what was proved false is for the supervisor to know
UNNAMED = {"ballot-enrol", "ballot-cast"}  # who votes is nobody's to know, not even of a ballot that is refused

log = logging.getLogger(__name__)


class AttemptMiddleware:
    """Outside of the act's transaction, which was rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code in REFUSED or getattr(request, "refused_with", "") in BELIED:
            _note(request, answer.status_code)
        return answer


def _note(request: HttpRequest, status: int) -> None:
    """A mistyped address is no attempt: there is nothing behind it; one that names nothing is, where it is forbidden.

    What was sent is not kept, and no query either.
    """
    who, asked, code = _who(request), request.resolver_match, getattr(request, "refused_with", "") or "no-such-page"
    if who is None or asked is None or asked.view_name in UNNAMED or code in NO_ATTEMPT:
        return
    if not (asked.kwargs or status == FORBIDDEN):
        return
    target = "/".join(str(each) for each in asked.kwargs.values())
    verb = request.method or ""
    try:
        note(person=who, verb=verb, route=asked.view_name, target=target, code=code, now=clock.actual())
    except DatabaseError:
        log.exception("a refused attempt could not be recorded")


def _who(request: HttpRequest) -> Person | None:
    """By the session of a browser, or by the token of a program."""
    return access.person(request) or getattr(getattr(request, "auth", None), "person", None)
