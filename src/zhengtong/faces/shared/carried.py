"""What was posted when somebody had first to show who they are: kept in the page, signed, and posted anew after it."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from zhengtong.faces.shared import clock
from zhengtong.people.models import Account
from zhengtong.people.permissions import posts_of

SALT = "zhengtong.carried-form"
KEPT_FOR = 3600  # seconds that a carried form stays good
_OURS = {"csrfmiddlewaretoken"}


def pack(request: HttpRequest) -> str:
    """The form that was posted, with where it was posted to."""
    fields = [[name, value] for name in request.POST if name not in _OURS for value in request.POST.getlist(name)]
    return signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)


def go_on(request: HttpRequest, *, carried: str = "", to: str = "") -> HttpResponse:
    """Back to what was posted, or to where the person wanted to go, or to where their work begins."""
    form = _opened(carried)
    return render(request, "shared/form_continue.html", form) if form else redirect(safe(request, to))


def safe(request: HttpRequest, to: str) -> str:
    """An address of this site; instead of any other the desk of whoever has a post, else the front page."""
    if to and url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        return to
    works = isinstance(request.user, Account) and posts_of(request.user.person, on=clock.today())
    return reverse("desk" if works else "home")


def _opened(carried: str) -> dict[str, Any] | None:
    try:
        return signing.loads(carried, salt=SALT, max_age=KEPT_FOR) if carried else None
    except signing.BadSignature:
        return None
