"""An officer asks that the person be told later of the looks for a case, or ends the delay before its time."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases import acts, queries
from zhengtong.cases.acts.delays import latest_day
from zhengtong.cases.models import Case
from zhengtong.cases.queries.delays import delay_told
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, posted_date
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def notice(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Until when, why and by what law; or what has been proposed, and how to end it."""
    view = queries.case_for(actor, number, now=clock.now())
    latest = latest_day(in_force(clock.today()).charter, now=clock.now())
    if latest is None:
        raise NoSuchPage
    told = delay_told(actor, view.case, now=clock.now())
    context: dict[str, Any] = {"view": view, "told": told, "latest": latest, "articles": articles()}
    if request.method != "POST":
        return page(request, actor, "desk/notice_delay.html", **context)
    try:
        message = _done(request, actor, view.case)
    except Refusal as refusal:
        context |= {"until": posted_date("until", request.POST), "chosen": request.POST.getlist("basis")}
        return page(request, actor, "desk/notice_delay.html", refusal=refusal, **context)
    messages.success(request, message)
    return to("desk-case", actor, number=number)


def _done(request: HttpRequest, actor: Actor, case: Case) -> str:
    told = delay_told(actor, case, now=clock.now())
    if told is not None and told.confirmed:
        acts.end_delay(delay=told.delay, by=actor, now=clock.now())
        return _("The delay has ended. The person sees the looks from now on.")
    acts.delay_notice(
        case=case,
        until=_day(posted_date("until", request.POST)),
        reason=request.POST.get("reason", ""),
        basis=request.POST.getlist("basis"),
        by=actor,
        now=clock.now(),
    )
    return _("Proposed. Until a supervisor confirms it, the person sees every look.")


def _day(written: str) -> date:
    """The day that was filled in; a day long past where there is no such day, which is refused."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return date.min


def articles() -> list[tuple[str, str]]:
    """The articles on which the charter lets a notice be delayed."""
    charter = in_force(clock.today()).charter
    delay = charter.privacy.delay if charter.privacy else None
    return [(ref, local(charter.cite(ref))) for ref in (delay.legal_basis if delay else [])]
