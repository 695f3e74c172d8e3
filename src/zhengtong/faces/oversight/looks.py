"""The supervisor of looks at personal data: what the charter's rules flagged, what was said of it, what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases.queries.flags import flags_told
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.faces.oversight.supervision import require_supervisor
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.registry.flags import settle


@officer
@form_page
def looks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Flagged looks; each is found right, or referred to whoever investigates, with reasons."""
    require_supervisor(actor)
    refusal = None
    if request.method == "POST":
        try:
            _settle(request, actor)
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("The look is settled."))
            return to("supervised-looks", actor)
    settled = request.GET.get("settled") == "yes"
    return page(
        request,
        actor,
        "oversight/looks.html",
        refusal=refusal,
        flags=flags_told(now=clock.now(), settled=settled),
        settled=settled,
    )


def _settle(request: HttpRequest, actor: Actor) -> None:
    flag = request.POST.get("flag", "")
    settle(
        charter=in_force(clock.today()).charter,
        flag_id=whole(flag),
        cleared=request.POST.get("outcome") == "cleared",
        reasons=request.POST.get("reasons", ""),
        by=actor,
        now=clock.now(),
        on=clock.today(),
    )
