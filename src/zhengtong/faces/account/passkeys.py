"""Adding a passkey, taking one away, and leaving an identity provider."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.faces.account.factors import factor_added
from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.passkeys import ask, asked
from zhengtong.faces.shared.visits import origin, visit
from zhengtong.people.sign_in import acts, passkeys
from zhengtong.people.sign_in.models import Identity, Passkey


@never_cache
@access.signed_in
@require_POST
def question(request: HttpRequest) -> HttpResponse:
    """What the script asks the device for."""
    options, state = passkeys.ask_to_make(access.account(request), origin=origin(request))
    return ask(request, options, state)


@access.signed_in
@access.proved
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keep what the device has made. WrongPasskey."""
    seen = visit(request)
    fresh = passkeys.made(
        request.POST.get("answer", ""),
        asked(request),
        account=access.account(request),
        origin=origin(request),
        name=request.POST.get("name", "").replace("\x00", "").strip()[:60] or seen.device or _("Passkey"),
        visit=seen,
        now=clock.actual(),
    )
    return factor_added(request, fresh)


@access.signed_in
@access.proved
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one away. LastWayIn."""
    passkey = Passkey.objects.select_related("account").filter(pk=pk, account=access.account(request)).first()
    if passkey is None:
        raise NoSuchPage
    acts.remove_passkey(passkey=passkey, visit=visit(request), now=clock.actual())
    messages.success(request, _("The passkey opens your account no more."))
    return redirect("account")


@access.signed_in
@access.proved
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a provider's word open the account no more. LastWayIn."""
    identity = Identity.objects.select_related("account").filter(pk=pk, account=access.account(request)).first()
    if identity is None:
        raise NoSuchPage
    acts.disconnect(identity=identity, visit=visit(request), now=clock.actual())
    messages.success(request, _("The identity opens your account no more."))
    return redirect("account")
