"""What was given to somebody who asked: the applicant's own files, and what is published of them for everybody."""

import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.cases.documents import read
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.faces.portal.cases import view_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import signed_in
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.openness.models import Published
from zhengtong.openness.queries import given_in, grounds_told, published

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@signed_in
def given(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A file that the answer to one's own request gave."""
    found = next((each for each in given_in(view_of(request, number).case) if each.pk == pk), None)
    if found is None:
        raise Http404
    return _sent(found.ready_path, found.ready_type, str(found.title), private=True)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everything that is published, the latest first."""
    charter, place = in_force(clock.today()).charter, page_asked(request.GET)
    names = {each.id: each.name for each in charter.organisations.values()}
    found = [(each, names.get(each.office, ""), grounds_told(charter, each.grounds)) for each in published(place)]
    context = {"found": found} | beside(request.GET, place, more=len(found) == PAGE)
    return render(request, "portal/disclosed_list.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One published file."""
    found = Published.objects.filter(pk=min(pk, 2**62)).first()
    if found is None:
        raise Http404
    return _sent(found.path, found.media_type, found.title, private=False)


def _sent(path: str, media_type: str, title: str, *, private: bool) -> FileResponse:
    ending = ENDINGS.get(media_type, "txt")
    answer = FileResponse(
        io.BytesIO(read(path)), as_attachment=True, filename=f"{title}.{ending}", content_type=media_type
    )
    if private:
        answer["Cache-Control"] = "private, no-store"
    return answer
