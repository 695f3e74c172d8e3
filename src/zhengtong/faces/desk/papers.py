"""The papers with which a request for information is answered: added, marked, made ready without what is marked."""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhengtong.cases import documents, queries
from zhengtong.cases.models import Case
from zhengtong.cases.queries import CaseView
from zhengtong.common.refusal import Refusal
from zhengtong.engines.redaction import Region, look, pages_of, size_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.language import local
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.openness import acts
from zhengtong.openness.errors import NothingMarked
from zhengtong.openness.models import Mark, Paper
from zhengtong.openness.queries import papers_of
from zhengtong.people.actor import Actor

EDGES = ("left", "top", "right", "bottom")


@officer
@form_page
def papers(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """All papers of a request, and the form to add one."""
    view, refusal = _request(actor, number), None
    if request.method == "POST":
        try:
            made = _added(request, actor, view.case)
            return to("desk-paper", actor, number=number, paper_id=made.pk)
        except Refusal as told:
            refusal = told
    return page(request, actor, "desk/papers_list.html", refusal=refusal, view=view, papers=papers_of(view.case))


def _added(request: HttpRequest, actor: Actor, case: Case) -> Paper:
    sent = request.FILES.get("paper")
    content, name = (sent, str(sent.name)) if sent else (io.BytesIO(), "")
    return acts.add_paper(case=case, name=name, content=content, by=actor, now=clock.now())  # type: ignore[arg-type]


@officer
@form_page
def paper(request: HttpRequest, actor: Actor, number: str, paper_id: int) -> HttpResponse:
    """One paper: its pages, what is marked in it, and making it ready."""
    view = _request(actor, number)
    found = _paper(view.case, paper_id)
    if request.method == "POST" and "at.x" not in request.POST:
        try:
            return _done(request, actor, found)
        except Refusal as told:
            return _shown(request, actor, view, found, told)
    return _shown(request, actor, view, found)


def _done(request: HttpRequest, actor: Actor, found: Paper) -> HttpResponse:
    asked, _sep, which = request.POST.get("do", "").partition("-")
    number = found.case.number
    if asked == "remove":
        acts.remove_paper(paper=found, by=actor, now=clock.now())
        return to("desk-papers", actor, number=number)
    if asked == "unmark":
        mark = Mark.objects.filter(paper=found, pk=whole(which)).first()
        if mark is not None:
            acts.unmark(found=mark, by=actor, now=clock.now())
    elif asked == "back":
        acts.take_back(paper=found, by=actor, now=clock.now())
        messages.success(request, _("The file is taken back. Change the paper, and make it ready again."))
    elif asked == "ready":
        personal = {"yes": False, "no": True}.get(request.POST.get("publish", ""))
        acts.make_ready(paper=found, title=request.POST.get("title", ""), personal=personal, by=actor, now=clock.now())
        messages.success(request, _("The file is ready. Read it before you answer."))
    else:
        _mark(request, actor, found, asked)
    return to("desk-paper", actor, number=number, paper_id=found.pk)


def _mark(request: HttpRequest, actor: Actor, found: Paper, asked: str) -> None:
    posted = request.POST
    what: dict[str, Any] = {"region": _region(request)} if asked == "region" else {"passage": posted.get("passage", "")}
    acts.mark(paper=found, ground=posted.get("ground", ""), by=actor, now=clock.now(), **what)
    messages.success(request, _("It is marked."))


def _region(request: HttpRequest) -> Region:
    try:
        edges = [float(request.POST.get(edge, "").replace(",", ".")) / 100 for edge in EDGES]
    except ValueError as fault:
        raise NothingMarked from fault
    left, right = sorted(edges[::2])
    top, bottom = sorted(edges[1::2])
    return Region(whole(request.POST.get("page", "1")), left, top, right, bottom)


def _shown(
    request: HttpRequest, actor: Actor, view: CaseView, found: Paper, refusal: Refusal | None = None
) -> HttpResponse:
    body = documents.read(found.path) if found.ready_at is None else b""
    pages = pages_of(body)
    shown = max(1, min(whole(request.POST.get("page") or request.GET.get("page", "1")), max(pages, 1)))
    return page(
        request,
        actor,
        "desk/paper_show.html",
        refusal=refusal,
        view=view,
        paper=found,
        marks=[(each, local(view.charter.cite(each.ground))) for each in found.marks.order_by("pk")],
        grounds=[(ref, local(view.charter.cite(ref))) for ref in acts.grounds_to_withhold(view.case)],
        pages=range(1, pages + 1),
        shown=shown,
        size=size_of(body, shown) if pages else (0, 0),
        publish=[("yes", _("Yes, if the answer discloses it")), ("no", _("No, it is about the applicant"))],
        edges=_edges(request),
    )


def _edges(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The four fields with what is in them; a click on the picture fills the first corner, the next one the other."""
    kept = {edge: request.POST.get(edge, "")[:6] for edge in EDGES}
    if "at.x" in request.POST:
        clicked = [_percent(request.POST.get(f"at.{axis}", ""), request.POST.get(size, "")) for axis, size in _SIZES]
        corner = EDGES[2:] if kept["left"] and not kept["right"] else EDGES[:2]
        if corner == EDGES[:2]:
            kept = dict.fromkeys(EDGES, "")
        kept |= dict(zip(corner, clicked, strict=True))
    names = (_("From the left, %"), _("From the top, %"), _("To, from the left, %"), _("To, from the top, %"))
    return [(edge, name, kept[edge]) for edge, name in zip(EDGES, names, strict=True)]


_SIZES = (("x", "wide"), ("y", "high"))


def _percent(at: str, of: str) -> str:
    return f"{min(whole(at) / max(whole(of), 1), 1) * 100:.1f}"


@officer
@require_safe
def picture(request: HttpRequest, actor: Actor, number: str, paper_id: int, sheet: int) -> HttpResponse:
    """A page of a paper as a picture, with the regions that are marked."""
    found = _paper(_request(actor, number).case, paper_id)
    if found.ready_at is not None:
        raise NoSuchPage
    drawn = look(documents.read(found.path), sheet, acts.regions_of(list(found.marks.all())))
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "private, no-store"})


@officer
@require_safe
def ready(request: HttpRequest, actor: Actor, number: str, paper_id: int) -> HttpResponseBase:
    """The file that was made ready, as the applicant gets it."""
    found = _paper(_request(actor, number).case, paper_id)
    if found.ready_at is None:
        raise NoSuchPage
    content = io.BytesIO(documents.read(found.ready_path))
    return FileResponse(content, as_attachment=True, filename=found.name, content_type=found.ready_type)


def _request(actor: Actor, number: str) -> CaseView:
    view = queries.case_for(actor, number, now=clock.now())
    if not acts.discloses(view.case):
        raise NoSuchPage
    return view


def _paper(case: Case, paper_id: int) -> Paper:
    found = Paper.objects.filter(case=case, pk=min(paper_id, 2**62)).first()
    if found is None:
        raise NoSuchPage
    found.case = case
    return found
