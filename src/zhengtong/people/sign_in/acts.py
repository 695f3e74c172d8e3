"""Signing in, and changing what opens an account. Each is one transaction, but a try is written down first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.models import Account
from zhengtong.people.sign_in import codes, events, kinds
from zhengtong.people.sign_in.decide import CODES, WINDOW
from zhengtong.people.sign_in.errors import (
    IdentityTaken,
    LastWayIn,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from zhengtong.people.sign_in.log import named, note, settle, throttled
from zhengtong.people.sign_in.models import CodeApp, Event, Identity, Passkey, RecoveryCode, Session
from zhengtong.people.sign_in.queries import ways_in
from zhengtong.people.sign_in.sealing import seal, unseal
from zhengtong.people.sign_in.sessions import Visit

RESETS = 3  # mailed links for one name in a while


def check_password(*, username: str, password: str, visit: Visit, now: datetime) -> Account:
    """The account that this name and password open. WrongPassword; SignInHeld before anything is hashed."""
    tried = throttled(named(username), visit=visit, now=now)
    account = None if "\x00" in username else authenticate(username=username, password=password)
    if not isinstance(account, Account):
        known = Account.objects.filter(username=username.replace("\x00", "")).first()
        settle(tried, events.FAILED, known)
        raise WrongPassword
    settle(tried, events.PASSWORD_RIGHT, account)
    return account


def check_code(*, account: Account, code: str, visit: Visit, now: datetime) -> None:
    """A code of the app, or a recovery code, of which each is good once. WrongCode, SignInHeld."""
    recovery = codes.looks_like_recovery(code)
    tried = throttled(named(f"code of {account.pk}{' recovery' * recovery}"), visit=visit, now=now, limits=CODES)
    with transaction.atomic():
        right = _use_recovery_code(account, code, visit, now) if recovery else _use_code(account, code, now)
        settle(tried, events.PROVED if right else events.CODE_FAILED, account)
    if not right:
        raise WrongCode


def _use_code(account: Account, code: str, now: datetime) -> bool:
    app = CodeApp.objects.select_for_update().filter(account=account).first()
    secret = unseal(app.sealed) if app else None
    step = codes.matching_step(secret, code, now=now, after=app.last_step) if app and secret else None
    if app is None or step is None:
        return False
    app.last_step, app.used_at = step, now
    app.save(update_fields=["last_step", "used_at"])
    return True


def _use_recovery_code(account: Account, code: str, visit: Visit, now: datetime) -> bool:
    """One statement marks it as used, so that two at once cannot both have it."""
    unused = RecoveryCode.objects.filter(account=account, digest=codes.digest_of(code), used_at__isnull=True)
    if not unused.update(used_at=now):
        return False
    note(account, "recovery-code-used", visit=visit, now=now)
    return True


@transaction.atomic
def add_code_app(*, account: Account, secret: bytes, code: str, visit: Visit, now: datetime) -> list[str]:
    """Set up the code app after a first right code; recovery codes, if these are the first. WrongCode."""
    step = codes.matching_step(secret, code, now=now, after=0)
    if step is None:
        raise WrongCode
    CodeApp.objects.update_or_create(
        account=account, defaults={"sealed": seal(secret), "last_step": step, "added_at": now, "used_at": now}
    )
    return _added(account, "code-app", visit=visit, now=now)


@transaction.atomic
def add_passkey(
    *, account: Account, credential: bytes, data: bytes, counter: int, name: str, visit: Visit, now: datetime
) -> list[str]:
    """Keep a passkey whose making was verified; recovery codes, if it is the first factor."""
    Passkey.objects.create(
        account=account, credential=credential, data=data, counter=counter, name=name[:60], added_at=now
    )
    return _added(account, "passkey", name=name[:60], visit=visit, now=now)


def _added(account: Account, factor: str, *, visit: Visit, now: datetime, name: str = "") -> list[str]:
    record(kind=kinds.FACTOR_ADDED, particulars={"factor": factor}, **_own(account, now))
    note(account, f"{factor}-added", visit=visit, now=now, what=name)
    if account.recovery_codes.filter(used_at__isnull=True).exists():
        return []
    return renew_recovery_codes(account=account, visit=visit, now=now)


@transaction.atomic
def remove_code_app(*, account: Account, visit: Visit, now: datetime) -> None:
    """Take the code app away."""
    if CodeApp.objects.filter(account=account).delete()[0]:
        record(kind=kinds.FACTOR_REMOVED, particulars={"factor": "code-app"}, **_own(account, now))
        note(account, "code-app-removed", visit=visit, now=now)


@transaction.atomic
def remove_passkey(*, passkey: Passkey, visit: Visit, now: datetime) -> None:
    """Take a passkey away. LastWayIn."""
    account = _locked(passkey.account)
    if ways_in(account) == 1 and not account.has_usable_password():
        raise LastWayIn
    passkey.delete()
    record(kind=kinds.FACTOR_REMOVED, particulars={"factor": "passkey"}, **_own(account, now))
    note(account, "passkey-removed", visit=visit, now=now, what=passkey.name)


@transaction.atomic
def renew_recovery_codes(*, account: Account, visit: Visit, now: datetime) -> list[str]:
    """New recovery codes instead of all old ones; they are shown once."""
    made = codes.new_recovery_codes()
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=codes.digest_of(code)) for code in made)
    record(kind=kinds.CODES_RENEWED, **_own(account, now))
    note(account, "codes-renewed", visit=visit, now=now)
    return made


@transaction.atomic
def change_password(*, account: Account, password: str, visit: Visit, now: datetime) -> None:
    """Set a new password, which ends every session. WeakPassword."""
    _set_password(account, password)
    record(kind=kinds.PASSWORD_CHANGED, **_own(account, now))
    note(account, "password-changed", visit=visit, now=now)


@transaction.atomic
def ask_reset(*, username: str, visit: Visit, now: datetime) -> None:
    """Let a link be mailed, a few times in a while; for a name that nobody has, only write it down."""
    name = named(username)
    if Event.objects.filter(name=name, kind=events.RESET_ASKED, at__gt=now - WINDOW).count() >= RESETS:
        return
    account = Account.objects.filter(username=username.replace("\x00", ""), is_active=True).first()
    if account:
        note(account, events.RESET_ASKED, visit=visit, now=now)
    else:
        Event.objects.create(name=name, kind=events.RESET_ASKED, at=now, address=visit.address, device=visit.device)


@transaction.atomic
def reset_password(
    *, account: Account, password: str, still_good: Callable[[Account], bool], visit: Visit, now: datetime
) -> bool:
    """Set a new password by a mailed link, if it is still good when the account is locked. WeakPassword."""
    account = _locked(account)
    if not still_good(account):
        return False
    _set_password(account, password)
    record(kind=kinds.PASSWORD_RESET, **_own(account, now))
    note(account, events.RESET, visit=visit, now=now)
    return True


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise WeakPassword(why=" ".join(fault.messages)) from fault
    account.set_password(password)
    account.save(update_fields=["password"])
    account.sessions.all().delete()


@transaction.atomic
def end_sessions(*, account: Account, sessions: Any, visit: Visit, now: datetime) -> int:
    """End some sessions of an account; how many there were."""
    ended: int = Session.objects.filter(account=account, pk__in=[each.pk for each in sessions]).delete()[0]
    if ended:
        note(account, "session-ended" if ended == 1 else "sessions-ended", visit=visit, now=now)
    return ended


@transaction.atomic
def connect(*, account: Account, issuer: str, subject: str, visit: Visit, now: datetime) -> Identity:
    """Let what a provider calls the person open the account; the same again changes nothing. IdentityTaken."""
    identity, new = Identity.objects.get_or_create(
        issuer=issuer, subject=subject, defaults={"account": account, "connected_at": now}
    )
    if identity.account_id != account.pk:
        raise IdentityTaken
    if new:
        record(kind=kinds.IDENTITY_CONNECTED, **_own(account, now))
        note(account, "identity-connected", visit=visit, now=now, what=issuer)
    return identity


@transaction.atomic
def disconnect(*, identity: Identity, visit: Visit, now: datetime) -> None:
    """Let it open the account no more. LastWayIn."""
    account = _locked(identity.account)
    if ways_in(account) == 1 and not account.has_usable_password():
        raise LastWayIn
    identity.delete()
    record(kind=kinds.IDENTITY_LEFT, **_own(account, now))
    note(account, "identity-disconnected", visit=visit, now=now, what=identity.issuer)


@transaction.atomic
def restore(*, account: Account, reason: str, by: Actor, post: str, visit: Visit, now: datetime) -> None:
    """After a check in person: no password, no factor, no session any more; a mailed link sets a new password.

    No charter grants a power for it, so it is recorded as the act of a person, with the post that they hold.
    """
    account = _locked(account)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    for held in (account.passkeys, account.recovery_codes, account.identities, account.sessions):
        held.all().delete()
    CodeApp.objects.filter(account=account).delete()
    account.person.tokens.filter(revoked_at__isnull=True).update(revoked_at=now)
    subject, checked_in = f"person:{account.person.handle}", {"post": post}
    record(kind=kinds.ACCOUNT_RESTORED, subject=subject, by=by, now=now, reason=reason, particulars=checked_in)
    note(account, "restored", visit=visit, now=now)


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update().select_related("person").get(pk=account.pk)


def _own(account: Account, now: datetime) -> dict[str, Any]:
    """What the ledger is told of somebody's own act upon their account."""
    person = account.person
    return {"subject": f"person:{person.handle}", "by": Actor(person), "now": now}
