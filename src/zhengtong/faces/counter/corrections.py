"""An answer to a correction comes on paper."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.cases import acts, queries
from zhengtong.cases.models import Stop
from zhengtong.cases.queries import CaseView
from zhengtong.charter.compile import CompiledMaterial
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@require_safe
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which case is it? The number is on the letter."""
    number = request.GET.get("number", "").strip().upper()
    if not number:
        return page(request, actor, "counter/correction_find.html")
    try:
        view = queries.case_for(actor, number, now=clock.now())
    except Refusal as refusal:
        return page(request, actor, "counter/correction_find.html", refusal=refusal, number=number)
    return to("counter-correction", actor, number=_waiting(view).case.number)


def _waiting(view: CaseView) -> CaseView:
    """The case, or the part of it, that waits for a correction; else the case."""
    return next((each for each in [view, *view.parts] if each.stop and each.stop.kind == "correction"), view)


@officer
@form_page
def correction(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What was asked for, and what has been handed in."""
    view = queries.case_for(actor, number, now=clock.now())
    if view.stop is None or view.stop.kind != "correction":
        raise NoSuchPage
    context: dict[str, Any] = {"view": view, "stop": view.stop, "materials": _materials(view)}
    if request.method != "POST":
        return page(request, actor, "counter/correction_take.html", **context)
    try:
        _take(request, actor, view, view.stop)
    except Refusal as refusal:
        return page(request, actor, "counter/correction_take.html", refusal=refusal, **context)
    messages.success(request, _("The answer is taken in, and the clock goes on."))
    return to("counter-receipt", actor, number=number)


def _materials(view: CaseView) -> list[CompiledMaterial]:
    root = view.case.parent or view.case
    return [each for each in view.charter.materials(root.procedure) if each.supplied_by in {None, "certificate"}]


def _take(request: HttpRequest, actor: Actor, view: CaseView, stop: Stop) -> None:
    files = {each.material.id: request.FILES.get(f"file-{each.material.id}") for each in _materials(view)}
    acts.answer_correction(
        stop=stop,
        note=request.POST.get("note", ""),
        documents={material: (file.name or "", cast(BinaryIO, file)) for material, file in files.items() if file},
        by=actor,
        now=clock.now(),
    )
