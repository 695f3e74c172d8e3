"""What a service tells before one starts: the implementation list (实施清单), the process, the rules."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.agora.bound.queries import into
from zhengtong.agora.proceedings.served import surveys_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.model import LifeEvent, Organisation, Procedure, Station
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text
from zhengtong.engines.process import Node
from zhengtong.faces.portal.rules_told import rules_told
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.pictures import process_picture
from zhengtong.faces.shared.surveys import outcomes


@dataclass(frozen=True)
class Step:
    """One step of the process in words: what is done, by which post, within which limit, on what basis."""

    name: Text
    post: str
    limit: str
    basis: str


def service(request: HttpRequest, procedure: str) -> HttpResponse:
    """The page of a service or a life event."""
    enacted = in_force(clock.today())
    charter = enacted.charter
    if procedure not in charter.procedures and procedure not in charter.events:
        raise Http404
    listed = charter.listed(procedure)
    services = services_of(charter, listed)
    parts = services if isinstance(listed, LifeEvent) else []
    materials = charter.materials(procedure)
    return render(
        request,
        "portal/service_show.html",
        {
            "listed": listed,
            "parts": parts,
            "services": services,
            "asked": [each for each in materials if not each.supplied_by],
            "known": [each for each in materials if each.supplied_by],
            "questions": charter.form(procedure).questions,
            "fee": sum((item.amount for each in services for item in getattr(each, "fee_items", ())), Decimal(0)),
            "offices": offices(charter, services),
            "stations": stations(charter, listed),
            "appeal": charter.procedures.get(listed.appeal or charter.head.appeal),
            "steps": steps(charter, procedure),
            "picture": process_picture(
                charter.process(procedure), enactment=enacted.enactment.number, procedure=procedure
            ),
            "rules": [(each, told) for each in services if (told := rules_told(charter, each.id, clock.today()))],
            "surveys": outcomes(surveys_of(charter, procedure)),
            "promised": into("service", [procedure], on=clock.today()),
            "section": "services",
        },
    )


def services_of(charter: Charter, listed: Procedure | LifeEvent) -> list[Procedure]:
    """The services of a life event, or the service itself."""
    return [charter.procedures[each.service] for each in listed.services] if isinstance(listed, LifeEvent) else [listed]


def offices(charter: Charter, services: list[Procedure]) -> list[tuple[Procedure, list[Organisation]]]:
    """Who handles each service: every office with its function."""
    return [
        (each, [office for office in charter.organisations.values() if office.function == each.body.function])
        for each in services
    ]


def stations(charter: Charter, listed: Procedure | LifeEvent) -> list[Station]:
    """Where it can be filed in person."""
    if "counter" not in listed.channels:
        return []
    return [station for station in charter.stations if not station.services or listed.id in station.services]


def steps(charter: Charter, procedure: str) -> list[Step]:
    """The steps that people do, in the order of the drawing; services called by a life event stand for their own."""
    found = []
    for node in charter.process(procedure).nodes.values():
        if node.task is not None:
            found.append(Step(node.name, _post(charter, node), node.task.clock, node.task.legal_basis))
        elif node.call is not None:
            called = charter.procedures[node.call.procedure]
            found.append(Step(called.name, "", called.promised_limit, ""))
    return found


def _post(charter: Charter, node: Node) -> str:
    """The title of the post that does a step, as it is called in the city's own organisations."""
    if node.task is None or node.task.post == "party":
        return ""
    whole = next(code for code, region in charter.regions.items() if region.parent is None)
    try:
        ref = charter.competent(node.task.post, whole, clock.today())
    except NoCompetentPost:
        return ""
    return f"{language.local(charter.organisation_of(ref).short)} · {language.local(charter.post(ref).title)}"
