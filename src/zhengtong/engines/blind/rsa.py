"""RSABSSA-SHA384-PSS-Deterministic of RFC 9474: for messages that hold 32 random bytes or more, as tokens do.

A finished signature is an ordinary RSASSA-PSS signature (RFC 8017) with SHA-384 and 48 bytes of salt.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha384
from math import gcd

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA384

HASH = 48  # bytes of SHA-384
SALT = 48
LEAST_BITS = 2048


class BlindFault(ValueError):
    """What was given is no blinded message, blind signature or signature under this key."""


@dataclass(frozen=True)
class Blinded:
    """`message` goes to the signer; `inverse` stays with whoever blinded it and undoes the blinding."""

    message: bytes
    inverse: int


def new_key(bits: int = LEAST_BITS) -> RSAPrivateKey:
    """A key for one purpose only: whoever holds a token signed with it has whatever this key stands for."""
    return generate_private_key(public_exponent=65537, key_size=bits)


def blind(key: RSAPublicKey, message: bytes, *, salt: bytes | None = None, factor: int | None = None) -> Blinded:
    """Blind a message (section 4.2). `salt` and `factor` are chosen at random; tests with vectors give them."""
    numbers = key.public_numbers()
    encoded = _encode(message, key.key_size - 1, secrets.token_bytes(SALT) if salt is None else salt)
    if gcd(encoded, numbers.n) != 1:
        raise BlindFault("the message cannot be signed with this key")
    while factor is None or gcd(factor, numbers.n) != 1:
        factor = secrets.randbelow(numbers.n - 1) + 1
    blinded = encoded * pow(factor, numbers.e, numbers.n) % numbers.n
    return Blinded(_bytes(blinded, key.key_size), pow(factor, -1, numbers.n))


def sign_blinded(key: RSAPrivateKey, blinded: bytes) -> bytes:
    """Sign what cannot be read (section 4.3), blinded once more against timing, and checked before it goes out."""
    numbers = key.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    message = _number(blinded, key.key_size, n)
    again = secrets.randbelow(n - 1) + 1
    hidden = message * pow(again, e, n) % n
    left, right = pow(hidden, numbers.dmp1, numbers.p), pow(hidden, numbers.dmq1, numbers.q)
    power = right + numbers.q * (numbers.iqmp * (left - right) % numbers.p)
    signed = power * pow(again, -1, n) % n
    if pow(signed, e, n) != message:
        raise BlindFault("signing failed")  # a fault of the machine would otherwise betray the key
    return _bytes(signed, key.key_size)


def finalise(key: RSAPublicKey, message: bytes, blind_signature: bytes, inverse: int) -> bytes:
    """The signature on `message` (section 4.4); BlindFault if the signer did not sign what it was given."""
    n = key.public_numbers().n
    signature = _bytes(_number(blind_signature, key.key_size, n) * inverse % n, key.key_size)
    if not verify(key, message, signature):
        raise BlindFault("the signer did not sign this message")
    return signature


def verify(key: RSAPublicKey, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of this key on this message (section 4.5)."""
    try:
        key.verify(signature, message, PSS(MGF1(SHA384()), SALT), SHA384())
    except InvalidSignature:
        return False
    return True


def _encode(message: bytes, bits: int, salt: bytes) -> int:
    """EMSA-PSS-ENCODE of RFC 8017, section 9.1.1."""
    length = -(-bits // 8)
    if length < HASH + len(salt) + 2:
        raise BlindFault("the key is too small")
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH - 2) + b"\x01" + salt
    masked = int.from_bytes(block) ^ int.from_bytes(mask(digest, len(block)))
    masked &= (1 << (bits - 8 * (HASH + 1))) - 1
    return (masked << 8 * (HASH + 1)) | int.from_bytes(digest + b"\xbc")


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-384, RFC 8017, appendix B.2.1."""
    blocks = range(-(-length // HASH))
    return b"".join(sha384(seed + block.to_bytes(4)).digest() for block in blocks)[:length]


def _number(given: bytes, bits: int, n: int) -> int:
    number = int.from_bytes(given)
    if len(given) != -(-bits // 8) or not 0 < number < n:
        raise BlindFault("not a number below the modulus of the key")
    return number


def _bytes(number: int, bits: int) -> bytes:
    return number.to_bytes(-(-bits // 8))
