"""What projects would cost, as the office has checked it, or why one is not put to the vote."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db.models import F, Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora import acts
from zhengtong.agora.models import OWED, Contribution
from zhengtong.agora.rounds import round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

MOST = 200  # projects on one page


@officer
@proved
@form_page
def costs(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What projects would cost, as the office has checked it."""
    round_, refusal = round_of(number), None
    if request.method == "POST":
        by: dict[str, Any] = {"round_": round_, "by": actor, "now": clock.now()}
        try:
            if "left" in request.POST:
                acts.leave_out(number=whole(request.POST["left"]), why=request.POST.get("why", ""), **by)
                messages.success(request, _("It is not put to the vote. Everybody reads why."))
            else:
                amount = _amount(request.POST.get("amount", ""))
                acts.cost(number=whole(request.POST.get("project", "")), amount=amount, **by)
                messages.success(request, _("The cost is kept."))
            return to("forum-costs", actor, number=number)
        except Refusal as told:
            refusal = told
    shown = round_.case.contributions.filter(OWED, state=Contribution.State.SHOWN)
    listed = shown.annotate(left_out=Max("answers__text")).order_by(F("cost").asc(nulls_first=True), "number")
    return page(request, actor, "forum/costs_check.html", refusal=refusal, round=round_, projects=listed[:MOST])


def _amount(written: str) -> Decimal:
    """An amount of money; zero, which is refused, where it is none."""
    try:
        amount = Decimal(written.strip().replace(",", "")[:20])
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() and amount < 10**12 else Decimal(0)
