"""A request that is sent again has one effect: the first answer is given again (Idempotency-Key).

The key belongs to the person. Only successes are kept: a refusal changed nothing, so trying again is a new try.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from zhengtong.common.refusal import Refusal
from zhengtong.faces.api.auth import caller_of
from zhengtong.faces.api.errors import KeyMissing, KeyReused, MalformedRequest, TooLarge
from zhengtong.faces.api.models import Answer
from zhengtong.faces.api.problems import problem
from zhengtong.faces.shared import clock
from zhengtong.people.models import Person

KEPT = timedelta(days=7)
_KEY = re.compile(r"[\x21-\x7e]{1,100}")

View = Callable[..., HttpResponse]

PARAMETER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
    "description": "A fresh key for each operation. The same key again gives the first answer again; "
    "with other content it is refused.",
}


def once(run: View) -> View:
    """Wrap an operation so that it runs once for a key."""

    @wraps(run)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        caller = caller_of(request, now=clock.now())
        if caller is None:
            return run(request, *args, **kwargs)  # which answers that nobody is signed in
        key = request.headers.get("Idempotency-Key", "")
        if not _KEY.fullmatch(key):
            return problem(request, KeyMissing())
        try:
            digest = _digest(request)
        except Refusal as refusal:
            return problem(request, refusal)
        return _known(request, caller.person, key, digest) or _first(
            lambda: run(request, *args, **kwargs), request, caller.person, key, digest
        )

    return answering


def _known(request: HttpRequest, person: Person, key: str, digest: str) -> HttpResponse | None:
    kept = Answer.objects.filter(person=person, key=key).first()
    if kept is None:
        return None
    if kept.digest != digest:
        return problem(request, KeyReused())
    answer = HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")
    answer["Idempotent-Replayed"] = "true"
    return answer


def _first(
    run: Callable[[], HttpResponse], request: HttpRequest, person: Person, key: str, digest: str
) -> HttpResponse:
    """Run it and keep the answer, both or neither. A second request with the key waits for the row, then reads it."""
    try:
        with transaction.atomic():
            Answer.objects.filter(answered_at__lt=clock.now() - KEPT).delete()
            kept = Answer.objects.create(person=person, key=key, digest=digest, answered_at=clock.now())
            answer = run()
            if answer.status_code >= 400:
                transaction.set_rollback(True)
            else:
                kept.status, kept.body = answer.status_code, answer.content.decode()
                kept.save(update_fields=["status", "body"])
            return answer
    except IntegrityError:
        known = _known(request, person, key, digest)
        if known is None:
            raise
        return known


def _digest(request: HttpRequest) -> str:
    """The hash of what was asked; raises `TooLarge` or `MalformedRequest`."""
    try:
        return _hashed(request)
    except RequestDataTooBig as fault:
        raise TooLarge from fault
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError) as fault:
        raise MalformedRequest from fault


def _hashed(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if not (request.content_type or "").startswith("multipart/"):
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name in sorted(request.FILES):
        file: Any = request.FILES[name]
        digest.update(repr((name, file.name)).encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()
