"""The meetings that a post sits in: convened by the chair, held by its members."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.agora.assembly import acts
from zhengtong.agora.assembly.meetings import Meeting, meeting_of, meetings
from zhengtong.agora.assembly.queries import organs_of
from zhengtong.cases.models import Task
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.assemblies import told as told_of
from zhengtong.faces.forum.office.opening import opening_form
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import beside, form_page, page_asked, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@require_safe
def of_post(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The assemblies that this post sits in."""
    charter = in_force(clock.today()).charter
    sits = organs_of(charter, actor.post, on=clock.today())
    if not sits:
        raise NoSuchPage
    place = page_asked(request.GET)
    found = meetings([each.id for each, _chairs in sits], page=place)
    told: dict[str, Any] = {"meetings": found} | beside(request.GET, place, more=len(found) == PAGE)
    return page(request, actor, "forum/assemblies_office.html", sits=sits, **told)


@officer
@proved
@form_page
def convene(request: HttpRequest, actor: Actor, procedure: str) -> HttpResponse:
    """The chair gives notice of a meeting."""
    charter = in_force(clock.today()).charter
    if (procedure, True) not in [
        (each.id, chairs) for each, chairs in organs_of(charter, actor.post, on=clock.today())
    ]:
        raise NoSuchPage
    return opening_form(request, actor, procedure, back="assemblies-post")


@officer
@proved
@form_page
def hold(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The meeting as its members and its chair have it before them."""
    meeting, refusal = meeting_of(number), None
    if actor.post not in meeting.posts:
        raise NoSuchPage
    if request.method == "POST":
        try:
            messages.success(request, _do(meeting, request, actor))
            return to("meeting-hold", actor, number=number)
        except Refusal as told:
            refusal = told
    step = meeting.case.tasks.filter(status=Task.Status.OPEN, post=actor.post).first()
    person = actor.person.pk if actor.person else 0
    context = told_of(meeting) | {"step": step, "chairs": actor.post == meeting.posts[0]}
    context |= {"is_there": any(each.person_id == person for each in context["there"])}
    return page(request, actor, "forum/meeting_hold.html", refusal=refusal, **context)


def _do(meeting: Meeting, request: HttpRequest, actor: Actor) -> str:
    """Do what was pressed, and say so."""
    sent, case = request.POST, meeting.case
    number, now = whole(sent.get("motion", "")), clock.now()
    match sent.get("do", ""):
        case "attend":
            acts.attend(case=case, by=actor, now=now)
            return _("You are there.")
        case "put":
            acts.put_motion(case=case, title=sent.get("title", ""), text=sent.get("text", ""), by=actor, now=now)
            return _("The motion is on the agenda.")
        case "call":
            acts.call_vote(case=case, number=number, by=actor, now=now)
            return _("The vote is open.")
        case "debated":
            acts.note_debate(case=case, number=number, by=actor, now=now)
            return _("The debate is on record.")
        case "close":
            acts.close_vote(case=case, number=number, by=actor, now=now)
            return _("The vote is closed.")
        case _other:
            acts.cast(case=case, number=number, choice=sent.get("choice", ""), by=actor, now=now)
            return _("Your vote is on record. You can change it until the vote is closed.")
