"""The node's keys: one signs checkpoints, one cosigns those of others, one blinds names and seals acts.

They are files of the node, not of the database; made at first use, readable by the owner alone, and to be kept with the
backups, but apart from them. The key that signs can be in a device instead (PKCS#11).
"""

import secrets
from collections.abc import Callable
from functools import lru_cache
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

from zhengtong.common.secret_file import kept
from zhengtong.engines.merkle import ED25519, SM2, Cosigner, Ed25519Key, Signer, SigningKey, Sm2Key
from zhengtong.ledger import device
from zhengtong.ledger.suite import Mac, suite

NAMES = {ED25519: "ledger.pem", SM2: "ledger.sm2"}
SM2_LENGTH = 32  # of the private part, which is followed by the public one


def origin() -> str:
    """The log's name for those who verify it, at the time when it begins; C2SP has it served at this address."""
    return f"{urlsplit(settings.ZHENGTONG_URL).netloc}/ledger"


def signer(name: str) -> Signer:
    """Who signs the checkpoints of the log `name`."""
    return Signer(name, signing_key())


def signing_key() -> SigningKey:
    """The key in the file, or the one in the device that ZHENGTONG_LEDGER_KEY names."""
    if settings.ZHENGTONG_LEDGER_KEY:
        return device.signing_key(settings.ZHENGTONG_LEDGER_KEY)
    path = folder() / NAMES[suite().kind]
    kept(path, _NEW[suite().kind])
    return _signing_key(path, path.stat().st_mtime_ns)


def drafted_key() -> SigningKey:
    """The file's successor, drafted beside it; made if there is none yet."""
    draft = _draft()
    kept(draft, _NEW[suite().kind])
    return _signing_key(draft, draft.stat().st_mtime_ns)


def is_drafted() -> bool:
    return _draft().exists()


def take_draft() -> None:
    """Put the successor in the place of the present key, which is thereby destroyed."""
    _draft().replace(folder() / NAMES[suite().kind])


def _draft() -> Path:
    return folder() / f"{NAMES[suite().kind]}.next"


def cosigner() -> Cosigner:
    """Who cosigns the checkpoints of other logs: this node as a witness. Its key is Ed25519 in every suite."""
    path = folder() / "witness.pem"
    kept(path, _new_ed25519)
    return Cosigner(f"{urlsplit(settings.ZHENGTONG_URL).netloc}/witness", _signing_key(path, path.stat().st_mtime_ns))


def blind(subject: str) -> str:
    """What the public log calls a subject: the same each time, and nobody can tell of whom."""
    return _keyed(b"subject", subject.encode())[:16].hex()


def blind_person(handle: str) -> str:
    """What the log and its tables call the person whom acts concern, in the same way."""
    return _keyed(b"person", handle.encode())[:16].hex()


def sealing() -> Callable[[bytes, str], bytes]:
    """How the program seals the facts of an act and whom it was told to concern: only it can."""
    mac = _mac(settings.ZHENGTONG_VAR, suite().name)
    return lambda facts, person: mac(b"act\0" + facts + person.encode())


def folder() -> Path:
    return Path(settings.ZHENGTONG_VAR) / "keys"


def _keyed(purpose: bytes, content: bytes) -> bytes:
    return _mac(settings.ZHENGTONG_VAR, suite().name)(purpose + b"\0" + content)


@lru_cache(maxsize=8)
def _signing_key(path: Path, _changed: int) -> SigningKey:
    content = path.read_bytes()
    if len(content) == 3 * SM2_LENGTH:
        return Sm2Key(content[:SM2_LENGTH], content[SM2_LENGTH:])
    key = load_pem_private_key(content, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return Ed25519Key(key)


def _new_ed25519() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _new_sm2() -> bytes:
    from gmssl_pyx import sm2_key_generate

    public, private = sm2_key_generate()
    return bytes(private + public)


_NEW: dict[bytes, Callable[[], bytes]] = {ED25519: _new_ed25519, SM2: _new_sm2}


@lru_cache(maxsize=4)
def _mac(var: str | Path, _suite: str) -> Mac:
    return suite().keyed(kept(Path(var) / "keys" / "ledger.secret", lambda: secrets.token_bytes(32)))
