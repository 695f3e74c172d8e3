"""A party asks that an officer stand aside from its case (回避), and reads what was decided."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhengtong.cases import acts
from zhengtong.cases.queries.recusals import handling, requests_of
from zhengtong.cases.wording import GROUNDS
from zhengtong.common.refusal import Refusal
from zhengtong.faces.portal.cases import view_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import party, signed_in
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import name_refusal
from zhengtong.faces.shared.language import local


@signed_in
@form_page
def recusal(request: HttpRequest, number: str) -> HttpResponse:
    """Who has taken the case up, on which ground one of them should not, and what came of it."""
    view = view_of(request, number)
    told = requests_of(view.case, now=clock.now())
    if "ask-recusal" not in view.can and not told:
        raise Http404
    posted, steps, refusal = request.POST, handling(view.case), None
    if request.method == "POST":
        found = next((each for each in steps if each.task.pk == whole(posted.get("step", ""))), None)
        if found is None and len(steps) == 1:
            found = steps[0]
        if found is None:
            raise Http404
        try:
            acts.ask_recusal(
                task=found.task,
                ground=posted.get("ground", ""),
                reason=posted.get("reason", ""),
                by=party(request),
                now=clock.now(),
            )
            messages.success(request, _("You have asked. You read the answer here; meanwhile the case goes on."))
            return redirect("recusal", number=number)
        except Refusal as refused:
            refusal = refused
            name_refusal(request, refusal)
    context = {
        "view": view,
        "requests": told,
        "may_ask": "ask-recusal" in view.can,
        "steps": [(str(each.task.pk), f"{each.officer}: {local(each.post)}, {local(each.step)}") for each in steps],
        "grounds": [(name, local(words)) for name, words in GROUNDS.items()],
        "basis": view.charter.head.recusal.legal_basis if view.charter.head.recusal else [],
        "posted": posted,
        "refusal": refusal,
        "section": "cases",
    }
    return render(request, "portal/recusal_ask.html", context, status=refusal.status if refusal else 200)
