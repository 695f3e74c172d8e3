"""A program that calls the interface with a token of somebody of the cast."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from tests.restaurant import picture
from zhengtong.faces.shared import clock
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.acts import issue_token
from zhengtong.people.scopes import SCOPES

ROOT = "/api/v1"


@dataclass
class Program:
    """Calls the interface; `token` may be empty."""

    token: str = ""
    language: str = "en"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(ROOT + path, query, headers=self._headers())

    def post(self, path: str, sent: Any = None, *, key: str | None = None, **headers: str) -> HttpResponse:
        """POST JSON with a fresh idempotency key, or the one given (empty: none)."""
        told = {"Idempotency-Key": str(uuid4()) if key is None else key} if key != "" else {}
        body = sent if isinstance(sent, str | bytes) else json.dumps(sent)
        return self.client.post(
            ROOT + path, body, content_type="application/json", headers=self._headers() | told | headers
        )

    def upload(self, procedure: str, material: str, content: bytes = b"", key: str | None = None) -> HttpResponse:
        file = SimpleUploadedFile(f"{material}.png", content or picture())
        form = {"procedure": procedure, "material": material, "file": file}
        headers = self._headers() | {"Idempotency-Key": key or str(uuid4())}
        return self.client.post(f"{ROOT}/documents", form, headers=headers)

    def _headers(self) -> dict[str, str]:
        told = {"Accept-Language": self.language}
        return told | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


@pytest.fixture
def program(cast, settings, monday) -> Callable[..., Program]:
    """`program(actor, "cases:read")` calls as somebody, by default with every scope; `program()` as nobody."""
    settings.ZHENGTONG_CLOCK = monday.isoformat()

    def make(actor: Actor | None = None, *scopes: str, language: str = "en") -> Program:
        if actor is None:
            return Program(language=language)
        secret = issue_token(
            person=actor.person,
            name="test",
            scopes=scopes or list(SCOPES),
            days=1,
            by=PROGRAM,
            now=clock.now(),
        )
        return Program(secret, language)

    return make


@pytest.fixture
def kept_connection():
    """The transaction of the test is the connection's, so requests must not close it (as Django's own client does)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
