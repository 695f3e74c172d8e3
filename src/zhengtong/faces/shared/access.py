"""Who is reading, and pages that only somebody who has signed in may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from zhengtong.faces.shared import clock, proving, sign_in
from zhengtong.people.actor import Actor
from zhengtong.people.models import Account, Person
from zhengtong.people.sign_in import sessions

View = Callable[..., HttpResponseBase]


def person(request: HttpRequest) -> Person | None:
    """The person who has signed in, if anybody has."""
    user = getattr(request, "user", None)
    return user.person if user is not None and user.is_authenticated else None


def me(request: HttpRequest) -> Person:
    """The reader. Only behind `signed_in`."""
    reader = person(request)
    if reader is None:
        raise PermissionDenied
    return reader


def account(request: HttpRequest) -> Account:
    """The account of the reader. Only behind `signed_in`."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def party(request: HttpRequest) -> Actor:
    """The reader as a party: who acts without a post. Only behind `signed_in`."""
    return Actor(me(request))


def uploads(request: HttpRequest) -> dict[str, tuple[str, BinaryIO]]:
    """The files of a form, as acts take them: by field, each with its name and content."""
    return {
        name: (file.name or "", cast(BinaryIO, file))
        for name, file in request.FILES.items()
        if not isinstance(file, list)
    }


def signed_in(view: View) -> View:
    """Ask for a sign-in first. What was posted meanwhile is carried through the sign-in and posted again after it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if person(request) is not None:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return sign_in.carry(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def proved(view: View) -> View:
    """A grave act (behind `signed_in` or `officer`): whoever posts it has shown who they are not long ago, or does so
    now. What was posted is carried through that.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or sessions.is_proved(request, now=clock.actual()):
            return view(request, *args, **kwargs)
        return proving.ask(request)

    return guarded
