"""Who is reading, and pages that only somebody who has signed in may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from zhengtong.faces.shared import sign_in
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person

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
