"""The papers that a draft rests on: the office puts them to the round, everybody reads them."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhengtong.agora.proceedings.evidence import put_evidence
from zhengtong.agora.proceedings.models import Evidence
from zhengtong.agora.rounds import round_of
from zhengtong.cases.documents import read
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@proved
@require_http_methods(["GET", "HEAD", "POST"])
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


@require_safe
def file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """One paper, as a download: nothing that an office uploads runs in a page of ours."""
    found = Evidence.objects.filter(case=round_of(number).case, pk=min(pk, 2**62)).first()
    if found is None:
        raise Http404
    content = io.BytesIO(read(found.path))
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
