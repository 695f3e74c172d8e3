"""Signing in, proving it again, and connecting an account, by the word of an identity provider (OpenID Connect)."""

import logging
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhengtong.engines.openid import Asked, Client, ProviderFault, begin, finish
from zhengtong.faces.shared import clock, proving
from zhengtong.faces.shared.carried import go_on
from zhengtong.faces.shared.errors import NoSuchPage, NotVouchedFor
from zhengtong.faces.shared.sign_in import first_step_done
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in import acts, events, sessions
from zhengtong.people.sign_in.log import note
from zhengtong.people.sign_in.providers import Provider, account_of, providers
from zhengtong.people.sign_in.queries import has_second_factor

_ASKED = "provider"
_GOOD_FOR = 600  # seconds
log = logging.getLogger(__name__)


@never_cache
@require_POST
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Ask the provider; the page that goes there at once."""
    chosen, purpose = _provider(provider), _purpose(request)
    if purpose == "connect" and not sessions.is_proved(request, now=clock.actual()):
        return proving.ask(request)
    try:
        address, asked = begin(_client(request, chosen), again=purpose == "prove")
    except ProviderFault as fault:
        raise _untrusted(chosen, fault) from fault
    request.session[_ASKED] = {
        "provider": chosen.id,
        "asked": asdict(asked),
        "for": purpose,
        "carried": request.POST.get("carried", ""),
        "to": request.POST.get("next", ""),
        "at": clock.actual().timestamp(),
    }
    return render(request, "shared/provider_go.html", {"provider": chosen, "address": address})


def _purpose(request: HttpRequest) -> str:
    if not isinstance(request.user, Account):
        return "sign-in"
    return "connect" if "connect" in request.POST else "prove"


@never_cache
@require_safe
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """The browser comes back with the provider's answer, which is held against what was asked, once. NotVouchedFor."""
    chosen, kept = _provider(provider), request.session.pop(_ASKED, None) or {}
    if kept.get("provider") != chosen.id or clock.actual().timestamp() - kept["at"] > _GOOD_FOR:
        raise NotVouchedFor(provider=chosen.name)
    try:
        answer = {name: request.GET[name] for name in request.GET}
        claims = finish(_client(request, chosen), Asked(**kept["asked"]), answer, now=clock.actual())
    except ProviderFault as fault:
        raise _untrusted(chosen, fault) from fault
    if kept["for"] != "sign-in":
        return _for_who_is_here(request, chosen, claims["sub"], kept)
    account = account_of(provider=chosen, claims=claims, visit=visit(request), now=clock.actual())
    return first_step_done(request, account, how=chosen.id, carried=kept["carried"], to=kept["to"])


def _for_who_is_here(request: HttpRequest, provider: Provider, subject: str, kept: dict[str, Any]) -> HttpResponse:
    """Connect the identity with the account, or take it as a proof of who has one already."""
    account, now = request.user, clock.actual()
    if not isinstance(account, Account):
        return redirect("sign-in")
    if kept["for"] == "connect":
        acts.connect(account=account, issuer=provider.issuer, subject=subject, visit=visit(request), now=now)
        messages.success(request, _("The identity is connected."))
        return redirect("account")
    own = account.identities.filter(issuer=provider.issuer, subject=subject).exists()
    if not own or has_second_factor(account):
        raise NotVouchedFor(provider=provider.name)
    note(account, events.PROVED, what=provider.id, visit=visit(request), now=now)
    sessions.prove(request, strong=False, now=now)
    return go_on(request, carried=kept["carried"], to=kept["to"])


def _provider(name: str) -> Provider:
    found = next((each for each in providers() if each.id == name), None)
    if found is None:
        raise NoSuchPage
    return found


def _client(request: HttpRequest, provider: Provider) -> Client:
    """Each provider sends the browser back to an address of its own, so that no answer is taken for another's."""
    here = request.build_absolute_uri(reverse("provider-back", args=[provider.id]))
    return Client(provider.issuer, provider.client_id, provider.client_secret, here)


def _untrusted(provider: Provider, fault: ProviderFault) -> NotVouchedFor:
    log.warning("the identity provider %s was not believed: %r", provider.id, str(fault))
    return NotVouchedFor(provider=provider.name)
