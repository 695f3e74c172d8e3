"""The installation's secret, a file apart from database and backups: it wraps the keys and blinds what is looked up."""

import secrets
from functools import lru_cache
from hashlib import sha256
from hmac import digest
from pathlib import Path

from django.conf import settings

from zhengtong.common.secret_file import kept


def blind(purpose: str, value: str) -> str:
    """The same each time for the same value, so that it can be found; without the secret nobody can tell of what."""
    return derived(f"blind\0{purpose}\0{value}")[:16].hex()


def derived(purpose: str) -> bytes:
    """32 bytes for one purpose."""
    return digest(_secret(settings.ZHENGTONG_VAR), purpose.encode(), sha256)


@lru_cache(maxsize=4)
def _secret(var: str | Path) -> bytes:
    return kept(Path(var) / "keys" / "vault.secret", lambda: secrets.token_bytes(32))
