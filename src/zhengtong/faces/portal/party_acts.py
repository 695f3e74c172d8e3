"""What the party does in a running or closed case: answer a correction, withdraw, rate, contest."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.cases import acts
from zhengtong.cases.errors import BadFile, InvalidAnswers
from zhengtong.cases.facts import shown
from zhengtong.cases.models import PARTY
from zhengtong.cases.queries import CaseView, readers_of_rating
from zhengtong.charter.model import Question, SpecialProcedure
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text
from zhengtong.faces.portal.cases import later_papers, view_of
from zhengtong.faces.portal.levels import LEVELS, levels
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import me, party, signed_in, uploads
from zhengtong.faces.shared.language import between, local
from zhengtong.faces.shared.questions import field_for, posted


@signed_in
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """What the office asked for, and the answer: changed answers, papers, a note."""
    view = view_of(request, number)
    if view.stop is None or view.stop.kind != "correction":
        return redirect("case", number=number)
    questions = _questions(view)
    if request.method == "GET":
        return _correct(request, view, questions, dict(view.case.facts), {})
    answers = {each.name: posted(each, request.POST) for each in questions}
    try:
        acts.answer_correction(
            stop=view.stop,
            note=request.POST.get("note", ""),
            answers=answers,
            documents=uploads(request),
            by=party(request),
            now=clock.now(),
        )
    except InvalidAnswers as refusal:
        return _correct(request, view, questions, answers, refusal.errors)
    except Refusal as refusal:
        if refusal.status in {404, 409}:
            raise
        return _correct(request, view, questions, answers, {"": refusal.told()}, status=refusal.status)
    messages.success(request, _("Your answer has been sent. The clock goes on."))
    return redirect("case", number=_whole(view).number)


def _whole(view: CaseView) -> Any:
    return view.case.parent or view.case


def _questions(view: CaseView) -> list[Question]:
    form = view.charter.form(view.case.procedure)
    return [each for each in form.questions if each.asked and shown(each, view.case.facts)]


def _correct(
    request: HttpRequest,
    view: CaseView,
    questions: list[Question],
    values: dict[str, Any],
    errors: dict[str, Text],
    status: int = 422,
) -> HttpResponse:
    fields = [
        field_for(each, view.charter, value=values.get(each.name), error=errors.get(each.name, ""))
        for each in questions
    ]
    materials = [each for each in view.charter.materials(_whole(view).procedure) if not each.supplied_by]
    context = {"view": view, "fields": fields, "materials": materials, "errors": errors, "section": "cases"}
    return render(request, "portal/correction_answer.html", context, status=status if errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in what was allowed to come later (容缺后补)."""
    view = view_of(request, number)
    due = later_papers(view)
    if not due:
        return redirect("case", number=number)
    errors: dict[str, Any] = {}
    if request.method == "POST":
        files = uploads(request)
        try:
            if files:
                acts.hand_in_later(case=view.case, documents=files, by=party(request), now=clock.now())
                return redirect("case", number=number)
            errors = {due[0].material.id: _("Choose a file first.")}
        except BadFile as refusal:
            errors = {due[0].material.id: refusal.told()}
    context = {"view": view, "due": due, "errors": errors, "section": "cases"}
    return render(request, "portal/papers_later.html", context, status=422 if errors else 200)


@signed_in
@require_POST
def own_step(request: HttpRequest, number: str, task: int) -> HttpResponse:
    """A step of the process that is the applicant's own: to confirm, to comply."""
    view = view_of(request, number)
    found = next((each for each in view.tasks if each.pk == task and each.post == PARTY), None)
    if found is None:
        raise Http404
    acts.complete(
        task=found,
        output=request.POST.get("output", ""),
        reasons=request.POST.get("note", "")[:2000],
        by=party(request),
        now=clock.now(),
    )
    messages.success(request, _("Your step is done."))
    return redirect("case", number=number)


@signed_in
@require_http_methods(["GET", "POST"])
def hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Ask to be heard before the decision, and say what about."""
    view = view_of(request, number)
    if not view.may_be_heard:
        return redirect("case", number=_whole(view).number)
    reason = request.POST.get("reason", "")
    if request.method == "GET" or not reason.strip():
        errors = {"reason": _("Say what you want to be heard about.")} if request.method == "POST" else {}
        context = {"view": view, "special": _hearing_of(view), "errors": errors, "section": "cases"}
        return render(request, "portal/case_hearing.html", context, status=422 if errors else 200)
    acts.ask_for_hearing(case=view.case, reason=reason, by=party(request), now=clock.now())
    messages.success(
        request, _("You have asked for a hearing. You will be told when and where; no decision is made before.")
    )
    return redirect("case", number=_whole(view).number)


def _hearing_of(view: CaseView) -> SpecialProcedure | None:
    declared = getattr(view.procedure, "special_procedures", [])
    return next((each for each in declared if each.kind == "hearing"), None)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the application back, after a question."""
    view = view_of(request, number)
    if "withdraw" not in view.can:
        return redirect("case", number=number)
    if request.method == "GET":
        return render(request, "portal/case_withdraw.html", {"view": view, "section": "cases"})
    acts.withdraw(case=view.case, reason=request.POST.get("reason", "")[:2000], by=party(request), now=clock.now())
    messages.success(request, _("The application has been withdrawn."))
    return redirect("case", number=number)


@signed_in
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """好差评: five levels, and a comment."""
    view = view_of(request, number)
    if "rate" not in view.can:
        return redirect("case", number=number)
    level = request.POST.get("level", "")
    if request.method == "GET" or level not in LEVELS:
        errors = {"level": _("Choose one of the five levels.")} if request.method == "POST" else {}
        context = {"view": view, "choices": levels(), "errors": errors, "section": "cases"}
        context["readers"] = _readers(view)
        return render(request, "portal/case_rate.html", context, status=422 if errors else 200)
    acts.rate(
        case=view.case,
        level=int(level),
        comment=request.POST.get("comment", ""),
        by=party(request),
        channel="web",
        now=clock.now(),
    )
    messages.success(request, _("Thank you. A bad rating is followed up, and you are told what came of it."))
    return redirect("case", number=number)


def _readers(view: CaseView) -> dict[str, str]:
    """The offices where a bad rating is read, and those of them that it rates, as lists in words."""
    found = readers_of_rating(view.case, now=clock.now())
    sign = between()
    return {"offices": sign.join(map(local, found.offices)), "rated": sign.join(map(local, found.rated))}


@signed_in
@require_http_methods(["GET", "POST"])
def solved(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the answer has solved it: for the party alone to say."""
    view = view_of(request, number)
    if "say-solved" not in view.can:
        return redirect("case", number=number)
    word = request.POST.get("solved", "")
    if request.method == "GET" or word not in {"yes", "no"}:
        errors = {"solved": _("Say whether it is solved.")} if request.method == "POST" else {}
        choices = [("yes", _("Yes, it is solved")), ("no", _("No, it is not solved"))]
        context = {"view": view, "choices": choices, "errors": errors, "section": "cases"}
        return render(request, "portal/case_solved.html", context, status=422 if errors else 200)
    acts.say_whether_solved(
        case=view.case,
        solved=word == "yes",
        told=request.POST.get("told", ""),
        by=party(request),
        channel="web",
        now=clock.now(),
    )
    done = _("Thank you. It counts as solved, since you say so.")
    messages.success(request, done if word == "yes" else _("The office has to act on it; you are told what comes."))
    return redirect("case", number=number)


@signed_in
@require_POST
def contest(request: HttpRequest, number: str) -> HttpResponse:
    """Begin an appeal against the decision of this case (or part): an application of its own."""
    view = view_of(request, number)
    contested = next((each for each in reversed(view.decisions) if each.appeal and not each.set_aside), None)
    if contested is None or contested.appeal is None:
        raise Http404
    draft = acts.start_draft(
        person=me(request),
        procedure=contested.appeal.id,
        enterprise=view.case.enterprise,
        about=view.case,
        now=clock.now(),
    )
    return redirect("known", pk=draft.pk)
