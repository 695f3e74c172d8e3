"""An application on paper, put in on one page; and the receipt that the applicant takes home."""

from collections.abc import Mapping
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.cases import acts, queries
from zhengtong.cases.errors import InvalidAnswers, NoSuchCase, NoSuchProcedure
from zhengtong.charter.charter import Charter
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.counter.applicants import Listing, may_file
from zhengtong.faces.counter.arrivals import applicant
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import tag
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.faces.shared.questions import field_for, posted
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Person
from zhengtong.registry.queries import enterprises_of

TAKEN_DOWN = ("counter", "phone", "post")


@officer
@form_page
def application(request: HttpRequest, actor: Actor, handle: UUID, procedure: str) -> HttpResponse:
    """The whole form on one page, as it stands on paper."""
    charter = in_force(clock.today()).charter
    person, listed = applicant(handle), _listed(charter, procedure, actor)
    enterprise = _enterprise(charter, person, request.GET.get("enterprise", ""))
    refusal = None
    if request.method == "POST":
        try:
            number = _file(request, actor, person, enterprise, charter, procedure)
            return _taken_in(request, actor, number)
        except Refusal as fault:
            refusal = fault
    errors = refusal.errors if isinstance(refusal, InvalidAnswers) else {}
    return page(
        request,
        actor,
        "counter/application_file.html",
        refusal=refusal,
        person=person,
        enterprise=enterprise,
        listed=listed,
        request_key=request.POST.get("request", "") or str(uuid4()),
        materials=_materials(charter, procedure),
        came=[(each, _came(each)) for each in _channels(listed)],
        **_questions(request, charter, procedure, errors),
    )


def _taken_in(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The receipt; to a post that takes in what it cannot read afterwards, only the number."""
    try:
        queries.case_for(actor, number, now=clock.now())
    except NoSuchCase:
        messages.success(request, _("Taken in. Tell the applicant the number: %(number)s") % {"number": number})
        return to("counter", actor)
    return to("counter-receipt", actor, number=number)


def _came(channel: str) -> str:
    return {"counter": _("Face to face"), "phone": _("By telephone"), "post": _("By post")}[channel]


def _questions(request: HttpRequest, charter: Charter, procedure: str, errors: Mapping[str, Any]) -> dict[str, Any]:
    """The questions to be asked, and those that a register answers without asking."""
    questions = charter.form(procedure).questions
    asked = [each for each in questions if each.asked]
    fields = [
        field_for(each, charter, value=posted(each, request.POST) or None, error=errors.get(each.name, ""))
        for each in asked
    ]
    known = [(each.title, charter.registers[each.source.register].name) for each in questions if each.source]
    return {"fields": fields, "known": known, "conditional": any(each.show_if for each in asked)}


def _materials(charter: Charter, procedure: str) -> list[CompiledMaterial]:
    return [each for each in charter.materials(procedure) if each.supplied_by in {None, "certificate"}]


def _file(
    request: HttpRequest,
    actor: Actor,
    person: Person,
    enterprise: Enterprise | None,
    charter: Charter,
    procedure: str,
) -> str:
    files = {each.material.id: request.FILES.get(f"file-{each.material.id}") for each in _materials(charter, procedure)}
    case = acts.file_application(
        procedure=procedure,
        person=person,
        enterprise=enterprise,
        answers={each.name: posted(each, request.POST) for each in charter.form(procedure).questions if each.asked},
        documents={material: (file.name or "", cast(BinaryIO, file)) for material, file in files.items() if file},
        by=actor,
        channel=_channel(request, charter.listed(procedure)),
        language=tag(),
        request_key=f"counter:{request.POST.get('request', '')[:60]}",
        now=clock.now(),
    )
    return case.number


def _channels(listed: Listing) -> list[str]:
    """The ways in which a clerk takes in an application for it."""
    return [each for each in TAKEN_DOWN if each in listed.channels]


def _channel(request: HttpRequest, listed: Listing) -> str:
    came = request.POST.get("came", "")
    return came if came in _channels(listed) else "counter"


def _listed(charter: Charter, procedure: str, actor: Actor) -> Listing:
    if procedure not in charter.procedures and procedure not in charter.events:
        raise NoSuchProcedure(procedure=procedure)
    listed = charter.listed(procedure)
    if not may_file(charter, listed, by=actor, now=clock.now()):
        raise NoSuchPage
    return listed


def _enterprise(charter: Charter, person: Person, uscc: str) -> Enterprise | None:
    if not uscc:
        return None
    for enterprise, _why in enterprises_of(charter, person, on=clock.today()):
        if enterprise.uscc == uscc:
            return enterprise
    raise NoSuchPage


@officer
@require_safe
def receipt(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What was handed in, when, and how to follow it: to be printed."""
    view = queries.case_for(actor, number, now=clock.now())
    return page(request, actor, "counter/receipt.html", view=view)
