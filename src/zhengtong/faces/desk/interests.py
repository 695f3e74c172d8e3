"""Others whose interests a case touches: who was told, what they think, and telling one more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhengtong.cases import acts, queries
from zhengtong.cases.queries.interests import told_in
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page
from zhengtong.people.actor import Actor


@officer
@never_cache
@form_page
def interests(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """For whoever has the step: names and views of those who were told, and the form to tell another."""
    view = queries.task_for(actor, task_id, now=clock.now())
    if "tell-interested" not in view.may:
        raise NoSuchPage
    refusal = None
    if request.method == "POST":
        given = request.POST
        try:
            acts.tell_interested(
                task=view.task,
                id_number=given.get("id_number", ""),
                what=given.get("what", ""),
                came_forward=bool(given.get("came_forward")),
                by=actor,
                now=clock.now(),
            )
            messages.success(request, _("They are told, and may ask for a hearing in the days that the law gives."))
            return redirect(request.path)
        except Refusal as refused:
            refusal = refused
    rows = told_in(view.task.case, actor, now=clock.now())
    return page(request, actor, "desk/interests_list.html", refusal=refusal, view=view, rows=rows)
