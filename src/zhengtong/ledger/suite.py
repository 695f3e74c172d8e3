"""The suite of cryptography that a node's ledger is of: Ed25519 and SHA-256, or SM2 and SM3 (国密).

A log keeps the suite that it began with, since its tree is hashed by it. Both have hashes and codes of 32 bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from hmac import digest

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from zhengtong.engines.merkle import ED25519, SHA256, SM2, SM3, Hashing

Mac = Callable[[bytes], bytes]
BLOCK = 64  # bytes that SHA-256 takes in at once


@dataclass(frozen=True)
class Suite:
    """`kind` of the log's signatures, `hashing` of its tree, `mac` of seals, commitments and blind names."""

    name: str
    kind: bytes
    hashing: Hashing
    mac: Callable[[bytes, bytes], bytes]
    keyed: Callable[[bytes], Mac]  # `mac` under one key, for many contents


def _hmac_sha256(key: bytes, content: bytes) -> bytes:
    return digest(key, content, sha256)


def _keyed_sha256(key: bytes) -> Mac:
    """HMAC (RFC 2104) whose two hashes have taken in the key beforehand: half of what each content would cost."""
    block = (sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    inner, outer = (sha256(bytes(byte ^ pad for byte in block)).copy for pad in (0x36, 0x5C))

    def mac(content: bytes) -> bytes:
        within, around = inner(), outer()
        within.update(content)
        around.update(within.digest())
        return around.digest()

    return mac


def _hmac_sm3(key: bytes, content: bytes) -> bytes:
    from gmssl_pyx import sm3_hmac

    return bytes(sm3_hmac(key, content))


SUITES = {
    each.name: each
    for each in (
        Suite("ed25519-sha256", ED25519, SHA256, _hmac_sha256, _keyed_sha256),
        Suite("sm2-sm3", SM2, SM3, _hmac_sm3, lambda key: partial(_hmac_sm3, key)),
    )
}


def suite() -> Suite:
    """The suite of this node, by ZHENGTONG_SUITE."""
    try:
        return SUITES[settings.ZHENGTONG_SUITE]
    except KeyError:
        raise ImproperlyConfigured(f"ZHENGTONG_SUITE is one of {', '.join(SUITES)}") from None
