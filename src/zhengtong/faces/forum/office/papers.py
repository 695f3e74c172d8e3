"""The office puts the papers that a draft rests on to its round."""

import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora.proceedings.evidence import put_evidence
from zhengtong.agora.rounds import round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def put(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Put a paper to a round."""
    round_, refusal = round_of(number), None
    if request.method == "POST":
        sent = request.FILES.get("paper")
        try:
            put_evidence(
                round_=round_,
                kind=request.POST.get("kind", ""),
                title=request.POST.get("title", ""),
                name=str(sent.name) if sent else "",
                content=sent or io.BytesIO(),  # type: ignore[arg-type]
                by=actor,
                now=clock.now(),
            )
            messages.success(request, _("It has been published."))
            return to("forum-evidence", actor, number=number)
        except Refusal as told:
            refusal = told
    kinds = [("evidence", _("Evidence")), ("simulation", _("What the rules would do to the population"))]
    listed = round_.case.evidence.order_by("pk")
    return page(request, actor, "forum/evidence_put.html", refusal=refusal, round=round_, evidence=listed, kinds=kinds)
