"""The code app, and the recovery codes for the day when it is lost."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.context import frame
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in import acts, codes, sessions

_SECRET = "code_app"  # noqa: S105 where the session keeps the secret until the first right code


@access.signed_in
@access.proved
@sensitive_post_parameters("code")
@form_page
def code_app(request: HttpRequest) -> HttpResponse:
    """A new secret for the app; it counts from the first right code."""
    mine, refusal = access.account(request), None
    secret = codes.secret_of(request.session.setdefault(_SECRET, codes.readable(codes.new_secret())))
    if request.method == "POST":
        try:
            code = request.POST.get("code", "")[:100]
            fresh = acts.add_code_app(account=mine, secret=secret, code=code, visit=visit(request), now=clock.actual())
        except Refusal as fault:
            refusal = fault
        else:
            del request.session[_SECRET]
            return factor_added(request, fresh)
    context = {
        "refusal": refusal,
        "secret": codes.readable(secret),
        "picture": _picture(request, mine, secret),
        "section": "account",
    }
    return render(request, "account/code_app_add.html", context, status=refusal.status if refusal else 200)


def _picture(request: HttpRequest, account: Account, secret: bytes) -> SafeString:
    charter = frame(request)["charter"]
    issuer = local(charter.head.name) if charter else "政通"
    code = segno.make(codes.address(secret, username=account.username, issuer=issuer), error="m")
    return mark_safe(code.svg_inline(scale=4, omitsize=False))  # noqa: S308 a drawing of squares


def factor_added(request: HttpRequest, fresh: list[str]) -> HttpResponse:
    """The session is strong from now on; new recovery codes are shown this once."""
    sessions.prove(request, strong=True, now=clock.actual())
    if fresh:
        return _shown_once(request, fresh)
    messages.success(request, _("It opens your account from now on."))
    return redirect("account")


@access.signed_in
@access.proved
@require_POST
def remove_code_app(request: HttpRequest) -> HttpResponse:
    """Take the app away."""
    acts.remove_code_app(account=access.account(request), visit=visit(request), now=clock.actual())
    messages.success(request, _("The code app opens your account no more."))
    return redirect("account")


@access.signed_in
@access.proved
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes instead of the old ones."""
    mine = access.account(request)
    return _shown_once(request, acts.renew_recovery_codes(account=mine, visit=visit(request), now=clock.actual()))


def _shown_once(request: HttpRequest, fresh: list[str]) -> HttpResponse:
    return render(request, "account/recovery_codes_show.html", {"codes": fresh, "section": "account"})
