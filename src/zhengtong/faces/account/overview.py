"""Everything that opens the account, where it is open, and its log."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.components import whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in.acts import end_sessions
from zhengtong.people.sign_in.events import TOLD
from zhengtong.people.sign_in.log import log_of
from zhengtong.people.sign_in.models import CodeApp, Session
from zhengtong.people.sign_in.providers import providers

PAGE = 50


@access.signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What opens the account, and where it is open."""
    mine = access.account(request)
    context = {
        "account": mine,
        "password": mine.has_usable_password(),
        "code_app": CodeApp.objects.filter(account=mine).first(),
        "passkeys": mine.passkeys.order_by("pk"),
        "codes_left": mine.recovery_codes.filter(used_at__isnull=True).count(),
        "identities": mine.identities.order_by("pk"),
        "providers": providers(),
        "sessions": [(_mark(each), each, _current(request, each)) for each in _open(mine)],
        "tokens": mine.person.tokens.filter(revoked_at__isnull=True, expires_at__gt=clock.now()).order_by("pk"),
        "section": "account",
    }
    return render(request, "account/account_show.html", context)


@access.signed_in
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The security log, the newest first."""
    before = request.GET.get("before", "")
    start = whole(before) or None
    rows = list(log_of(access.account(request), before=start, limit=PAGE))
    told = [(each, TOLD.get(each.kind)) for each in rows]
    older = rows[-1].pk if len(rows) == PAGE else None
    return render(request, "account/log_show.html", {"rows": told, "older": older, "section": "account"})


@access.signed_in
@access.proved
@require_POST
def end_one(request: HttpRequest, mark: str) -> HttpResponse:
    """End one session."""
    mine = access.account(request)
    found = [each for each in _open(mine) if _mark(each) == mark]
    if not found:
        raise NoSuchPage
    end_sessions(account=mine, sessions=found, visit=visit(request), now=clock.actual())
    messages.success(request, _("The session is ended."))
    return redirect("account")


@access.signed_in
@access.proved
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    mine = access.account(request)
    others = [each for each in _open(mine) if not _current(request, each)]
    end_sessions(account=mine, sessions=others, visit=visit(request), now=clock.actual())
    messages.success(request, _("You are signed in here only."))
    return redirect("account")


def _open(account: Account) -> list[Session]:
    return list(Session.objects.filter(account=account, expire_date__gt=clock.actual()).order_by("-seen_at"))


def _mark(session: Session) -> str:
    """What a page calls a session; its key is a secret."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:16]


def _current(request: HttpRequest, session: Session) -> bool:
    return session.session_key == request.session.session_key
