"""What the office promised, and what it carries into."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from zhengtong.agora import acts
from zhengtong.agora.bound.models import PROMISES
from zhengtong.agora.bound.queries import of_round
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.rounds import round_of
from zhengtong.common.paging import PAGE
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.office import promising
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import beside, form_page, page_asked, whole
from zhengtong.faces.shared.posts import officer, page
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def follow_up(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """What was promised, and what it carries into; the step in which it is done lies on the desk of its post."""
    round_, refusal, place = round_of(number), None, page_asked(request.GET)
    asked = whole(request.POST.get("promise", request.GET.get("promise", "")))
    promises = round_.case.duties.filter(PROMISES)
    if request.method == "POST":
        try:
            found = promises.filter(pk=asked).first()
            if found is None:
                raise NoSuchContribution
            acts.carry_into(duty=found, into=promising.posted(request).into, by=actor, now=clock.now())
            messages.success(request, _("Everybody sees now what it carries into."))
            return HttpResponseRedirect(f"{request.path}?page={place}")
        except Refusal as told:
            refusal = told
    promised = of_round(round_, on=clock.today(), only=PROMISES, page=place)
    return page(
        request,
        actor,
        "forum/follow_up.html",
        refusal=refusal,
        round=round_,
        promised=promised,
        chosen=asked,
        carriers=promising.carriers() if asked else [],
        post=actor.post,
        place=place,
        **beside(request.GET, place, more=promises.count() > place * PAGE),
    )
