"""Secrets that have to be read again, encrypted in the database (Fernet: AES-CBC and HMAC) under the secret key."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_FOR = b"zhengtong sign-in secrets"


def seal(secret: bytes) -> bytes:
    """Encrypt it under the present key."""
    return _keys().encrypt(secret)


def unseal(sealed: bytes | memoryview) -> bytes | None:
    """What was sealed, also under a key that has been replaced; None if the key is not known any more."""
    try:
        return _keys().decrypt(bytes(sealed))
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key: str | bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_FOR).derive(force_bytes(key))
    return base64.urlsafe_b64encode(derived)
