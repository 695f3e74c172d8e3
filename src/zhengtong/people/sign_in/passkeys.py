"""Passkeys (WebAuthn): asking a device, and holding its answer against what was asked.

The `state` of a question is kept by the session and good for one answer. User verification is always asked for, so a
passkey is two factors: the device, and what unlocks it.
"""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhengtong.people.models import Account
from zhengtong.people.sign_in.acts import add_passkey
from zhengtong.people.sign_in.errors import WrongPasskey
from zhengtong.people.sign_in.models import Passkey
from zhengtong.people.sign_in.sessions import Visit

Question = tuple[dict[str, Any], dict[str, Any]]  # what the browser is given, and the state that the session keeps
_REQUIRED = UserVerificationRequirement.REQUIRED
_LONGEST = 16_000  # characters of an answer


def ask_to_make(account: Account, *, origin: str) -> Question:
    """The question for a new passkey; devices that hold one already are left out."""
    user = PublicKeyCredentialUserEntity(
        id=salted_hmac("zhengtong.passkey", str(account.pk), algorithm="sha256").digest(),
        name=account.username,
        display_name=account.person.name,
    )
    options, state = _server(origin).register_begin(
        user,
        [AttestedCredentialData(bytes(each.data)) for each in account.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_REQUIRED,
    )
    return dict(options.public_key), state


def ask_to_show(account: Account | None, *, origin: str) -> Question:
    """The question for a passkey of this account, or for any."""
    known = [AttestedCredentialData(bytes(each.data)) for each in account.passkeys.all()] if account else None
    options, state = _server(origin).authenticate_begin(known, user_verification=_REQUIRED)
    return dict(options.public_key), state


def made(
    answer: str, state: dict[str, Any] | None, *, account: Account, origin: str, name: str, visit: Visit, now: datetime
) -> list[str]:
    """Keep the passkey that was made; recovery codes, if these are the first. WrongPasskey."""
    try:
        told = _server(origin).register_complete(_asked(state), _read(answer))
    except (ValueError, KeyError, TypeError, AssertionError) as fault:
        raise WrongPasskey from fault
    data = told.credential_data
    if data is None or Passkey.objects.filter(credential=data.credential_id).exists():
        raise WrongPasskey
    return add_passkey(
        account=account,
        credential=data.credential_id,
        data=bytes(data),
        counter=told.counter,
        name=name,
        visit=visit,
        now=now,
    )


@transaction.atomic
def shown(answer: str, state: dict[str, Any] | None, *, account: Account | None, origin: str, now: datetime) -> Account:
    """The account whose passkey was shown: of `account` alone, or of any where nobody was named. WrongPasskey."""
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        passkey = _locked(bytes(response.raw_id), account)
        _server(origin).authenticate_complete(_asked(state), [AttestedCredentialData(bytes(passkey.data))], response)
    except (ValueError, KeyError, TypeError, AssertionError, Passkey.DoesNotExist) as fault:
        raise WrongPasskey from fault
    counter = response.response.authenticator_data.counter
    if (counter or passkey.counter) and counter <= passkey.counter:
        raise WrongPasskey  # a copy of the device has been used meanwhile
    passkey.counter, passkey.used_at = counter, now
    passkey.save(update_fields=["counter", "used_at"])
    return passkey.account


def _locked(credential: bytes, account: Account | None) -> Passkey:
    found = Passkey.objects.select_for_update(of=("self",)).select_related("account__person")
    owners = {"account": account} if account else {}
    return found.get(credential=credential, account__is_active=True, **owners)


def _server(origin: str) -> Fido2Server:
    host = urlsplit(origin).hostname or ""
    return Fido2Server(PublicKeyCredentialRpEntity(name=host, id=host), verify_origin=lambda shown: shown == origin)


def _asked(state: dict[str, Any] | None) -> dict[str, Any]:
    if not state:
        raise ValueError("nothing was asked")
    return state


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > _LONGEST:
        raise ValueError("too long")
    told = json.loads(answer)
    if not isinstance(told, dict):
        raise TypeError("not an object")
    return told
