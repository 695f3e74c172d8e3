"""A new password by a mailed link. The page answers alike whether there is such an account; the link is good once."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in import acts
from zhengtong.people.sign_in.errors import LinkSpent

_TOKEN = "new_password"  # noqa: S105 where the session keeps the token of the link


@never_cache
@form_page
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the link."""
    if request.method == "POST":
        acts.ask_reset(username=request.POST.get("username", "")[:150], visit=visit(request), now=clock.actual())
    return render(request, "shared/forgotten.html", {"asked": request.method == "POST"})


@never_cache
def open_link(request: HttpRequest, account: int, token: str) -> HttpResponse:
    """The mailed link: its token goes into the session, so that the address of the next page does not hold it."""
    request.session[_TOKEN] = {"account": account, "token": token}
    return redirect("new-password")


@never_cache
@sensitive_post_parameters("password")
@form_page
def new_password(request: HttpRequest) -> HttpResponse:
    """Set the new password. LinkSpent."""
    link = request.session.get(_TOKEN, {})
    account = Account.objects.filter(pk=link.get("account"), is_active=True).first()
    if account is None or not _good(account, link["token"]):
        raise LinkSpent
    refusal = None
    if request.method == "POST":
        try:
            _set(request, account, link["token"])
        except LinkSpent:
            raise
        except Refusal as fault:
            refusal = fault
        else:
            request.session.flush()
            messages.success(request, _("The new password is set. Sign in with it now."))
            return redirect("sign-in")
    context = {"refusal": refusal, "username": account.username}
    return render(request, "shared/new_password.html", context, status=refusal.status if refusal else 200)


def _set(request: HttpRequest, account: Account, token: str) -> None:
    done = acts.reset_password(
        account=account,
        password=request.POST.get("password", ""),
        still_good=lambda locked: _good(locked, token),
        visit=visit(request),
        now=clock.actual(),
    )
    if not done:
        raise LinkSpent


def _good(account: Account, token: str) -> bool:
    return default_token_generator.check_token(account, token)
