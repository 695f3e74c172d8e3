"""The key of an election on this node: it seals what waits and keys the marks, and is destroyed when the vote ends."""

import hmac
import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

from zhengtong.common.secret_file import kept

_NONCE = 12


def _path(election: str) -> Path:
    return Path(settings.ZHENGTONG_VAR) / "keys" / "ballots" / f"{election}.key"


def _key(election: str) -> bytes:
    return kept(_path(election), ChaCha20Poly1305.generate_key)


def seal(election: str, said: bytes, *, length: int) -> bytes:
    """Sealed, and filled up to `length` first, so that no length tells one from another."""
    nonce = os.urandom(_NONCE)
    filled = len(said).to_bytes(4) + said + bytes(max(0, length - len(said)))
    return nonce + ChaCha20Poly1305(_key(election)).encrypt(nonce, filled, election.encode())


def unseal(election: str, sealed: bytes) -> bytes | None:
    """What was sealed; None where somebody changed it."""
    try:
        filled = ChaCha20Poly1305(_key(election)).decrypt(sealed[:_NONCE], sealed[_NONCE:], election.encode())
    except InvalidTag:
        return None
    return filled[4 : 4 + int.from_bytes(filled[:4])]


def mark(election: str, *what: str | bytes) -> bytes:
    """What only this key can make of something, so that the mark leads back to nothing."""
    parts = [each.encode() if isinstance(each, str) else each for each in what]
    return hmac.digest(_key(election), b"".join(len(each).to_bytes(4) + each for each in parts), sha256)


def destroy(election: str) -> None:
    """After it nobody can read what waited, whatever copies of the database there are."""
    path = _path(election)
    if path.exists():
        path.write_bytes(os.urandom(path.stat().st_size))
        path.unlink()
