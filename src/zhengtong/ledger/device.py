"""A signing key that stays in a device (PKCS#11): a token is named by a URI of RFC 7512.

pkcs11:token=ledger;object=2026?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/secrets/pin
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from django.core.exceptions import ImproperlyConfigured

from zhengtong.engines.merkle import ED25519

POINT = b"\x04\x20"  # an octet string of 32 bytes: how devices wrap an Ed25519 point


@dataclass(frozen=True)
class DeviceKey:
    """An Ed25519 key in a device: it signs there, and never comes out."""

    private: Any
    public: bytes
    kind: bytes = ED25519

    def sign(self, message: bytes) -> bytes:
        from pkcs11 import Mechanism

        return bytes(self.private.sign(message, mechanism=Mechanism.EDDSA))


@lru_cache(maxsize=4)
def signing_key(uri: str) -> DeviceKey:
    """The key that `uri` names; ImproperlyConfigured if it says too little or the device has no such key."""
    import pkcs11

    where, asked = _parts(uri)
    try:
        session = _session(asked["module-path"], where["token"], asked["pin-source"])
        named = (pkcs11.KeyType.EC_EDWARDS, where["object"])
        public = session.get_key(pkcs11.ObjectClass.PUBLIC_KEY, *named)
        private = session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, *named)
    except KeyError as missing:
        raise ImproperlyConfigured(f"the address of the ledger's key lacks {missing}") from missing
    except pkcs11.PKCS11Error as why:
        raise ImproperlyConfigured(f"the ledger's key is not in its device: {type(why).__name__} {why}") from why
    return DeviceKey(private, bytes(public[pkcs11.Attribute.EC_POINT]).removeprefix(POINT))


@lru_cache(maxsize=4)
def _session(library: str, token: str, pin: str) -> Any:
    """A device lets a process sign in but once."""
    import pkcs11

    return pkcs11.lib(library).get_token(token_label=token).open(user_pin=Path(pin).read_text(encoding="utf-8").strip())


def _parts(uri: str) -> tuple[dict[str, str], dict[str, str]]:
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    where = dict(pair.partition("=")[::2] for pair in path.split(";"))
    return {key: unquote(value) for key, value in where.items()}, {k: v[0] for k, v in parse_qs(query).items()}
