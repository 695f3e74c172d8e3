"""Authenticated encryption by published suites: AES-256-GCM (NIST SP 800-38D), or SM4-GCM (GB/T 32907, GB/T 36624)."""

import secrets
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, TAG = 12, 16

__all__ = ["NAMES", "SUITES", "InvalidTag", "Suite"]


class Suite(Protocol):
    """A cipher with its key. `about` is bound to the content: a seal moved elsewhere does not open."""

    def seal(self, plain: bytes, about: bytes) -> bytes: ...

    def open(self, sealed: bytes, about: bytes) -> bytes: ...


class Aes:
    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, about: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about)


class Sm4:
    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key[:16])

    def seal(self, plain: bytes, about: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        cipher = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(about)
        return nonce + cipher.update(plain) + cipher.finalize() + cipher.tag

    def open(self, sealed: bytes, about: bytes) -> bytes:
        nonce, content, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        cipher = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(about)
        return cipher.update(content) + cipher.finalize()


SUITES: dict[int, type[Aes] | type[Sm4]] = {1: Aes, 2: Sm4}  # by the first byte of what was sealed
NAMES = {"ed25519-sha256": 1, "sm2-sm3": 2}  # by the setting ZHENGTONG_SUITE
