"""A sign-in that waits for its second step: the session knows who gave the password, and nobody is signed in yet."""

from typing import Any

from django.http import HttpRequest

from zhengtong.faces.shared import clock
from zhengtong.people.models import Account

_KEY = "second_step"
_GOOD_FOR = 600  # seconds


def wait(request: HttpRequest, account: Account, *, carried: str, to: str) -> None:
    """Remember it, under a new key of the session."""
    request.session.cycle_key()
    request.session[_KEY] = {"account": account.pk, "at": clock.actual().timestamp(), "carried": carried, "to": to}


def account(request: HttpRequest) -> Account | None:
    """Who gave the right password a moment ago."""
    known = _known(request)
    return (
        Account.objects.select_related("person").filter(pk=known["account"], is_active=True).first() if known else None
    )


def take(request: HttpRequest) -> tuple[str, str]:
    """What was carried and where to go, when the second step is done; it waits no more."""
    known = _known(request) or {}
    request.session.pop(_KEY, None)
    return known.get("carried", ""), known.get("to", "")


def _known(request: HttpRequest) -> dict[str, Any] | None:
    known: dict[str, Any] | None = request.session.get(_KEY)
    return known if known and clock.actual().timestamp() - known["at"] <= _GOOD_FOR else None
