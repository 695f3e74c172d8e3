"""The node's keys: one signs checkpoints, one blinds subjects and seals acts. Files of the node, not of the database.

They are made at first use, readable by the owner alone, and must be kept with the backups, but apart from them.
"""

import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from hmac import digest
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from zhengtong.engines.merkle import Signer


def origin() -> str:
    """The log's name for those who verify it, at the time when it begins."""
    return f"{urlsplit(settings.ZHENGTONG_URL).netloc}/ledger"


def signer(name: str) -> Signer:
    """Who signs the checkpoints of the log `name`."""
    return Signer(name, _signing_key(settings.ZHENGTONG_VAR))


def blind(subject: str) -> str:
    """What the public log calls a subject: the same each time, and nobody can tell of whom."""
    return _keyed(b"subject", subject.encode())[:16].hex()


def seal(content: bytes) -> bytes:
    """What only the program can put under an act."""
    return _keyed(b"act", content)


def _keyed(purpose: bytes, content: bytes) -> bytes:
    return digest(_secret(settings.ZHENGTONG_VAR), purpose + b"\0" + content, sha256)


@lru_cache(maxsize=4)
def _signing_key(var: str | Path) -> Ed25519PrivateKey:
    path = Path(var) / "keys" / "ledger.pem"
    key = load_pem_private_key(_kept(path, _new_signing_key), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def _new_signing_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@lru_cache(maxsize=4)
def _secret(var: str | Path) -> bytes:
    return _kept(Path(var) / "keys" / "ledger.secret", lambda: secrets.token_bytes(32))


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's content; made first if there is none. Of processes that make it at once, one wins, whole."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
