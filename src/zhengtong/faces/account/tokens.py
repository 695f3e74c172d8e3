"""Keys to the API, made and ended by the person. A key to the work of an office asks for two factors first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage, SecondFactorFirst
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.visits import visit
from zhengtong.people.acts import end_token, issue_token
from zhengtong.people.scopes import OF_OFFICES, SCOPES
from zhengtong.people.sign_in import sessions
from zhengtong.people.sign_in.log import note

DAYS = ("1", "7", "30", "90", "366")


@access.signed_in
@access.proved
@form_page
def issue(request: HttpRequest) -> HttpResponse:
    """A new key: what it is for, what it may do, how long it is good. It is shown once."""
    posted = request.POST
    context: dict[str, Any] = {
        "scopes": [(scope, local(told), scope) for scope, told in SCOPES.items()],
        "days": [(days, days) for days in DAYS],
        "chosen": posted.getlist("scopes"),
        "chosen_days": posted.get("days", "30"),
        "name": posted.get("name", "").replace("\x00", "").strip()[:100],
        "section": "account",
    }
    if request.method != "POST":
        return render(request, "account/token_issue.html", context)
    errors = _wrong(context)
    if errors:
        return render(request, "account/token_issue.html", context | {"errors": errors}, status=422)
    if OF_OFFICES & set(context["chosen"]) and not sessions.is_strong(request):
        raise SecondFactorFirst
    return render(request, "account/token_show.html", {"secret": _issued(request, context), "section": "account"})


def _wrong(form: dict[str, Any]) -> dict[str, str]:
    errors = {}
    if not form["name"]:
        errors["name"] = _("Say what it is for.")
    if not form["chosen"] or not set(form["chosen"]) <= set(SCOPES):
        errors["scopes"] = _("Choose what it may do.")
    if form["chosen_days"] not in DAYS:
        errors["days"] = _("Choose how long it is good.")
    return errors


def _issued(request: HttpRequest, form: dict[str, Any]) -> str:
    mine = access.account(request)
    secret = issue_token(
        person=mine.person,
        name=form["name"],
        scopes=form["chosen"],
        days=int(form["chosen_days"]),
        by=access.party(request),
        now=clock.now(),
    )
    note(mine, "token-issued", what=form["name"], visit=visit(request), now=clock.actual())
    return secret


@access.signed_in
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    mine = access.account(request)
    token = mine.person.tokens.filter(pk=pk, revoked_at__isnull=True).first()
    if token is None:
        raise NoSuchPage
    end_token(token=token, by=access.party(request), now=clock.now())
    note(mine, "token-ended", what=token.name, visit=visit(request), now=clock.actual())
    messages.success(request, _("The key opens nothing any more."))
    return redirect("account")
