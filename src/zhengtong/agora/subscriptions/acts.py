"""Asking for letters, confirming it, and ending it: by a button on a page, never by opening a link."""

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from zhengtong.agora.subscriptions.errors import LinkOver, NotAnAddress
from zhengtong.agora.subscriptions.models import Subscription
from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text
from zhengtong.vault.secret import blind

SALT = "zhengtong.subscriptions"
CONFIRM_WITHIN, ASK_AGAIN = timedelta(days=3), timedelta(days=1)


def names(charter: Charter) -> dict[str, dict[str, Text]]:
    """What one can subscribe to, by kind and id."""
    return {
        "place": {each.code: each.name for each in charter.regions.values()},
        "topic": dict(charter.themes),
        "office": {each.id: each.name for each in charter.organisations.values()},
    }


def token(found: Subscription) -> str:
    """What leads to a subscription; whoever has it can confirm and end it, and nothing else."""
    return signing.dumps(str(found.handle), salt=SALT)


def by_token(written: str, *, now: datetime) -> Subscription:
    """The subscription that a link leads to. LinkOver."""
    try:
        handle = signing.loads(written, salt=SALT)
    except signing.BadSignature as fault:
        raise LinkOver from fault
    found = Subscription.objects.filter(handle=handle).first()
    if found is None or (found.confirmed_at is None and found.asked_at < now - CONFIRM_WITHIN):
        raise LinkOver
    return found


@transaction.atomic
def subscribe(*, charter: Charter, address: str, what: str, language: str, now: datetime) -> None:
    """Ask for letters on `place:…`, `topic:…` or `office:…`. It tells nobody whether the address was known before."""
    kind, _, of = what.partition(":")
    known = names(charter).get(kind, {})
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise NotAnAddress from fault
    if of not in known or len(address) > 254:
        raise NotAnAddress
    found, new = Subscription.objects.select_for_update().get_or_create(
        known_by=blind("subscription", address.lower()),
        kind=kind,
        of=of,
        defaults={"address": address, "language": language, "asked_at": now},
    )
    if not new and found.confirmed_at is None and found.asked_at < now - ASK_AGAIN:
        found.asked_at, found.question_sent_at, found.tries = now, None, 0
        found.save(update_fields=["asked_at", "question_sent_at", "tries"])


@transaction.atomic
def confirm(*, found: Subscription, now: datetime) -> None:
    """Whoever reads the address wants the letters: what is new from now on is told."""
    Subscription.objects.filter(pk=found.pk, confirmed_at=None).update(confirmed_at=now, told_until=now, tries=0)


@transaction.atomic
def end(*, found: Subscription, all_of_them: bool = False) -> None:
    """No more letters, or none at all to its address; nothing of it is kept."""
    ended = Q(known_by=found.known_by) if all_of_them else Q(pk=found.pk)
    Subscription.objects.filter(ended).delete()


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete what nobody confirmed in time; how many. The worker's."""
    return Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN).delete()[0]
