"""Somebody comes to the counter: who is it, and what for?"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zhengtong.cases.identifying import agreement, identified
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.counter.applicants import filed_here
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.registry.queries import enterprises_of


@officer
@form_page
def identify(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look the applicant up by ID number."""
    charter, now = in_force(clock.today()).charter, clock.now()
    context: dict[str, Any] = {"agreement": agreement(charter, by=actor, now=now)}
    if request.method != "POST":
        return page(request, actor, "counter/applicant_identify.html", **context)
    try:
        person = identified(charter=charter, id_number=request.POST.get("id_number", "")[:40], by=actor, now=now)
    except Refusal as refusal:
        return page(request, actor, "counter/applicant_identify.html", refusal=refusal, **context)
    return to("counter-services", actor, handle=person.handle)


@officer
@require_safe
def services(request: HttpRequest, actor: Actor, handle: UUID) -> HttpResponse:
    """What can be applied for here, for the person and for the enterprises that they act for."""
    person = applicant(handle)
    charter, now = in_force(clock.today()).charter, clock.now()
    listed = filed_here(charter, by=actor, now=now)
    return page(
        request,
        actor,
        "counter/services_choose.html",
        person=person,
        own=[each for each in listed if "person" in each.audience],
        for_enterprise=[each for each in listed if "enterprise" in each.audience],
        enterprises=enterprises_of(charter, person, on=clock.today()),
    )


def applicant(handle: UUID) -> Person:
    """The person who was identified before."""
    person = Person.objects.filter(handle=handle).first()
    if person is None:
        raise NoSuchPage
    return person
