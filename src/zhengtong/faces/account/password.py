"""Changing the password, which ends every other session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.visits import visit
from zhengtong.people.models import Account
from zhengtong.people.sign_in import acts, sessions


@access.signed_in
@sensitive_post_parameters("password", "current")
@form_page
def change(request: HttpRequest) -> HttpResponse:
    """The present password, where there is one, and the new one."""
    mine, refusal = access.account(request), None
    if request.method == "POST":
        try:
            _change(request, mine)
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("The password is changed. All other sessions are ended."))
            return redirect("account")
    context = {"refusal": refusal, "username": mine.username, "known": mine.has_usable_password(), "section": "account"}
    return render(request, "account/password_change.html", context, status=refusal.status if refusal else 200)


def _change(request: HttpRequest, account: Account) -> None:
    posted, seen, now = request.POST, visit(request), clock.actual()
    if account.has_usable_password():
        current = posted.get("current", "")
        acts.check_password(username=account.username, password=current, visit=seen, now=now)
    strong = sessions.is_strong(request)
    acts.change_password(account=account, password=posted.get("password", ""), visit=seen, now=now)
    sessions.start(request, account, strong=strong, visit=seen, now=now)
