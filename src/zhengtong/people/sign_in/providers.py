"""Identity providers (OpenID Connect) that open accounts here, as the file of the settings names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from ruamel.yaml import YAML

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.people.identifiers import checked_id_number
from zhengtong.people.models import Account, Person
from zhengtong.people.sign_in import kinds
from zhengtong.people.sign_in.acts import connect
from zhengtong.people.sign_in.errors import NoAccountYet
from zhengtong.people.sign_in.models import Identity
from zhengtong.people.sign_in.sessions import Visit

_NEEDED = {"id", "name", "issuer", "client_id", "client_secret"}


@dataclass(frozen=True)
class Provider:
    """One provider. `id_number_claim` names the claim with the identity number, where the provider has checked it."""

    id: str
    name: Text
    issuer: str
    client_id: str
    client_secret: str
    id_number_claim: str = ""
    name_claim: str = "name"


def providers() -> list[Provider]:
    """Those of the file that `ZHENGTONG_IDENTITY_PROVIDERS` names. ImproperlyConfigured."""
    path = settings.ZHENGTONG_IDENTITY_PROVIDERS
    if not path:
        return []
    try:
        told = YAML(typ="safe").load(Path(path).read_text("utf-8"))
        return [_read(each) for each in told]
    except (OSError, TypeError, ValueError) as fault:
        raise ImproperlyConfigured(f"ZHENGTONG_IDENTITY_PROVIDERS: {path}: {fault}") from fault


def _read(told: Mapping[str, Any]) -> Provider:
    if missing := _NEEDED - set(told):
        raise ValueError(f"a provider lacks {', '.join(sorted(missing))}")
    return Provider(**{**told, "name": Text(told["name"])})


@transaction.atomic
def account_of(*, provider: Provider, claims: Mapping[str, Any], visit: Visit, now: datetime) -> Account:
    """The account that a provider's word opens: the connected one, else that of the person whose identity number it
    vouches for; it is opened if they have none. NoAccountYet.
    """
    known = Identity.objects.select_related("account__person").filter(issuer=provider.issuer, subject=claims["sub"])
    identity = known.filter(account__is_active=True).first()
    if identity is None:
        account = _account_for(_person(provider, claims), provider, now=now)
        identity = connect(account=account, issuer=provider.issuer, subject=claims["sub"], visit=visit, now=now)
    identity.used_at = now
    identity.save(update_fields=["used_at"])
    return identity.account


def _person(provider: Provider, claims: Mapping[str, Any]) -> Person:
    number, name = claims.get(provider.id_number_claim), claims.get(provider.name_claim)
    if not isinstance(number, str) or not isinstance(name, str) or not name.strip():
        raise NoAccountYet(provider=provider.name)
    try:
        checked = checked_id_number(number)
    except Refusal as fault:
        raise NoAccountYet(provider=provider.name) from fault
    return Person.objects.get_or_create(id_number=checked, defaults={"name": name.strip()[:100]})[0]


def _account_for(person: Person, provider: Provider, *, now: datetime) -> Account:
    account, new = Account.objects.get_or_create(person=person, defaults={"username": f"{provider.id}:{person.pk}"})
    if not account.is_active:
        raise NoAccountYet(provider=provider.name)
    if new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
        record(kind=kinds.ACCOUNT_OPENED, subject=f"person:{person.handle}", by=PROGRAM, now=now)
    return account
