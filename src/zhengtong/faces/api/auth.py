"""Bearer tokens (RFC 6750): who calls, and what the token is good for."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from ninja.security import HttpBearer

from zhengtong.faces.api.errors import ScopeMissing
from zhengtong.faces.shared import clock
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person, Token


@dataclass(frozen=True)
class Caller:
    """The person behind a token, and its scopes."""

    person: Person
    scopes: frozenset[str]

    def as_party(self) -> Actor:
        return Actor(self.person)

    def in_post(self, post: str) -> Actor:
        """Acting in a post; the acts refuse one that is not held."""
        return Actor(self.person, post)


def caller_of(request: HttpRequest, *, now: datetime) -> Caller | None:
    """Who sent the request, by a token that is neither expired nor revoked, of an account that is not closed."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return caller_by(secret, now=now) if kind.lower() == "bearer" and secret else None


def caller_by(secret: str, *, now: datetime) -> Caller | None:
    """Whose secret a token is."""
    digest = hashlib.sha256(secret.strip().encode(errors="replace")).hexdigest()
    token = (
        Token.objects.filter(digest=digest, expires_at__gt=now, revoked_at__isnull=True)
        .exclude(Q(person__account__is_active=False))
        .select_related("person")
        .first()
    )
    return Caller(token.person, frozenset(token.scopes)) if token else None


class Bearer(HttpBearer):
    """Lets in whoever has a token with the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        caller = caller_of(request, now=clock.now())
        if caller and self.scope not in caller.scopes:
            raise ScopeMissing(scope=self.scope)
        return caller
