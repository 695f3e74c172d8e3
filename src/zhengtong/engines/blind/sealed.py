"""A token that is signed blind and carries its holder's mark, sealed for two keys that no one body has.

The signer must not see the seal, and yet be sure of what is in it: the holder's device makes MANY candidates, the
signer chooses the one to be left, the device shows how it made all others, and the one that is left is signed (cut and
choose; Chaum, Fiat, Naor, Untraceable electronic cash, CRYPTO 1988). A device that cheats is caught with 19 in 20.

All that is random in a candidate comes from its seed, so that the seed alone shows how it was made. The seed of the
one that is signed leaves the device never: with it anybody could open the seal.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from gmpy2 import mpz

from zhengtong.engines.ballots import BallotFault
from zhengtong.engines.ballots.group import Element, fixed
from zhengtong.engines.ballots.groups import ED25519
from zhengtong.engines.ballots.proofs import Cipher
from zhengtong.engines.blind.rsa import SALT, Blinded, BlindFault, blind, mask

GROUP = ED25519
MANY = 20
SEED = TOKEN = 32
POINT = 32
SEAL = 2 * POINT
_SPARE = 16  # bytes more than a number has, so that what is left of it after division is as good as even


@dataclass(frozen=True)
class Candidate:
    """`token` and `seal` are what is signed; `blinded` is what the signer sees of it."""

    token: bytes
    seal: bytes
    blinded: Blinded

    @property
    def message(self) -> bytes:
        return self.token + self.seal


def new_seed() -> bytes:
    """Of one candidate."""
    return secrets.token_bytes(SEED)


def candidate(public: RSAPublicKey, *, key: Element, mark: bytes, seed: bytes) -> Candidate:
    """What comes of a seed under the signer's key and the two keepers' joint `key`; always the same."""
    token, once = expanded("token", seed, TOKEN), _number("seal", seed, GROUP.q)
    power = fixed(GROUP, GROUP.g).power
    seal = _written(Cipher(power(once), GROUP.times(fixed(GROUP, key).power(once), marked(mark))))
    factor = int(_number("factor", seed, public.public_numbers().n))
    return Candidate(token, seal, blind(public, token + seal, salt=expanded("salt", seed, SALT), factor=factor))


def marked(mark: bytes) -> Element:
    """The element that stands for whoever has this mark of 32 bytes. Who does not know the mark cannot make it."""
    return fixed(GROUP, GROUP.g).power(mpz(int.from_bytes(mark)) % GROUP.q)


def as_shown(
    public: RSAPublicKey, *, key: Element, mark: bytes, listed: Sequence[bytes], left: int, seeds: Sequence[bytes]
) -> bool:
    """Whether all candidates that were listed, but the one that is `left`, were made as they must from these seeds."""
    others = [each for at, each in enumerate(listed) if at != left]
    if len(listed) != MANY or len(set(listed)) != MANY or len(seeds) != len(others):
        return False
    return all(_was_made(public, key, mark, *pair) for pair in zip(others, seeds, strict=True))


def _was_made(public: RSAPublicKey, key: Element, mark: bytes, blinded: bytes, seed: bytes) -> bool:
    if len(seed) != SEED:
        return False
    return compare_digest(candidate(public, key=key, mark=mark, seed=seed).blinded.message, blinded)


def read_seal(seal: bytes) -> Cipher:
    """The two points of a seal; BlindFault where it is none."""
    if len(seal) != SEAL:
        raise BlindFault("not a seal")
    try:
        return Cipher(GROUP.read(seal[:POINT].hex()), GROUP.read(seal[POINT:].hex()))
    except BallotFault as fault:
        raise BlindFault("not a seal") from fault


def expanded(name: str, seed: bytes, length: int) -> bytes:
    """So many bytes for one purpose: MGF1 with SHA-384 over name and seed."""
    return mask(f"zhengtong seal {name}\0".encode() + seed, length)


def _number(name: str, seed: bytes, below: int) -> mpz:
    length = (int(below).bit_length() + 7) // 8 + _SPARE
    return mpz(int.from_bytes(expanded(name, seed, length))) % below


def _written(cipher: Cipher) -> bytes:
    return bytes.fromhex(GROUP.write(cipher.alpha) + GROUP.write(cipher.beta))
