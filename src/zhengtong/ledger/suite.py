"""The suite of cryptography that a node's ledger is of: Ed25519 and SHA-256, or SM2 and SM3 (国密).

A log keeps the suite that it began with, since its tree is hashed by it. Both have hashes and codes of 32 bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from zhengtong.engines.merkle import ED25519, SHA256, SM2, SM3, Hashing


@dataclass(frozen=True)
class Suite:
    """`kind` of the log's signatures, `hashing` of its tree, `mac` of seals, commitments and blind names."""

    name: str
    kind: bytes
    hashing: Hashing
    mac: Callable[[bytes, bytes], bytes]


def _hmac_sha256(key: bytes, content: bytes) -> bytes:
    return digest(key, content, sha256)


def _hmac_sm3(key: bytes, content: bytes) -> bytes:
    from gmssl_pyx import sm3_hmac

    return bytes(sm3_hmac(key, content))


SUITES = {
    each.name: each
    for each in (
        Suite("ed25519-sha256", ED25519, SHA256, _hmac_sha256),
        Suite("sm2-sm3", SM2, SM3, _hmac_sm3),
    )
}


def suite() -> Suite:
    """The suite of this node, by ZHENGTONG_SUITE."""
    try:
        return SUITES[settings.ZHENGTONG_SUITE]
    except KeyError:
        raise ImproperlyConfigured(f"ZHENGTONG_SUITE is one of {', '.join(SUITES)}") from None
