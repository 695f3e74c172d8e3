"""Standing aside from a case (回避): an officer says so; whoever supervises decides what a party asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases import acts, queries
from zhengtong.cases.errors import NoSuchRequest
from zhengtong.cases.queries.recusals import requests_for
from zhengtong.cases.wording import GROUNDS
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import acts_of


@officer
@form_page
def stand_aside(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Say why one may not act in the case; the step goes to somebody else."""
    view = queries.task_for(actor, task_id, now=clock.now())
    if "stand-aside" not in view.may:
        raise NoSuchPage
    context: dict[str, Any] = {"view": view, "grounds": [(name, local(told)) for name, told in GROUNDS.items()]}
    if request.method != "POST":
        return page(request, actor, "desk/stand_aside.html", **context)
    posted = request.POST
    try:
        acts.stand_aside(
            task=view.task,
            ground=posted.get("ground", ""),
            reason=posted.get("reason", "").strip()[:2000],
            by=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return page(request, actor, "desk/stand_aside.html", refusal=refusal, **context)
    messages.success(request, _("You take no more part in this case. It goes to somebody else."))
    return to("desk-post", actor)


@officer
@proved
@form_page
def requests(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What parties ask, and the answer."""
    if "supervise" not in acts_of(in_force(clock.today()).charter, actor.post, on=clock.today()):
        raise NoSuchPage
    rows = requests_for(actor, now=clock.now())
    if request.method != "POST":
        return page(request, actor, "desk/recusals_list.html", rows=rows)
    try:
        asked = whole(request.POST.get("request", ""))
        told = next((each for each in rows if each.request.pk == asked), None)
        if told is None:
            raise NoSuchRequest
        decide = acts.grant_recusal if request.POST.get("answer") == "grant" else acts.reject_recusal
        decide(request=told.request, answer=request.POST.get("reason", "").strip(), by=actor, now=clock.now())
    except Refusal as refusal:
        return page(request, actor, "desk/recusals_list.html", refusal=refusal, rows=rows)
    messages.success(request, _("It is decided. The party reads your reasons."))
    return to("recusals", actor)
