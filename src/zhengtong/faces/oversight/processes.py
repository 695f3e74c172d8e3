"""How a service really runs: the map of the record beside the model in force, for who supervises."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.engines.mining import write_log
from zhengtong.faces.oversight.supervision import require_supervisor
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local, tag
from zhengtong.faces.shared.pictures import process_picture
from zhengtong.faces.shared.posts import officer, page
from zhengtong.observatory.processes import process_of, record_of
from zhengtong.people.actor import Actor

FORMS = {"xes.gz": "application/gzip", "csv": "text/csv; charset=utf-8", "json": "application/json"}
SHARES = ("0.7", "0.8", "0.9", "0.95", "1")


@officer
@require_safe
def process(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A service, an office, a period: the map, the model, ways, times, hand-overs, what came back, deviations."""
    require_supervisor(actor)
    charter = in_force(clock.today()).charter
    asked = {name: request.GET.get(name, "") for name in ("service", "place", "period", "share", "since")}
    asked["share"] = asked["share"] if asked["share"] in SHARES else "0.9"
    context: dict[str, Any] = {
        "asked": asked,
        "services": sorted(((each.id, local(each.name)) for each in charter.all_listed()), key=lambda each: each[1]),
        "places": sorted(((id_, local(each.name)) for id_, each in charter.organisations.items()), key=lambda e: e[1]),
        "shares": [(share, f"{float(share):.0%}") for share in SHARES],
        "forms": [(form, urlencode({name: asked[name] for name in ("service", "place", "period")})) for form in FORMS],
    }
    if not _is_known(charter, asked["service"], asked["place"]):
        return page(request, actor, "oversight/process.html", **context)
    try:
        told = process_of(
            procedure=asked["service"],
            code=asked["period"],
            office=asked["place"],
            since=asked["since"],
            language=tag(),
            now=clock.now(),
            share=float(asked["share"]),
        )
    except Refusal as refusal:
        return page(request, actor, "oversight/process.html", refusal=refusal, **context)
    model = process_picture(told.model, enactment=told.enactment, procedure=told.procedure, marks=told.found.marks)
    pictures = {"map": mark_safe(told.map), "model": model}  # noqa: S308 the engine escapes what it draws
    return page(request, actor, "oversight/process.html", told=told, pictures=pictures, **context)


@officer
@require_safe
def process_file(request: HttpRequest, actor: Actor, form: str) -> HttpResponseBase:
    """The same record as an event log for other tools: XES, CSV, OCEL 2.0."""
    require_supervisor(actor)
    service, place, code = (request.GET.get(name, "") for name in ("service", "place", "period"))
    if form not in FORMS or not _is_known(in_force(clock.today()).charter, service, place):
        raise NoSuchPage
    asked = {"procedure": service, "code": code, "office": place}
    with record_of(**asked, language=tag(), now=clock.now()) as log, TemporaryDirectory() as folder:
        path = Path(folder) / f"{service}-{code or clock.today().year}.{form}"
        write_log(log, path)
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=FORMS[form])


def _is_known(charter: Charter, service: str, place: str) -> bool:
    known = {each.id for each in charter.all_listed()}
    return service in known and (not place or place in charter.organisations)
