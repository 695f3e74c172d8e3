"""The papers that a draft rests on, for everybody."""

import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from zhengtong.agora.proceedings.models import Evidence
from zhengtong.agora.rounds import round_of
from zhengtong.cases.documents import read


@require_safe
def file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """One paper, as a download: nothing that an office uploads runs in a page of ours."""
    found = Evidence.objects.filter(case=round_of(number).case, pk=min(pk, 2**62)).first()
    if found is None:
        raise Http404
    content = io.BytesIO(read(found.path))
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
