"""Persons take and leave posts, give and withdraw mandates, get tokens."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhengtong.ledger.acts import record
from zhengtong.people import kinds
from zhengtong.people.actor import Actor
from zhengtong.people.models import Enterprise, Holding, Mandate, Person, Token


@transaction.atomic
def take_post(
    *,
    person: Person,
    post: str,
    from_on: date,
    by: Actor,
    now: datetime,
    to_on: date | None = None,
    skills: Sequence[str] = (),
) -> Holding:
    """Seat `person` in `post`, with the skills they have of those that it names; the same seat twice is one holding."""
    given = {"to_on": to_on, "skills": sorted(skills)}
    holding, new = Holding.objects.get_or_create(person=person, post=post, from_on=from_on, defaults=given)
    if new:
        record(
            kind=kinds.POST_TAKEN,
            subject=f"post:{post}",
            by=by,
            person=str(person.handle),
            now=now,
            particulars={"person": str(person.handle), "skills": sorted(skills)},
        )
    return holding


@transaction.atomic
def leave_post(*, holding: Holding, last_on: date, by: Actor, now: datetime) -> None:
    """End a holding; `last_on` is the last day with the post's powers."""
    holding.to_on = last_on
    holding.save(update_fields=["to_on"])
    who = str(holding.person.handle)
    record(
        kind=kinds.POST_LEFT,
        subject=f"post:{holding.post}",
        by=by,
        person=who,
        now=now,
        particulars={"person": who},
    )


@transaction.atomic
def give_mandate(
    *,
    holder: Person,
    from_on: date,
    by: Actor,
    now: datetime,
    enterprise: Enterprise | None = None,
    grantor: Person | None = None,
    procedures: Sequence[str] = (),
    to_on: date | None = None,
) -> Mandate:
    """Let `holder` act for the enterprise or the person, in `procedures` (empty: in all)."""
    mandate = Mandate.objects.create(
        enterprise=enterprise,
        grantor=grantor,
        holder=holder,
        procedures=list(procedures),
        from_on=from_on,
        to_on=to_on,
    )
    record(
        kind=kinds.MANDATE_GIVEN,
        subject=f"mandate:{mandate.pk}",
        by=by,
        person=str((grantor or holder).handle),
        now=now,
    )
    return mandate


@transaction.atomic
def withdraw_mandate(*, mandate: Mandate, by: Actor, now: datetime) -> None:
    """End a mandate at once."""
    mandate.to_on = timezone.localdate(now) - timedelta(days=1)
    mandate.from_on = min(mandate.from_on, mandate.to_on)
    mandate.save(update_fields=["from_on", "to_on"])
    record(kind=kinds.MANDATE_WITHDRAWN, subject=f"mandate:{mandate.pk}", by=by, now=now)


@transaction.atomic
def issue_token(*, person: Person, name: str, scopes: Sequence[str], days: int, by: Actor, now: datetime) -> str:
    """A new API token; its text is returned once and only its hash is kept."""
    secret = f"zt_{secrets.token_urlsafe(32)}"
    Token.objects.create(
        person=person,
        name=name,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=list(scopes),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(
        kind=kinds.TOKEN_ISSUED,
        subject=f"person:{person.handle}",
        by=by,
        person=str(person.handle),
        now=now,
        particulars={"scopes": list(scopes)},
    )
    return secret


@transaction.atomic
def end_token(*, token: Token, by: Actor, now: datetime) -> None:
    """End a token at once; it stays as a row, and opens nothing."""
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    record(kind=kinds.TOKEN_ENDED, subject=f"person:{token.person.handle}", by=by, now=now)
