"""Mandates (授权): the legal representative lets somebody act for the enterprise, in all matters or in some."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.portal import catalogue
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.access import me, party, proved, signed_in
from zhengtong.faces.shared.components import posted_date
from zhengtong.people.acts import give_mandate, withdraw_mandate
from zhengtong.people.identifiers import checked_id_number
from zhengtong.people.models import Enterprise, Mandate, Person
from zhengtong.registry.queries import BY_REGISTER, enterprises_of


@signed_in
@proved
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """The enterprises that the register names the reader for, their mandates, and a form to give one."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        errors = _give(request)
        if not errors:
            messages.success(request, _("The mandate holds from today."))
            return redirect("mandates")
    own = _own(request)
    context = {
        "enterprises": [(each, _in_force(each)) for each in own],
        "choices": [(each.uscc, each.name, each.uscc) for each in own],
        "matters": _matters(),
        "chosen": request.POST.getlist("matters"),
        "until": posted_date("until", request.POST),
        "errors": errors,
        "section": "data",
    }
    return render(request, "portal/mandates_list.html", context, status=422 if errors else 200)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mandate that the reader's enterprise gave; it holds no more from this moment."""
    mandate = Mandate.objects.on(clock.today()).filter(pk=pk, enterprise__in=_own(request)).first()
    if not isinstance(mandate, Mandate):
        raise Http404
    withdraw_mandate(mandate=mandate, by=party(request), now=clock.now())
    messages.success(request, _("The mandate has been withdrawn."))
    return redirect("mandates")


def _own(request: HttpRequest) -> list[Enterprise]:
    """Only a legal representative gives mandates; who holds one cannot pass it on."""
    today = clock.today()
    found = enterprises_of(in_force(today).charter, me(request), on=today)
    return [enterprise for enterprise, why in found if why == BY_REGISTER]


def _in_force(enterprise: Enterprise) -> list[Mandate]:
    held = Mandate.objects.on(clock.today()).filter(enterprise=enterprise).select_related("holder").order_by("pk")
    return [each for each in held if isinstance(each, Mandate)]


def _matters() -> list[tuple[str, str]]:
    today = clock.today()
    found = catalogue.listings(in_force(today).charter, on=today)
    return [(each.id, language.local(each.name)) for each in found if "enterprise" in each.audience]


def _give(request: HttpRequest) -> dict[str, Any]:
    """Give the mandate that was filled in; what is wrong with it, by field."""
    enterprise = next((each for each in _own(request) if each.uscc == request.POST.get("enterprise")), None)
    holder, told = _holder(request)
    until, late = _until(posted_date("until", request.POST))
    known = {matter for matter, _name in _matters()}
    errors = told | late | ({} if enterprise else {"enterprise": _("Choose an enterprise.")})
    if errors or enterprise is None or holder is None:
        return errors
    give_mandate(
        holder=holder,
        enterprise=enterprise,
        procedures=[matter for matter in request.POST.getlist("matters") if matter in known],
        from_on=clock.today(),
        to_on=until,
        by=party(request),
        now=clock.now(),
    )
    return {}


def _holder(request: HttpRequest) -> tuple[Person | None, dict[str, Any]]:
    """The person of this number and name; a number alone finds nobody, so that nobody can be looked up by it."""
    try:
        number = checked_id_number(request.POST.get("number", "")[:30])
    except Refusal as refusal:
        return None, {"number": refusal.told()}
    found = Person.objects.filter(id_number=number).first()
    if found is None or found.name != request.POST.get("name", "").replace("\x00", "").strip()[:100]:
        return None, {"number": _("Nobody with this number and this name has an account here.")}
    if found == me(request):
        return None, {"number": _("You can act for the enterprise already.")}
    return found, {}


def _until(text: str) -> tuple[date | None, dict[str, Any]]:
    if not text:
        return None, {}
    try:
        until = date.fromisoformat(text)
    except ValueError:
        return None, {"until-year": _("There is no such date.")}
    return (until, {}) if until >= clock.today() else (None, {"until-year": _("The last day is past already.")})
