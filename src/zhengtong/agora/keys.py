"""The keys that sign voices: one for each round, a file of the node, so that a voice is worth nothing elsewhere."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings

from zhengtong.common.secret_file import kept
from zhengtong.engines.blind import new_key


def key_of(number: str) -> RSAPrivateKey:
    """The key of the round with this case number; made at first use."""
    return _key(Path(settings.ZHENGTONG_VAR) / "keys" / "rounds" / f"{number}.pem")


@lru_cache(maxsize=64)
def _key(path: Path) -> RSAPrivateKey:
    key = load_pem_private_key(kept(path, _made), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{path.name} holds no RSA key")
    return key


def _made() -> bytes:
    return new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
