"""An officer reads a register for a purpose; and explains the looks of theirs that were flagged."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhengtong.cases.queries.flags import own_flags_told
from zhengtong.cases.registers import Read, read
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Register, Sharing
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.registry.flags import explain


@officer
@never_cache
@form_page
def registers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look one record up, under an agreement that the office has; the person sees it, and so may the supervisor."""
    charter = in_force(clock.today()).charter
    agreements = agreements_of(charter, actor)
    if not agreements:
        raise NoSuchPage
    context: dict[str, Any] = {
        "choices": [("", "–")]
        + [(each.id, f"{local(register.name)}: {local(each.purpose)}") for register, each in agreements],
        "case": request.POST.get("case", request.GET.get("case", ""))[:40],
    }
    if request.method != "POST":
        return page(request, actor, "desk/register_read.html", **context)
    try:
        found = read(
            agreement=request.POST.get("agreement", "")[:60],
            key=request.POST.get("key", "")[:60],
            case=context["case"],
            by=actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return page(request, actor, "desk/register_read.html", refusal=refusal, **context)
    return page(request, actor, "desk/register_read.html", found=found, rows=_rows(charter, found), **context)


def agreements_of(charter: Charter, actor: Actor) -> list[tuple[Register, Sharing]]:
    """The agreements by which the post's office reads registers today."""
    reader = charter.organisation_of(actor.post).function
    return [
        (register, each)
        for register in charter.registers.values()
        for each in register.sharing
        if each.reader == reader and each.in_force(clock.today())
    ]


def _rows(charter: Charter, found: Read) -> list[tuple[str, str]]:
    fields = {each.name: charter.elements[each.element].name for each in found.register.fields}
    return [(local(fields[name]), "–" if value in (None, "") else str(value)) for name, value in found.values.items()]


@officer
@form_page
def flagged(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The officer's own looks that the charter's rules show to the supervisor."""
    if actor.person is None:
        raise NoSuchPage
    refusal = None
    if request.method == "POST":
        flag = request.POST.get("flag", "")
        try:
            explain(
                charter=in_force(clock.today()).charter,
                on=clock.today(),
                flag_id=whole(flag),
                explanation=request.POST.get("explanation", ""),
                by=actor,
                now=clock.now(),
            )
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Your reason is with the supervisor."))
            return to("own-looks", actor)
    flags = own_flags_told(actor.person, now=clock.now())
    return page(request, actor, "desk/looks_explain.html", refusal=refusal, flags=flags)
