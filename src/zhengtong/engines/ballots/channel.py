"""How trustees write to each other through the one who runs the election and may not read it (sections 4.6.1-4.6.3).

From one seed that never leaves them trustees derive a key to sign with and a key to open what is sealed for them.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.credential import ALPHABET, new_token
from zhengtong.engines.ballots.election import compact
from zhengtong.engines.ballots.errors import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import Element, Group, fixed
from zhengtong.engines.ballots.proofs import exponent_holds, proof_json, prove_exponent, read_proof

SEED = 22
_TAG, _NONCE = 8, 13  # bytes; of CCM (RFC 3610) as belenios-tool uses it


@dataclass(frozen=True)
class Keys:
    """What a trustee derives from the seed."""

    group: Group
    seed: str

    @cached_property
    def signing(self) -> mpz:
        """The private exponent of signatures."""
        return self.group.hashed(f"sk|{self.seed}")

    @cached_property
    def opening(self) -> mpz:
        """The private exponent that opens what is sealed for this trustee."""
        return self.group.hashed(f"dk|{self.seed}")

    @cached_property
    def public(self) -> dict[str, str]:
        """What the certificate says."""
        power = fixed(self.group, self.group.g).power
        written = [self.group.write(power(each)) for each in (self.signing, self.opening)]
        return dict(zip(("verification", "encryption"), written, strict=True))


def new_seed() -> str:
    """Random characters; with it goes everything that the trustee sent and received."""
    return new_token(SEED)


def keys_of(group: Group, seed: str) -> Keys:
    """The keys of a seed; raises TrusteeFault where it is none."""
    if len(seed) != SEED or not set(seed) <= set(ALPHABET):
        raise TrusteeFault(text("这不是保管人的种子", "this is no seed of a trustee"))
    return Keys(group, seed)


def signed(keys: Keys, message: str) -> dict[str, Any]:
    """A message with its signature."""
    proof = prove_exponent(group=keys.group, secret=keys.signing, prefix=f"sigmsg|{message}|")
    return {"message": message, "signature": proof_json(proof)}


def signed_holds(group: Group, verification: Element, held: Any) -> bool:
    """Whether a trustee signed this message."""
    proof, prefix = read_proof(group, held["signature"]), f"sigmsg|{held['message']}|"
    return exponent_holds(group=group, public=verification, proof=proof, prefix=prefix)


def send(keys: Keys, recipient: str, message: str) -> str:
    """Signed, and sealed for the holder of a public key, who finds their own key in it."""
    inner = compact(signed(keys, compact({"recipient": recipient, "message": message})))
    return _sealed(keys.group, keys.group.read(recipient), inner)


def receive(keys: Keys, sender: str, sealed: str) -> str:
    """What was sent, where its sender signed it for this recipient; raises TrusteeFault."""
    group = keys.group
    try:
        held = json.loads(_opened(keys, json.loads(sealed)))
        told = json.loads(held["message"])
        if signed_holds(group, group.read(sender), held) and told["recipient"] == keys.public["encryption"]:
            return str(told["message"])
    except (ValueError, KeyError, TypeError, RecursionError, InvalidTag, BallotFault):
        pass
    raise TrusteeFault(text("信件无法打开，或署名不符", "a message cannot be opened, or is not by whom it says"))


def _sealed(group: Group, recipient: Element, message: str) -> str:
    nonce, hidden = group.random_scalar(), group.random_scalar()
    power = fixed(group, group.g).power
    alpha, key = power(nonce), power(hidden)
    data = _cipher(group, key).encrypt(_once(group, alpha), message.encode(), None)
    beta = group.times(group.power(recipient, nonce), key)
    return compact({"alpha": group.write(alpha), "beta": group.write(beta), "data": data.hex()})


def _opened(keys: Keys, held: Any) -> str:
    group = keys.group
    alpha, beta = group.read(held["alpha"]), group.read(held["beta"])
    key = group.times(beta, group.inverse(group.power(alpha, keys.opening)))
    return _cipher(group, key).decrypt(_once(group, alpha), bytes.fromhex(held["data"]), None).decode()


def _cipher(group: Group, key: Element) -> AESCCM:
    return AESCCM(sha256(f"key|{group.write(key)}".encode()).digest(), tag_length=_TAG)


def _once(group: Group, alpha: Element) -> bytes:
    return sha256(f"iv|{group.write(alpha)}".encode()).digest()[:_NONCE]
