"""Codes of an app (TOTP, RFC 6238) and recovery codes: making and checking them, without a database."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

PERIOD = 30
DRIFT = (-1, 0, 1)  # steps that a clock may be off
MADE = 10
_GROUP, _LENGTH = 4, 24  # characters of base 32: 120 bits


def new_secret() -> bytes:
    return secrets.token_bytes(20)


def readable(secret: bytes) -> str:
    """The secret as apps take it: base 32 in groups of four."""
    return _grouped(base64.b32encode(secret).decode())


def secret_of(text: str) -> bytes:
    """The secret that `readable` wrote."""
    return base64.b32decode(text.replace(" ", ""))


def address(secret: bytes, *, username: str, issuer: str) -> str:
    """What the square code holds that an app reads."""
    key, label = base64.b32encode(secret).decode(), quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?secret={key}&issuer={quote(issuer)}&digits=6&period={PERIOD}"


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // PERIOD


def code_at(secret: bytes, step: int) -> str:
    """The code of a step."""
    return TOTP(secret, 6, SHA1(), PERIOD).generate(step * PERIOD).decode()  # noqa: S303 what all apps use


def matching_step(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """The step whose code this is, among those that a clock may show now and that are later than `after`."""
    typed = "".join(code.split()).encode(errors="replace")
    steps = [step_at(now) + drift for drift in DRIFT]
    found = [step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), typed)]
    return next((step for step in found if step > after), None)


def new_recovery_codes() -> list[str]:
    return [_grouped(base64.b32encode(secrets.token_bytes(15)).decode()) for _ in range(MADE)]


def digest_of(code: str) -> str:
    """What is kept of a recovery code; with 120 bits nobody finds the code from it."""
    bare = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(bare.encode(errors="replace")).hexdigest()


def looks_like_recovery(code: str) -> bool:
    return sum(sign.isalnum() for sign in code) == _LENGTH


def _grouped(text: str) -> str:
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
