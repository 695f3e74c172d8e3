"""A case as the officer sees it; its documents; and revoking a certificate."""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhengtong.cases import acts, authority, documents, queries
from zhengtong.cases.models import Certificate, Document
from zhengtong.cases.queries import CaseView
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.pictures import case_picture
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import told
from zhengtong.people.wording import VERBS


@officer
@require_safe
def case(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The whole case, if the post reaches it."""
    view = _case(actor, number)
    return _shown(request, actor, view)


def _shown(request: HttpRequest, actor: Actor, view: CaseView, refusal: Refusal | None = None) -> HttpResponse:
    picture = case_picture(view.case, now=clock.now())
    own = {"own_post": actor.post, "picture": picture}
    return page(request, actor, "desk/case_show.html", refusal=refusal, view=view, **own)


@officer
@require_safe
def replay(request: HttpRequest, actor: Actor, number: str, decision_id: int) -> HttpResponse:
    """A decision of the case, or of the one that it is about, asked again with the facts and rules of its day."""
    view = _case(actor, number)
    found = queries.decision_to_replay(view.case, decision_id, actor, now=clock.now())
    return page(request, actor, "desk/decision_replay.html", view=view, replay=found)


@officer
@proved
@require_POST
def settle(request: HttpRequest, actor: Actor, number: str, reliance_id: int) -> HttpResponse:
    """Say whether the case stands without a decision that fell."""
    view = _case(actor, number)
    found = next((each for each in view.fallen if each.pk == reliance_id), None)
    if found is None:
        raise NoSuchPage
    finding, reason = request.POST.get("finding", ""), request.POST.get("reason", "")
    try:
        acts.settle_reliance(reliance=found, finding=finding, reason=reason, by=actor, now=clock.now())
    except Refusal as refusal:
        return _shown(request, actor, view, refusal)
    messages.success(request, _("It is on record."))
    return to("desk-case", actor, number=number)


@officer
@require_safe
def may(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Every act: whether this officer may do it to this case now, by which power, or why not and who may."""
    view = _case(actor, number)
    answers = [authority.may(view.case, by=actor, act=act, now=clock.now()) for act in VERBS]
    rows = [
        ((answer.question.act, VERBS[answer.question.act]), answer.allowed, told(view.charter, answer)[1])
        for answer in answers
    ]
    return page(request, actor, "desk/case_may.html", view=view, answers=rows)


@officer
@require_safe
def document(request: HttpRequest, actor: Actor, number: str, document_id: int) -> HttpResponseBase:
    """A document that was handed in: always as a download, and not before it has been scanned."""
    found = next((each for each in _case(actor, number).documents if each.pk == document_id), None)
    if found is None or found.scan == Document.Scan.QUARANTINED:
        raise NoSuchPage
    content = io.BytesIO(documents.read(found.path))
    return FileResponse(content, as_attachment=True, filename=found.name, content_type=found.media_type)


@officer
@proved
@form_page
def revoke(request: HttpRequest, actor: Actor, number: str, certificate: str) -> HttpResponse:
    """Revoke a certificate, with reasons and legal basis."""
    view = _case(actor, number)
    found = next((each for each in view.certificates if each.number == certificate), None)
    if found is None:
        raise NoSuchPage
    context: dict[str, Any] = {"view": view, "certificate": found, "articles": _articles(view)}
    if request.method != "POST":
        return page(request, actor, "desk/certificate_revoke.html", **context)
    try:
        _revoke(request, actor, found)
    except Refusal as refusal:
        chosen = request.POST.getlist("basis")
        return page(request, actor, "desk/certificate_revoke.html", refusal=refusal, chosen_articles=chosen, **context)
    if found.proposals.filter(status="open").exists():
        messages.success(request, _("Proposed; a second officer has to confirm."))
    else:
        messages.success(request, _("The certificate is revoked. The verification page says so from now on."))
    return to("desk-case", actor, number=number)


def _revoke(request: HttpRequest, actor: Actor, certificate: Certificate) -> None:
    acts.revoke(
        certificate=certificate,
        reasons=request.POST.get("reasons", ""),
        basis=request.POST.getlist("basis"),
        by=actor,
        now=clock.now(),
    )


def _articles(view: CaseView) -> list[tuple[str, str]]:
    """The articles in force of the laws that the service rests on, and of the licensing law."""
    laws = dict.fromkeys(ref.partition("/")[0] for ref in view.procedure.legal_basis)
    laws |= {law: None for law in ("licensing-law",) if law in view.charter.laws}
    found = [
        f"{law}/{article.article}"
        for law in laws
        for article in view.charter.laws[law].articles
        if article.in_force(clock.today())
    ]
    return [(ref, local(view.charter.cite(ref))) for ref in found]


def _case(actor: Actor, number: str) -> CaseView:
    return queries.case_for(actor, number, now=clock.now())
