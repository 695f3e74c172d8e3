"""A case that touches the reader's interests, though somebody else is its party: views, and a hearing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhengtong.cases import acts
from zhengtong.cases.queries.interests import interest_for
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, signed_in
from zhengtong.faces.shared.components import form_page
from zhengtong.people.actor import Actor


@signed_in
@form_page
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """What they were told, when they are heard, the minutes, and what they may do."""
    told = interest_for(me(request), pk, now=clock.now())
    refusal = None
    if request.method == "POST":
        written, by = request.POST.get("words", ""), Actor(me(request))
        try:
            if request.POST.get("do") == "hearing":
                acts.ask_for_hearing(case=told.interest.case, reason=written, by=by, now=clock.now())
                messages.success(request, _("You have asked for a hearing. You will be told when and where."))
            else:
                acts.give_views(interest=told.interest, views=written, by=by, now=clock.now())
                messages.success(request, _("Your views are with the office that decides."))
            return redirect("interest", pk=pk)
        except Refusal as refused:
            refusal = refused
    context = {"told": told, "refusal": refusal, "section": "cases"}
    return render(request, "portal/interest_show.html", context, status=refusal.status if refusal else 200)
