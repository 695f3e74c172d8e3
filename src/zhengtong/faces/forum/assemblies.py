"""Assemblies: who sits in them, what they move, how each member voted, and their minutes; and the meeting itself."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhengtong.agora.assembly import acts
from zhengtong.agora.assembly.items import waiting
from zhengtong.agora.assembly.meetings import Meeting, meeting_of, meetings
from zhengtong.agora.assembly.models import Motion
from zhengtong.agora.assembly.queries import organs_of
from zhengtong.agora.bound.models import Duty
from zhengtong.cases.models import Task
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.opening import opening_form
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import beside, page_asked, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.fetched import fetched
from zhengtong.faces.shared.pictures import case_picture
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The assemblies of the charter, and their meetings."""
    charter = in_force(clock.today()).charter
    place = page_asked(request.GET)
    found = meetings(list(charter.organs), page=place)
    waits = list(waiting(charter.organs))
    listed = [
        (organ, [each for each in found if each.case.procedure == organ.id], [w for w in waits if w.organ == organ.id])
        for organ in charter.organs.values()
    ]
    context = {"assemblies": listed, "section": "forum"} | beside(request.GET, place, more=len(found) == PAGE)
    return render(request, "forum/assemblies_list.html", context)


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting, for everybody."""
    meeting = meeting_of(number)
    context = _told(meeting) | {"picture": case_picture(meeting.case, now=clock.now()), "section": "forum"}
    return render(request, "forum/meeting_show.html", context)


def _told(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "members": meeting.members(_day(meeting)),
        "there": meeting.attendances(),
        "motions": meeting.motions(),
        "choices": {"yes": _("for"), "no": _("against"), "abstain": _("abstains")},
    }


def _day(meeting: Meeting) -> date:
    """Whoever were members when it ended stay on its page."""
    return meeting.day(meeting.case.closed_at) if meeting.case.closed_at else clock.today()


@fetched
def as_json(request: HttpRequest, number: str) -> HttpResponse:
    """The same as data."""
    meeting = meeting_of(number)
    return JsonResponse(
        {
            "number": meeting.case.number,
            "assembly": meeting.organ.id,
            "title": meeting.name,
            "at": meeting.at,
            "page": request.build_absolute_uri(reverse("meeting", args=[number])),
            "members": [each.person.name for each in meeting.members(_day(meeting))],
            "present": [each.person.name for each in meeting.attendances()],
            "motions": [_motion(each) for each in meeting.motions()],
            "minutes": meeting.minutes,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _motion(motion: Motion) -> dict[str, Any]:
    return {
        "number": motion.number,
        "title": "" if motion.is_withheld else motion.title,
        "text": "" if motion.is_withheld else motion.text,
        "put_by": motion.put_by.name if motion.put_by else None,
        "signed": _signed(motion.duty),
        "debated": motion.debated_at is not None,
        "outcome": motion.outcome or None,
        "votes": {each.person.name: each.choice for each in motion.votes.all()},
    }


def _signed(duty: Duty | None) -> dict[str, Any] | None:
    """What so many people signed, and where it is."""
    if duty is None or duty.contribution is None:
        return None
    return {"round": duty.round.number, "number": duty.contribution.number, "signatures": duty.signatures}


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
    context = _told(meeting) | {"step": step, "chairs": actor.post == meeting.posts[0]}
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
