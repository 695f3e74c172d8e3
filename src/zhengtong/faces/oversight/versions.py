"""The supervisor after a change of process: which running cases go by an earlier version, and moving those that can."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zhengtong.cases import acts, queries
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.oversight.supervision import require_supervisor
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@require_safe
def versions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every procedure that has cases under way by an earlier charter, with how many there are of each."""
    require_supervisor(actor)
    return page(request, actor, "oversight/versions.html", rows=queries.older_versions(actor, now=clock.now()))


@officer
@proved
@form_page
def move(request: HttpRequest, actor: Actor, procedure: str) -> HttpResponse:
    """The cases of one procedure by version: where each would go on, or why it stays; the chosen ones are moved."""
    require_supervisor(actor)
    if request.method == "POST":
        _move(request, actor, procedure)
        return to("supervised-version", actor, procedure=procedure)
    after = request.GET.get("after", "")
    found, further = queries.versions_of(
        actor, procedure, now=clock.now(), after=int(after[:18]) if after.isdecimal() else 0
    )
    current = in_force(clock.today())
    charter = current.charter if _is_handled(procedure) else found[0].charter if found else None
    if charter is None:
        raise NoSuchPage
    return page(
        request,
        actor,
        "oversight/version.html",
        name=charter.listed(procedure).name,
        procedure=procedure,
        versions=found,
        further=further,
        can_move=any(each.moving for each in found),
        current=current.enactment,
    )


def _is_handled(procedure: str) -> bool:
    charter = in_force(clock.today()).charter
    return procedure in {*charter.procedures, *charter.events}


def _move(request: HttpRequest, actor: Actor, procedure: str) -> None:
    """Each case by an act of its own: one that is refused keeps none of the others back."""
    chosen = queries.supervised_cases(actor, procedure, request.POST.getlist("cases"), now=clock.now())
    moved = 0
    for case in chosen:
        try:
            moved += bool(acts.migrate_case(case=case, by=actor, now=clock.now()).moves)
        except Refusal as refusal:
            messages.warning(request, f"{case.number} {local(refusal.told())} {local(refusal.advice())}")
    if moved:
        told = ngettext("%(number)s case was moved.", "%(number)s cases were moved.", moved)
        messages.success(request, told % {"number": moved})
    if moved < len(chosen):
        messages.warning(request, _("Which cases stay is said below, with the reason."))
    if not chosen:
        messages.warning(request, _("No case was chosen."))
