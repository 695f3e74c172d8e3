"""My cases: where each stands, whose desk it is on, until when, and why that date."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header, urlencode

from zhengtong.agora.proceedings.served import on_lists
from zhengtong.cases import queries
from zhengtong.cases.acts.handling import outputs_of
from zhengtong.cases.documents import read
from zhengtong.cases.models import PARTY, Task
from zhengtong.cases.queries import CaseRow, CaseView
from zhengtong.cases.queries.interests import interests_of
from zhengtong.cases.queries.representing import named_in
from zhengtong.cases.wording import outcome_told
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text
from zhengtong.faces.portal.levels import levels
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, party, signed_in
from zhengtong.faces.shared.pictures import case_picture
from zhengtong.ledger import queries as ledger
from zhengtong.ledger.errors import NotPlacedYet
from zhengtong.openness.acts import discloses
from zhengtong.openness.queries import all_asked_of, given_in
from zhengtong.registry.queries import enterprises_of

_PAGE = 20
_RECENT = 8  # acts shown at once; the earlier ones open on demand


@signed_in
def cases(request: HttpRequest) -> HttpResponse:
    """The reader's cases and those of the enterprises that the reader acts for, the newest first."""
    reader, today = me(request), clock.today()
    enterprises = [each for each, _why in enterprises_of(in_force(today).charter, reader, on=today)]
    rows = queries.cases_of(
        reader, now=clock.now(), enterprises=enterprises, before=_place(request.GET.get("before", "")), limit=_PAGE
    )
    context = {
        "rows": rows,
        "interests": interests_of(reader),
        "named": named_in(reader),
        "asked": all_asked_of(reader, enterprises),
        "drafts": len(queries.drafts_of(reader)),
        "next": "?" + urlencode({"before": _written(rows[-1])}) if len(rows) == _PAGE else "",
        "section": "cases",
    }
    return render(request, "portal/cases_list.html", context)


def _written(row: CaseRow) -> str:
    return f"{row.filed_at.isoformat()} {row.number}"


def _place(text: str) -> tuple[datetime, str] | None:
    moment, _, number = text.partition(" ")
    try:
        filed_at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (filed_at, number[:40].replace("\x00", "")) if filed_at.tzinfo else None


def view_of(request: HttpRequest, number: str) -> CaseView:
    """The reader's own case; anybody else's does not exist."""
    return queries.case_for(party(request), number, now=clock.now())


@signed_in
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one case."""
    view = view_of(request, number)
    every = [view, *view.parts]
    latest_first = view.history[::-1]
    context = {
        "recent": latest_first[:_RECENT],
        "earlier": latest_first[_RECENT:],
        "view": view,
        "every": every,
        "own_steps": _own_steps(every) if "own-step" in view.allowed else [],
        "papers_due": later_papers(view) if "answer-correction" in view.allowed else [],
        "stops": _stops(every) if "answer-correction" in view.allowed else [],
        "inspections": [(each, inspection) for each in every for inspection in each.inspections],
        "hearings": [(each, each.hearing) for each in every if each.hearing],
        "hearable": [each for each in every if each.may_be_heard and "ask-hearing" in view.allowed],
        "decisions": [(each, decision) for each in every for decision in each.decisions],
        "certificates": [(each, certificate) for each in every for certificate in each.certificates],
        "given": given_in(view.case) if discloses(view.case) else [],
        "rated": dict(levels()).get(str(view.rating.level), "") if view.rating else "",
        "lists": on_lists(view.case) if view.case.applicant == me(request) else [],
        "picture": case_picture(view.case, now=clock.now()),
        "section": "cases",
    }
    return render(request, "portal/case_show.html", context)


@signed_in
def replay(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A decision asked again with the facts and the rules of its day, and which fact would have changed it."""
    view = view_of(request, number)
    found = queries.decision_to_replay(view.case, pk, party(request), now=clock.now())
    return render(request, "portal/decision_replay.html", {"view": view, "replay": found, "section": "cases"})


def _own_steps(every: list[CaseView]) -> list[tuple[Any, ...]]:
    return [(each, task, *_step(each, task)) for each in every for task in each.tasks if task.post == PARTY]


def _stops(every: list[CaseView]) -> list[CaseView]:
    return [each for each in every if each.stop and each.stop.kind == "correction"]


def later_papers(view: CaseView) -> list[CompiledMaterial]:
    """The papers that may come later and have not come yet, of an open case."""
    if not view.case.is_open or view.case.parent is not None:
        return []
    handed = {document.material for document in view.documents}
    return [
        each
        for each in view.charter.materials(view.case.procedure)
        if each.material.necessity == "later" and not each.supplied_by and each.material.id not in handed
    ]


def _step(view: CaseView, task: Task) -> tuple[Text, list[tuple[str, Text]]]:
    """What the applicant's own step is called, and how it can end."""
    node = view.charter.process(view.case.procedure).nodes[task.node]
    _fact, outputs = outputs_of(node)
    return node.name, [(output, outcome_told(view.procedure, output)) for output in outputs]


@signed_in
def proof(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """The proof that an act of one's own case is in the ledger, to keep and to check without asking anybody."""
    view = view_of(request, number)
    act = ledger.of(view.case.number).filter(position=min(position, 2**31 - 1)).first()
    if act is None:
        raise Http404
    receipt = ledger.proof(act)
    if receipt is None:
        raise NotPlacedYet(act=f"{number}#{position}")
    name = f"{view.case.number}-{position}.tlog-proof"
    kept = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(str(receipt), content_type="text/plain; charset=utf-8", headers=kept)


@signed_in
def why(request: HttpRequest, number: str) -> HttpResponse:
    """Why this date: the count day by day, with each stop and its ground."""
    view = view_of(request, number)
    counts = [count for count in (("promised", view.promised), ("statutory", view.statutory)) if count[1] is not None]
    return render(request, "portal/case_why.html", {"view": view, "counts": counts, "section": "cases"})


@signed_in
def letter(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One letter, as it was sent."""
    view = view_of(request, number)
    found = next((each for each in view.letters if each.pk == pk), None)
    if found is None:
        raise Http404
    return render(request, "portal/letter_show.html", {"view": view, "letter": found, "section": "cases"})


@signed_in
def document(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A paper that was handed in, as a download; never shown inside a page of ours."""
    found = next((each for each in view_of(request, number).documents if each.pk == pk), None)
    if found is None:
        raise Http404
    return _download(read(found.path), name=found.name, media_type=found.media_type)


@signed_in
def certificate(request: HttpRequest, number: str, certificate: str) -> HttpResponse:
    """The signed PDF; a page that says so while it is still being made."""
    view = view_of(request, number)
    found = next((one for each in [view, *view.parts] for one in each.certificates if one.number == certificate), None)
    if found is None:
        raise Http404
    if not found.sha256:
        return render(request, "portal/certificate_wait.html", {"view": view, "section": "cases"}, status=202)
    return _download(read(found.path), name=f"{found.number}.pdf", media_type="application/pdf")


def _download(body: bytes, *, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
