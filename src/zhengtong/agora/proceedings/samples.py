"""Codes under which those whom a service served are on the list of a survey: nobody else can tell whose a code is.

A code is a hash of a salt and the number of the case. Salts come from a key that the node keeps, so that no row says
who was served; whoever was is told theirs, works the code out with a hash alone, and looks for it on the list.
"""

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

_CODE = "zhengtong survey code"


def new_key() -> str:
    """The key of a list, in hexadecimal."""
    return secrets.token_hex(32)


def salt_of(key: str, number: str) -> str:
    """The salt of a case; without the key no other one can be worked out from it."""
    return hmac.digest(bytes.fromhex(key), number.encode(), "sha256").hex()


def code_of(salt: str, number: str) -> str:
    """What stands on the list: `printf 'zhengtong survey code\\n%s\\n%s\\n' SALT NUMBER | sha256sum`."""
    return sha256(f"{_CODE}\n{salt}\n{number}\n".encode()).hexdigest()


def digest_of(codes: Iterable[str]) -> str:
    """What the ledger holds of a list: the hash of its codes in their order, one a line."""
    return sha256("".join(f"{each}\n" for each in sorted(codes)).encode()).hexdigest()
