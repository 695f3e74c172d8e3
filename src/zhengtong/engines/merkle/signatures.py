"""Kinds of signature that a note can bear, each with its type byte of C2SP signed-note.

Ed25519 (RFC 8032) signs the note's text. A cosignature (C2SP tlog-cosignature) signs the text with a time. SM2
(GB/T 32918.2, with SM3 and the usual identity 1234567812345678) has no byte assigned, so its type is 0xff and a name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
SM2 = b"\xffsm2-sm3"

TIME = 8  # bytes before the signature in a cosignature
HALF = 32  # bytes of each number of an SM2 signature


class SigningKey(Protocol):
    """A private key, wherever it is kept: in a file, or in a device that never gives it out."""

    @property
    def kind(self) -> bytes: ...

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Ed25519Key:
    """An Ed25519 key in memory."""

    private: Ed25519PrivateKey
    kind: bytes = ED25519

    @cached_property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


@dataclass(frozen=True)
class Sm2Key:
    """An SM2 key in memory: 32 private and 64 public bytes."""

    private: bytes
    public: bytes
    kind: bytes = SM2

    def sign(self, message: bytes) -> bytes:
        from gmssl_pyx import sm2_sign

        pair = decode_dss_signature(sm2_sign(self.private, self.public, message))
        return b"".join(number.to_bytes(HALF, "big") for number in pair)


def cosigned(text: str, at: int) -> bytes:
    """What a witness signs: that it has seen this checkpoint at that second of POSIX time."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosigned_at(signature: bytes) -> int:
    """When a cosignature was made, as its maker says."""
    return int.from_bytes(signature[:TIME], "big")


def _ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _cosignature(key: bytes, message: bytes, signature: bytes) -> bool:
    return _ed25519(key, cosigned(message.decode(), cosigned_at(signature)), signature[TIME:])


def _sm2(key: bytes, message: bytes, signature: bytes) -> bool:
    from gmssl_pyx import InvalidValueError, sm2_verify

    if len(signature) != 2 * HALF:
        return False
    pair = (int.from_bytes(signature[:HALF], "big"), int.from_bytes(signature[HALF:], "big"))
    try:
        return bool(sm2_verify(key, message, encode_dss_signature(*pair)))
    except InvalidValueError:
        return False


Verify = Callable[[bytes, bytes, bytes], bool]
KINDS: dict[bytes, tuple[int, Verify]] = {  # type -> length of the public key, and how a signature is checked
    ED25519: (32, _ed25519),
    COSIGNATURE: (32, _cosignature),
    SM2: (64, _sm2),
}
