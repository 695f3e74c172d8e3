"""How a service really runs: the map of the record beside the model in force, for who supervises."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.oversight.supervision import require_supervisor
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.language import local, tag
from zhengtong.faces.shared.pictures import process_picture
from zhengtong.faces.shared.posts import officer, page
from zhengtong.observatory.processes import process_of
from zhengtong.people.actor import Actor

SHARES = ("0.7", "0.8", "0.9", "0.95", "1")


@officer
@require_safe
def process(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A service, an office, a period: the map, the model, ways, times, hand-overs, what came back, deviations."""
    require_supervisor(actor)
    charter = in_force(clock.today()).charter
    asked = {name: request.GET.get(name, "") for name in ("service", "place", "period", "share")}
    asked["share"] = asked["share"] if asked["share"] in SHARES else "0.9"
    context: dict[str, Any] = {
        "asked": asked,
        "services": sorted(((each.id, local(each.name)) for each in charter.all_listed()), key=lambda each: each[1]),
        "places": sorted(((id_, local(each.name)) for id_, each in charter.organisations.items()), key=lambda e: e[1]),
        "shares": SHARES,
    }
    if not _is_known(charter, asked["service"], asked["place"]):
        return page(request, actor, "oversight/process.html", **context)
    try:
        told = process_of(
            procedure=asked["service"],
            code=asked["period"],
            office=asked["place"],
            language=tag(),
            now=clock.now(),
            share=float(asked["share"]),
        )
    except Refusal as refusal:
        return page(request, actor, "oversight/process.html", refusal=refusal, **context)
    model = process_picture(told.model, enactment=told.enactment, procedure=told.procedure, marks=told.found.marks)
    pictures = {"map": mark_safe(told.map), "model": model}  # noqa: S308 the engine escapes what it draws
    return page(request, actor, "oversight/process.html", told=told, pictures=pictures, **context)


def _is_known(charter: Charter, service: str, place: str) -> bool:
    known = {each.id for each in charter.all_listed()}
    return service in known and (not place or place in charter.organisations)
