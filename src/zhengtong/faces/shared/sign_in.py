"""Signing in and out: with a passkey, or with a password and, where the account has one, a second factor."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock, passkeys, pending
from zhengtong.faces.shared.carried import go_on, pack, safe
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in import acts, events, sessions
from zhengtong.people.sign_in.log import note
from zhengtong.people.sign_in.providers import providers
from zhengtong.people.sign_in.queries import has_second_factor


@never_cache
@sensitive_post_parameters("password", "answer")
@form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. `carried` holds a signed form that waits for the reader to come back."""
    to = request.POST.get("next", "") or request.GET.get("next", "")
    if isinstance(request.user, Account):
        return redirect(safe(request, to))
    if request.method != "POST":
        return _page(request, to=to)
    try:
        return _with_passkey(request, to) if "answer" in request.POST else _with_password(request, to)
    except Refusal as refusal:
        return _page(request, to=to, refusal=refusal, carried=request.POST.get("carried", ""))


def carry(request: HttpRequest) -> HttpResponse:
    """The sign-in page in answer to a post without a session, with what was posted kept in it."""
    return _page(request, carried=pack(request), files=bool(request.FILES), expired=True)


def _page(request: HttpRequest, *, refusal: Refusal | None = None, **context: Any) -> HttpResponse:
    status = refusal.status if refusal else 200
    username = "" if context.get("expired") else request.POST.get("username", "")
    context |= {"refusal": refusal, "username": username, "providers": providers()}
    return render(request, "shared/sign_in.html", context, status=status)


def _with_passkey(request: HttpRequest, to: str) -> HttpResponse:
    account = passkeys.shown(request, None)
    opened(request, account, strong=True, how="passkey")
    return go_on(request, carried=request.POST.get("carried", ""), to=to)


def _with_password(request: HttpRequest, to: str) -> HttpResponse:
    account = acts.check_password(
        username=request.POST.get("username", "")[:150],
        password=request.POST.get("password", ""),
        visit=visit(request),
        now=clock.actual(),
    )
    return first_step_done(request, account, how="password", carried=request.POST.get("carried", ""), to=to)


def first_step_done(request: HttpRequest, account: Account, *, how: str, carried: str, to: str) -> HttpResponse:
    """Ask for the second factor if there is one; else the session begins."""
    if has_second_factor(account):
        pending.wait(request, account, carried=carried, to=to)
        return redirect("second-step")
    opened(request, account, strong=False, how=how)
    return go_on(request, carried=carried, to=to)


@never_cache
@sensitive_post_parameters("code", "answer")
@form_page
def second_step(request: HttpRequest) -> HttpResponse:
    """The second factor of who gave the right password: a code of the app, a recovery code, or a passkey."""
    account = pending.account(request)
    if account is None:
        return redirect("sign-in")
    refusal = None
    if request.method == "POST":
        try:
            how = show_factor(request, account)
        except Refusal as fault:
            refusal = fault
        else:
            carried, to = pending.take(request)
            opened(request, account, strong=True, how=how)
            return go_on(request, carried=carried, to=to)
    context = {"refusal": refusal, "passkeys": account.passkeys.exists()}
    return render(request, "shared/second_step.html", context, status=refusal.status if refusal else 200)


def show_factor(request: HttpRequest, account: Account) -> str:
    """Hold the posted passkey or code against the account; which it was. WrongPasskey, WrongCode, SignInHeld."""
    if "answer" in request.POST:
        passkeys.shown(request, account)
        return "passkey"
    code = request.POST.get("code", "")[:100]
    acts.check_code(account=account, code=code, visit=visit(request), now=clock.actual())
    return "code"


def opened(request: HttpRequest, account: Account, *, strong: bool, how: str) -> None:
    """Begin the session, and write it in the person's log."""
    sessions.start(request, account, strong=strong, visit=visit(request), now=clock.actual())
    note(account, events.SIGNED_IN, what=how, visit=visit(request), now=clock.actual())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, Account):
        note(request.user, "signed-out", visit=visit(request), now=clock.actual())
    logout(request)
    answer = redirect("home")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
