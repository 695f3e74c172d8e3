"""My data: who looked at what is held about me, and why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhengtong.cases import acts
from zhengtong.cases.acts import lift_restriction_of_cases
from zhengtong.cases.queries.looks import look_in_a_line, look_told, looks_told
from zhengtong.cases.restricting import restricted_cases
from zhengtong.charter.queries import in_force
from zhengtong.faces.shared import clock, language
from zhengtong.faces.shared.access import me, signed_in
from zhengtong.faces.shared.components import whole
from zhengtong.faces.shared.language import local
from zhengtong.people.actor import Actor
from zhengtong.people.wording import post_told
from zhengtong.registry.corrections import corrections_of
from zhengtong.registry.models import Correction, Restriction
from zhengtong.registry.restrictions import lift_own, restrictions_of

_PAGE = 50


@signed_in
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Every look at the reader's data: when, which office and post, which fields, for which case, by which law."""
    before = request.GET.get("before", "")
    rows = looks_told(me(request), now=clock.now(), before=whole(before) or None, limit=_PAGE)
    context = {
        "rows": rows,
        "next": f"?before={rows[-1].id}" if len(rows) == _PAGE else "",
        "corrections": _corrected(request),
        "asks": in_force(clock.today()).charter.privacy,
        "stored": _stored(request),
        "stored_cases": restricted_cases(me(request)).count(),
        "section": "data",
    }
    return render(request, "portal/my_data.html", context)


def _corrected(request: HttpRequest) -> list[tuple[Correction, str, str]]:
    """What was put right in the reader's records: what, and by which post."""
    charter, told = in_force(clock.today()).charter, []
    for each in corrections_of(me(request)):
        register = charter.registers.get(each.record.register)
        field = register.field(each.field) if register else None
        name = local(charter.elements[field.element].name) if field else each.field
        told.append((each, name, local(post_told(charter, each.post))))
    return told


def _stored(request: HttpRequest) -> list[tuple[Restriction, str, str]]:
    """What of the reader's is stored only: in which register, and by which office if one ordered it."""
    charter = in_force(clock.today()).charter
    return [
        (each, local(register.name), local(charter.organisations[register.owner].name))
        for each in restrictions_of(me(request), on=clock.today())
        if (register := charter.registers.get(each.record.register))
    ]


@signed_in
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a record be used again, which the reader wanted to be stored only."""
    lift_own(restriction_id=pk, by=Actor(me(request)), now=clock.now())
    messages.success(request, _("Your data are used again."))
    return redirect("my-data")


@signed_in
@require_POST
def lift_cases(request: HttpRequest) -> HttpResponse:
    """Let officers open the reader's closed cases again."""
    lift_restriction_of_cases(by=Actor(me(request)), now=clock.now())
    messages.success(request, _("Your closed cases can be opened again."))
    return redirect("my-data")


@signed_in
@require_POST
def ask_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a question about one look: a case with a deadline, by the charter's own procedure."""
    charter = in_force(clock.today()).charter
    if charter.privacy is None:
        raise Http404
    told = look_told(me(request), pk, now=clock.now())
    draft = acts.start_draft(
        person=me(request),
        procedure=charter.privacy.question,
        answers={"look_told": look_in_a_line(told, language.tag())},
        now=clock.now(),
    )
    messages.info(request, _("Say what you want to know. You get an answer within the time that the law sets."))
    return redirect("go-on", pk=draft.pk)
