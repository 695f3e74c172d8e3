"""The papers of an application, everything once more, and the submission."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.cases import acts, queries
from zhengtong.cases.errors import InvalidAnswers, MissingMaterials
from zhengtong.charter.model import Question
from zhengtong.common.refusal import Refusal
from zhengtong.faces.portal.application import Application, application_of, open_application
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.access import party, signed_in, uploads
from zhengtong.faces.shared.components import Checkboxes, whole
from zhengtong.faces.shared.map import Pointing
from zhengtong.faces.shared.questions import told


@signed_in
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The papers: each is uploaded by itself, checked at once, and can be taken back."""
    application = open_application(request, pk)
    if not application.materials:
        return redirect("check", pk=pk)
    if request.method == "GET":
        return _papers(request, application, {})
    if "remove" in request.POST:
        return _remove(request, application)
    if "material" in request.POST:
        return _upload(request, application, request.POST["material"])
    missing = {each.material.id: _("Upload this document.") for each in application.missing}
    return _papers(request, application, missing) if missing else redirect("check", pk=pk)


def _upload(request: HttpRequest, application: Application, material: str) -> HttpResponse:
    file = uploads(request).get(material)
    if file is None:
        return _papers(request, application, {material: _("Choose a file first.")})
    try:
        acts.attach(
            draft=application.draft,
            material=material,
            name=file[0],
            content=file[1],
            by=party(request),
            now=clock.now(),
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        told_ = f"{language.local(refusal.told())} {language.local(refusal.advice())}"
        return _papers(request, application, {material: told_}, status=refusal.status)
    return redirect("papers", pk=application.draft.pk)


def _remove(request: HttpRequest, application: Application) -> HttpResponse:
    document = application.draft.documents.filter(pk=whole(request.POST["remove"])).first()
    if document is not None:
        acts.detach(document=document, by=party(request), now=clock.now())
    return redirect("papers", pk=application.draft.pk)


def _papers(request: HttpRequest, application: Application, errors: dict[str, str], status: int = 422) -> HttpResponse:
    rows = [(each, document, errors.get(each.material.id, "")) for each, document in application.materials]
    context = {"application": application, "rows": rows, "errors": errors, "section": "cases"}
    return render(request, "portal/papers_upload.html", context, status=status if errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything once more, and the submission."""
    application = application_of(request, pk)
    if application.draft.case is not None:
        return redirect("filed", number=application.draft.case.number)
    if request.method == "GET":
        return _check(request, application, {})
    if application.commitments and "committed" not in request.POST:
        return _check(request, application, {"committed": _("Read the notice and confirm the commitment.")})
    return _submit(request, application)


def _submit(request: HttpRequest, application: Application) -> HttpResponse:
    try:
        case = acts.file_case(
            draft=application.draft,
            by=party(request),
            channel="web",
            language=language.tag(),
            now=clock.now(),
        )
    except InvalidAnswers as refusal:
        return _check(request, application, {f"answer-{name}": text for name, text in refusal.errors.items()})
    except MissingMaterials as refusal:
        return _check(request, application, {"papers": refusal.told()})
    return redirect("filed", number=case.number)


def _check(request: HttpRequest, application: Application, errors: dict[str, Any]) -> HttpResponse:
    answers = [(page, [_answer(application, each) for each in page.questions]) for page in application.pages]
    context = {
        "application": application,
        "answers": answers,
        "errors": errors,
        "commitment": _commitment(errors),
        "section": "cases",
    }
    return render(request, "portal/application_check.html", context, status=422 if errors else 200)


def _answer(application: Application, question: Question) -> tuple[Question, str, str]:
    """An answer in words; and where it is a position, on the map."""
    value = application.known.get(question.name)
    area = Pointing.over(application.charter.regions.values()) if question.on_map else None
    drawn = area.picture(str(value), told=_("The place on the map")) if area and area.has(str(value)) else ""
    return question, told(question, application.charter, value), drawn


def _commitment(errors: dict[str, Any]) -> Checkboxes:
    choice = ("yes", _("I have read the notice; where it concerns me, I make this commitment."))
    return Checkboxes(
        name="committed", label=_("Your commitment"), size="s", choices=[choice], error=errors.get("committed", "")
    )


@signed_in
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    acts.discard(draft=application_of(request, pk).draft, by=party(request), now=clock.now())
    messages.success(request, _("The draft has been thrown away."))
    return redirect("drafts")


@signed_in
def filed(request: HttpRequest, number: str) -> HttpResponse:
    """The confirmation, with the number."""
    view = queries.case_for(party(request), number, now=clock.now())
    if view.case.parent is not None:
        raise Http404
    return render(request, "portal/application_filed.html", {"view": view, "section": "cases"})
