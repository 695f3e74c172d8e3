"""Signing in and out. A form that was posted after the session had ended is carried along, signed, and posted anew."""

from typing import Any

from django.contrib.auth import views
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

SALT = "zhengtong.carried-form"
KEPT_FOR = 3600  # seconds that a carried form stays good
_OURS = {"csrfmiddlewaretoken"}


class SignIn(views.LoginView):
    """The sign-in page. `carried` holds a signed form that waits for the reader to come back."""

    template_name = "shared/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "carried": self.request.POST.get("carried", ""),
            "errors": _told(kwargs.get("form")),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        carried = _opened(self.request.POST.get("carried", ""))
        return _continue(self.request, carried) if carried else response


def carry(request: HttpRequest) -> HttpResponse:
    """The sign-in page in answer to a post without a session, with what was posted kept in it."""
    fields = [[name, value] for name in request.POST if name not in _OURS for value in request.POST.getlist(name)]
    carried = signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)
    context = {"carried": carried, "files": bool(request.FILES), "expired": True}
    return render(request, "shared/sign_in.html", context)


def _opened(carried: str) -> dict[str, Any] | None:
    try:
        return signing.loads(carried, salt=SALT, max_age=KEPT_FOR) if carried else None
    except signing.BadSignature:
        return None


def _continue(request: HttpRequest, carried: dict[str, Any]) -> HttpResponse:
    return render(request, "shared/form_continue.html", carried)


def _told(form: Any) -> dict[str, str]:
    if form is None or not form.is_bound:
        return {}
    if form.non_field_errors():
        return {"username": str(_("The user name and the password do not match."))}
    return {name: str(_("Fill in this field.")) for name in form.errors}


sign_in = never_cache(sensitive_post_parameters("password")(SignIn.as_view()))
sign_out = require_POST(views.LogoutView.as_view())


@never_cache
def locked_out(request: HttpRequest, *_told_by_axes: object) -> HttpResponse:
    """Too many wrong passwords: the page says how long to wait."""
    return render(request, "shared/locked_out.html", status=429)
