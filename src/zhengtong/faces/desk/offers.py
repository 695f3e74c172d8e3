"""An offered step: take it, or say why not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases import acts, queries
from zhengtong.cases.authority import competent_posts
from zhengtong.cases.models import Handover
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.wording import post_told


@officer
@form_page
def offer(request: HttpRequest, actor: Actor, offer_id: int) -> HttpResponse:
    """What another post wants to hand over, with its reason and the case."""
    row = next((each for each in queries.offers(actor, now=clock.now()) if each.id == offer_id), None)
    if row is None:
        raise NoSuchPage
    view = queries.task_for(actor, row.task.id, now=clock.now())
    charter = view.case.charter
    able = [ref for ref in competent_posts(view.task, now=clock.now()) if ref != actor.post]
    context: dict[str, Any] = {
        "offer": row,
        "view": view,
        "competent": [("", "–"), *((ref, local(post_told(charter, ref))) for ref in able)],
    }
    if request.method != "POST":
        return page(request, actor, "desk/handover_answer.html", **context)
    handover = Handover.objects.get(pk=offer_id)
    try:
        if request.POST.get("answer") == "take":
            acts.take(handover=handover, by=actor, now=clock.now())
            messages.success(request, _("The step is on your desk now."))
            return to("task", actor, task_id=row.task.id)
        posted = request.POST
        acts.decline(
            handover=handover,
            answer=posted.get("reason", ""),
            competent=posted.get("competent", ""),
            by=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return page(request, actor, "desk/handover_answer.html", refusal=refusal, **context)
    messages.success(request, _("You have declined the step; it stays where it was."))
    return to("desk-post", actor)
