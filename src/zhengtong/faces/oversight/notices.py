"""The supervisor, as the second pair of eyes: may a person be told later of the looks at their data?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.cases import acts
from zhengtong.cases.errors import NoSuchDelay
from zhengtong.cases.queries.delays import delays_told
from zhengtong.common.refusal import Refusal
from zhengtong.faces.oversight.supervision import require_supervisor
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The delays that wait for an answer, and those in force."""
    require_supervisor(actor)
    rows = delays_told(actor, now=clock.now())
    if request.method != "POST":
        return page(request, actor, "oversight/notices.html", rows=rows)
    try:
        asked = whole(request.POST.get("delay", ""))
        told = next((each for each in rows if each.delay.pk == asked), None)
        if told is None:
            raise NoSuchDelay
        match request.POST.get("answer"):
            case "confirm":
                acts.confirm_delay(delay=told.delay, by=actor, now=clock.now())
            case "end":
                acts.end_delay(delay=told.delay, by=actor, now=clock.now())
            case _:
                acts.reject_delay(delay=told.delay, answer=request.POST.get("reason", ""), by=actor, now=clock.now())
    except Refusal as refusal:
        return page(request, actor, "oversight/notices.html", refusal=refusal, rows=rows)
    messages.success(request, _("The answer is recorded."))
    return to("supervised-notices", actor)
