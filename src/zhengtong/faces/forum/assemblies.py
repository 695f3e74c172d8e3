"""Assemblies: who sits in them, what they move, how each member voted, and their minutes."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.agora.assembly.items import waiting
from zhengtong.agora.assembly.meetings import Meeting, meeting_of, meetings
from zhengtong.agora.assembly.models import Motion
from zhengtong.agora.bound.models import Duty
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.fetched import fetched
from zhengtong.faces.shared.pictures import case_picture


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
    context = told(meeting) | {"picture": case_picture(meeting.case, now=clock.now()), "section": "forum"}
    return render(request, "forum/meeting_show.html", context)


def told(meeting: Meeting) -> dict[str, Any]:
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
