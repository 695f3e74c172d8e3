"""A case whose petitioners named the reader to speak for them (代表): whether they will, and what it lets them do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhengtong.cases import acts
from zhengtong.cases.queries.representing import named_for
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, party, signed_in
from zhengtong.faces.shared.components import form_page

ACCEPT, DECLINE = "accept", "decline"


@signed_in
@form_page
def representing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who named them, what they may do, and their answer; once they accepted, the way to the case."""
    told = named_for(me(request), pk)
    said = request.POST.get("do", "")
    if said not in {ACCEPT, DECLINE}:
        return render(request, "portal/representing_show.html", {"told": told, "section": "cases"})
    acts.answer_naming(representative=told.made, accept=said == ACCEPT, by=party(request), now=clock.now())
    if said == DECLINE:
        messages.success(request, _("You do not represent them. The petitioner and the office see that."))
        return redirect("cases")
    messages.success(request, _("You represent them from now on."))
    return redirect("case", number=told.made.case.number)
