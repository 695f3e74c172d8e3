"""The ledger as the world reads it: C2SP tlog-tiles under `/ledger/`, and this node as a witness of other logs.

All of it is public and holds nothing personal. A tile never changes once it is there, so it may be kept for ever.
"""

import json
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

import zhengtong_verify
from zhengtong.engines import merkle
from zhengtong.engines.merkle.witness import SIZE_TYPE
from zhengtong.faces.shared import clock
from zhengtong.ledger import published
from zhengtong.ledger.cosigning import with_cosignatures
from zhengtong.ledger.witness import add_checkpoint, disputes

FOR_EVER = "public, max-age=31536000, immutable"
NOT_LONG = "public, max-age=2"
MOST = 64 * 1024  # bytes of a request to the witness
TEXT = "text/plain; charset=utf-8"


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The newest signed head, with the cosignatures of the witnesses."""
    head = published.head()
    if head is None:
        raise Http404
    return _answer(with_cosignatures(head), TEXT, NOT_LONG)


@require_safe
def tile(_request: HttpRequest, level: str, place: str) -> HttpResponse:
    """A tile of hashes, whole or partial."""
    at = merkle.parse_place(place)
    found = published.tile(int(level), *at) if at else None
    return _immutable(found)


@require_safe
def entries(_request: HttpRequest, place: str) -> HttpResponse:
    """A bundle of entries, whole or partial."""
    at = merkle.parse_place(place)
    return _immutable(published.bundle(*at) if at else None)


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """The keys that sign the ledger, the present one last, and the notes by which one followed the other."""
    return _answer(json.dumps(published.keys(), ensure_ascii=False, indent=1), "application/json", NOT_LONG)


@require_safe
def program(_request: HttpRequest) -> HttpResponseBase:
    """`zhengtong-verify`, one file: what checks an export or a receipt without us."""
    file = Path(zhengtong_verify.__file__).open("rb")  # noqa: SIM115 - the answer closes it
    return FileResponse(file, as_attachment=True, filename="zhengtong_verify.py", content_type="text/x-python")


@csrf_exempt
@require_POST
def witness(request: HttpRequest) -> HttpResponse:
    """C2SP tlog-witness: cosign a checkpoint of a log that this node watches. The log's signature is the sign-in."""
    body = request.read(MOST + 1)
    try:
        asked = body.decode() if len(body) <= MOST else ""
    except UnicodeDecodeError:
        asked = ""
    answer = add_checkpoint(asked, now=timezone.now())
    kind = SIZE_TYPE if answer.status == 409 else TEXT
    return HttpResponse(answer.body, status=answer.status, content_type=kind)


@require_safe
def disputed(_request: HttpRequest) -> HttpResponse:
    """Where a log has shown this node two histories: both heads, with the log's own signatures."""
    return _answer(json.dumps(disputes(), ensure_ascii=False, indent=1), "application/json", NOT_LONG)


@require_safe
def state(_request: HttpRequest) -> HttpResponse:
    """How fast acts get their places, how old the head is, and who looked when; the same as on the page."""
    return _answer(json.dumps(published.state(clock.now()).told(), indent=1), "application/json", NOT_LONG)


def _immutable(content: bytes | None) -> HttpResponse:
    if content is None:
        raise Http404
    return _answer(content, "application/octet-stream", FOR_EVER)


def _answer(content: str | bytes, kind: str, kept: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": kept})
