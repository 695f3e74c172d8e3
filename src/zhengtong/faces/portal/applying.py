"""Applying: for whom, what is known already, and one page of questions after another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhengtong.cases import acts, queries
from zhengtong.cases.errors import InvalidAnswers, NoSuchProcedure
from zhengtong.cases.facts import Facts
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.charter.queries import in_force
from zhengtong.common.text import Text, text
from zhengtong.faces.portal import journey
from zhengtong.faces.portal.application import Application, application_of, open_application
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.access import me, party, signed_in
from zhengtong.faces.shared.components import Place
from zhengtong.faces.shared.questions import field_for, pointed, posted
from zhengtong.people.models import Enterprise
from zhengtong.registry.queries import enterprises_of

MYSELF = "myself"
CHECK = "check"
OUTSIDE = text(
    "您点的地方不在本市范围内。请在图上的轮廓线以内点选，或者写地址。",
    "That is not within the city. Point within the outlines on the map, or write the address.",
)


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, procedure: str) -> HttpResponse:
    """For whom: oneself, or an enterprise that the register or a mandate lets one act for."""
    today = clock.today()
    charter = in_force(today).charter
    if procedure not in charter.procedures and procedure not in charter.events:
        raise NoSuchProcedure(procedure=procedure)
    listed, reader = charter.listed(procedure), me(request)
    enterprises = enterprises_of(charter, reader, on=today) if "enterprise" in listed.audience else []
    choices = _parties(request, listed, enterprises)
    chosen = request.POST.get("party", "")
    if request.method == "POST" and chosen in {value for value, *_rest in choices}:
        draft = acts.start_draft(
            person=reader, procedure=procedure, enterprise=_enterprise(enterprises, chosen), now=clock.now()
        )
        return redirect("known", pk=draft.pk)
    errors = {"party": _("Choose for whom you apply.")} if request.method == "POST" else {}
    context = {"listed": listed, "choices": choices, "errors": errors, "section": "services"}
    return render(request, "portal/application_start.html", context, status=422 if errors else 200)


def _parties(
    request: HttpRequest, listed: Procedure | LifeEvent, enterprises: list[tuple[Enterprise, Text]]
) -> list[tuple[str, str, str]]:
    myself = [(MYSELF, me(request).name, _("for myself"))] if "person" in listed.audience else []
    return myself + [(each.uscc, each.name, f"{each.uscc} · {language.local(why)}") for each, why in enterprises]


def _enterprise(enterprises: list[tuple[Enterprise, Text]], chosen: str) -> Enterprise | None:
    return next((each for each, _why in enterprises if each.uscc == chosen), None)


@signed_in
def drafts(request: HttpRequest) -> HttpResponse:
    """Applications begun and not filed."""
    charter = in_force(clock.today()).charter
    rows = [(draft, charter.listed(draft.procedure)) for draft in queries.drafts_of(me(request))]
    return render(request, "portal/drafts_list.html", {"rows": rows, "section": "cases"})


@signed_in
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the reader left off: the first page with something to answer, else the papers, else the check."""
    application = application_of(request, pk)
    if application.draft.case is not None:
        return redirect("filed", number=application.draft.case.number)
    page = journey.unanswered(application.pages, application.known)
    if page is not None:
        return redirect("question", pk=pk, page=page.name)
    return redirect("papers" if application.missing else "check", pk=pk)


@signed_in
def known(request: HttpRequest, pk: int) -> HttpResponse:
    """What the registers know already, with its source; none of it is asked."""
    application = open_application(request, pk)
    context = {"application": application, "next": _first(application), "section": "cases"}
    return render(request, "portal/application_known.html", context)


def _first(application: Application) -> str:
    return application.pages[0].name if application.pages else ""


@signed_in
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: int, page: str) -> HttpResponseBase:
    """One page of questions."""
    application = open_application(request, pk)
    asked = journey.page(application.pages, page)
    if asked is None:
        return redirect("go-on", pk=pk)
    if request.method == "GET":
        return _ask(request, application, asked, application.known, {})
    answers = {each.name: posted(each, request.POST) for each in asked.questions}
    place = pointed(asked.questions, application.charter, request.POST)
    if place is not None:
        return _pointed(request, application, asked, answers, *place)
    if "later" in request.POST and not any(answers.values()):
        return redirect("drafts")
    try:
        acts.save_answers(draft=application.draft, page=page, answers=answers, by=party(request), now=clock.now())
    except InvalidAnswers as refusal:
        return _ask(request, application, asked, answers, refusal.errors)
    return _onwards(request, pk, page)


def _pointed(
    request: HttpRequest, application: Application, asked: journey.Page, answers: Facts, name: str, place: str
) -> HttpResponse:
    """The page again, with the place that was pointed at in its field and on the map; nothing is kept yet."""
    if place:
        return _ask(request, application, asked, answers | {name: place}, {})
    return _ask(request, application, asked, answers, {name: OUTSIDE})


def _onwards(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Your answers are kept. Go on whenever you like, on any device."))
        return redirect("drafts")
    application = open_application(request, pk)  # what was answered may have opened or closed pages
    if request.POST.get("then") == CHECK:
        return redirect("go-on", pk=pk)
    following = journey.after(application.pages, page) if journey.page(application.pages, page) else None
    return redirect("question", pk=pk, page=following.name) if following else redirect("papers", pk=pk)


def _ask(
    request: HttpRequest, application: Application, asked: journey.Page, values: Facts, errors: dict[str, Text]
) -> HttpResponse:
    alone = len(asked.questions) == 1
    fields = [
        field_for(
            each,
            application.charter,
            value=values.get(each.name),
            error=errors.get(each.name, ""),
            heading=alone,
            pointing=True,
        )
        for each in asked.questions
    ]
    every = application.pages
    context = {
        "application": application,
        "page": asked,
        "fields": fields,
        "asked": list(zip(asked.questions, fields, strict=True)),
        "alone": alone,
        "pointing": any(isinstance(each, Place) for each in fields),
        "previous": journey.before(every, asked.name),
        "number": every.index(asked) + 1,
        "then": request.GET.get("then", request.POST.get("then", "")),
        "section": "cases",
    }
    return render(request, "portal/question_ask.html", context, status=422 if errors else 200)
