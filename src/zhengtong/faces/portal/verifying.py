"""Anyone may verify a certificate: by its number, or the PDF itself to the last byte."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengtong.cases import queries
from zhengtong.cases.certificates import check_file
from zhengtong.cases.numbers import as_printed, is_well_formed
from zhengtong.faces.shared import clock

_LONGEST = 40


def verify(request: HttpRequest) -> HttpResponse:
    """The number of a certificate is asked for."""
    number = as_printed(request.GET.get("number", ""))[:_LONGEST]
    if number:
        return redirect("certificate", number=number)
    return render(request, "portal/certificate_ask.html", {"section": "verify"})


@require_http_methods(["GET", "POST"])
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Valid, revoked, expired or unknown, and no more than the charter makes public; a file is compared with it."""
    found = queries.certificate(number, on=clock.today())
    context: dict[str, Any] = {
        "number": number[:_LONGEST],
        "certificate": found,
        "slip": found is None and not is_well_formed(number),
        "section": "verify",
    }
    if request.method == "POST" and found is not None:
        context |= _compared(request, found)
    return render(request, "portal/certificate_show.html", context, status=200 if found else 404)


def _compared(request: HttpRequest, found: queries.CertificateView) -> dict[str, Any]:
    file = request.FILES.get("file")
    if file is None:
        return {"errors": {"file": _("Choose a file first.")}}
    same, seal = check_file(found, file.read(settings.ZHENGTONG_MAX_UPLOAD + 1))
    return {"compared": True, "same": same, "seal": seal}
