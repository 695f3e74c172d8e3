"""The question that a page's script puts to the device that holds a passkey. The session keeps it for one answer."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.faces.shared import clock, pending
from zhengtong.faces.shared.visits import origin
from zhengtong.people.models import Account
from zhengtong.people.sign_in import passkeys

_ASKED = "passkey"
_GOOD_FOR = 300  # seconds


@never_cache
@require_POST
def question(request: HttpRequest) -> JsonResponse:
    """Ask for a passkey: of who has given the password or has signed in; of anybody otherwise."""
    options, state = passkeys.ask_to_show(_expected(request), origin=origin(request))
    return ask(request, options, state)


def ask(request: HttpRequest, options: dict[str, Any], state: dict[str, Any]) -> JsonResponse:
    """Give the browser the question, and keep what the answer will be held against."""
    request.session[_ASKED] = {**state, "at": clock.actual().timestamp()}
    return JsonResponse(options)


def asked(request: HttpRequest) -> dict[str, Any] | None:
    """What was asked, once."""
    state: dict[str, Any] | None = request.session.pop(_ASKED, None)
    fresh = state is not None and clock.actual().timestamp() - state.pop("at") <= _GOOD_FOR
    return state if fresh else None


def shown(request: HttpRequest, account: Account | None) -> Account:
    """Whose passkey the posted answer shows. WrongPasskey."""
    answer = request.POST.get("answer", "")
    return passkeys.shown(answer, asked(request), account=account, origin=origin(request), now=clock.actual())


def _expected(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else pending.account(request)
