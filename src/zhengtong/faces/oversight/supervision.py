"""The supervisor: what is late, what is about to be, and who a contested step belongs to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.cases import acts, queries
from zhengtong.cases.models import Handover
from zhengtong.cases.queries import TaskView
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import acts_of
from zhengtong.people.wording import post_told


@officer
@require_safe
def supervise(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Late (red) and nearly late (yellow) cases, and contested hand-overs first of all."""
    require_supervisor(actor)
    only = "red" if request.GET.get("light") == "red" else ""
    rows = queries.supervised(actor, now=clock.now(), only=only)
    return page(
        request,
        actor,
        "oversight/supervision.html",
        contested=[row for row in rows if row.contested],
        rows=[row for row in rows if not row.contested],
        only=only,
    )


@officer
@proved
@form_page
def assign(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Say whose step it is; that post has to take it."""
    require_supervisor(actor)
    view = queries.task_for(actor, task_id, now=clock.now())
    context: dict[str, Any] = {
        "view": view,
        "posts": [("", "–"), *((ref, local(told)) for ref, told in view.posts)],
        "handovers": _handovers(view),
    }
    if request.method != "POST":
        return page(request, actor, "oversight/task_assign.html", **context)
    try:
        acts.assign(
            task=view.task,
            to_post=request.POST.get("to", ""),
            reason=request.POST.get("reason", ""),
            by=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return page(request, actor, "oversight/task_assign.html", refusal=refusal, **context)
    messages.success(request, _("The step is assigned."))
    return to("supervision", actor)


def _handovers(view: TaskView) -> list[tuple[Handover, Text, Text]]:
    """The offers so far, with the posts in words."""
    charter = view.case.charter
    return [
        (each, post_told(charter, each.from_post), post_told(charter, each.to_post)) for each in view.case.handovers
    ]


def require_supervisor(actor: Actor) -> None:
    """`NoSuchPage` for a post without a power to supervise."""
    if "supervise" not in acts_of(in_force(clock.today()).charter, actor.post, on=clock.today()):
        raise NoSuchPage
