"""Before a grave act: who has signed in shows again who they are. What was posted is carried through it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.carried import go_on, pack
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.sign_in import show_factor
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in import acts, events, sessions
from zhengtong.people.sign_in.log import note
from zhengtong.people.sign_in.providers import Provider, providers
from zhengtong.people.sign_in.queries import has_code_app, has_second_factor


def ask(request: HttpRequest) -> HttpResponse:
    """The page that asks for the proof, in answer to a request that needs one."""
    if request.method != "POST":
        return _page(request, to=request.get_full_path())
    return _page(request, carried=pack(request), files=bool(request.FILES))


@never_cache
@sensitive_post_parameters("password", "code", "answer")
@form_page
def prove(request: HttpRequest) -> HttpResponse:
    """Take the proof, and go on."""
    if not isinstance(request.user, Account):
        return redirect("sign-in")
    given = {"carried": request.POST.get("carried", ""), "to": request.POST.get("next", "")}
    if request.method != "POST":
        return _page(request, to=request.GET.get("next", ""))
    try:
        strong = _proved(request, request.user)
    except Refusal as refusal:
        return _page(request, refusal=refusal, **given)
    sessions.prove(request, strong=strong, now=clock.actual())
    return go_on(request, **given)


def _proved(request: HttpRequest, account: Account) -> bool:
    """By the second factor of who has one, by the password of others; whether it was a factor."""
    strong = has_second_factor(account)
    if strong:
        how = show_factor(request, account)
        note(account, events.PROVED, what=how, visit=visit(request), now=clock.actual())
    else:
        password = request.POST.get("password", "")
        acts.check_password(username=account.username, password=password, visit=visit(request), now=clock.actual())
    return strong


def _page(request: HttpRequest, *, refusal: Refusal | None = None, **context: Any) -> HttpResponse:
    account = request.user
    if isinstance(account, Account):
        context |= {
            "codes": has_code_app(account) or account.recovery_codes.exists(),
            "passkeys": account.passkeys.exists(),
            "strong": has_second_factor(account),
            "password": account.has_usable_password(),
            "providers": _providers(account),
        }
    status = refusal.status if refusal else 200
    return render(request, "shared/prove.html", context | {"refusal": refusal}, status=status)


def _providers(account: Account) -> list[Provider]:
    """Those that have vouched for this account."""
    known = set(account.identities.values_list("issuer", flat=True))
    return [each for each in providers() if each.issuer in known]
