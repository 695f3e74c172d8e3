"""Who can open the sum, and only together: single keys, and keys of which a threshold is enough (sections 4.5-4.7)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gmpy2 import invert, mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.errors import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import NAME, G, P, Q, element, fixed, power, random_scalar
from zhengtong.engines.ballots.proofs import exponent_holds, proof_json, prove_exponent, read_proof


@dataclass(frozen=True)
class Circle:
    """Trustees of whom `needed` must open; one alone is a circle of one."""

    keys: tuple[mpz, ...]
    needed: int
    key: mpz


def new_trustee() -> tuple[mpz, dict[str, Any]]:
    """A private key, which never leaves its keeper, and what is published of it."""
    secret = random_scalar()
    return secret, published_key(secret)


def published_key(secret: mpz) -> dict[str, Any]:
    """The public key with the proof that its keeper knows the private one."""
    public = fixed(G).power(secret)
    return {"pok": proof_json(prove_exponent(secret=secret, prefix=f"pok|{NAME}|{public}|")), "public_key": str(public)}


def check_published(held: Any) -> mpz:
    """The public key, where its proof holds; raises TrusteeFault. Without it a late key could cancel the others."""
    try:
        public, proof = element(held["public_key"]), read_proof(held["pok"])
    except (KeyError, TypeError, BallotFault) as fault:
        raise TrusteeFault(text("公钥无法读取", "its public key cannot be read")) from fault
    if not exponent_holds(public=public, proof=proof, prefix=f"pok|{NAME}|{public}|"):
        raise TrusteeFault(text("公钥的持有证明不成立", "the proof of its key does not hold"))
    return public


def read_trustees(written: str) -> tuple[Circle, ...]:
    """Every circle with its keys verified; raises TrusteeFault."""
    try:
        held = json.loads(written)
        return tuple(_CIRCLES[kind](value) for kind, value in held)
    except (ValueError, KeyError, TypeError, RecursionError, BallotFault) as fault:
        raise TrusteeFault(text("保管人文件无法读取", "the file of trustees cannot be read")) from fault


def joint_key(circles: Sequence[Circle]) -> mpz:
    """The key that votes are encrypted with."""
    found = mpz(1)
    for one in circles:
        found = found * one.key % P
    return found


def keys_in_order(circles: Sequence[Circle]) -> tuple[mpz, ...]:
    """Trustee number 1 first."""
    return tuple(key for circle in circles for key in circle.keys)


def combine(circles: Sequence[Circle], factors: Mapping[int, mpz]) -> mpz:
    """One decryption factor from those of the trustees, by number; raises TrusteeFault where too few have opened."""
    found, first = mpz(1), 1
    for circle in circles:
        numbers = [at for at in range(1, len(circle.keys) + 1) if first + at - 1 in factors]
        if len(numbers) < circle.needed:
            raise TrusteeFault(text("开票的保管人不足", "too few trustees have opened"))
        numbers = numbers[: circle.needed]
        for at in numbers:
            share = factors[first + at - 1]
            found = found * (power(share, _lagrange(at, numbers)) if len(circle.keys) > 1 else share) % P
        first += len(circle.keys)
    return found


def _lagrange(at: int, numbers: Sequence[int]) -> mpz:
    found = mpz(1)
    for other in numbers:
        if other != at:
            found = found * other * invert(mpz(other - at) % Q, Q) % Q
    return found


def _single(held: Any) -> Circle:
    public = check_published(held)
    return Circle((public,), 1, public)


def _threshold(held: Any) -> Circle:
    """Feldman's commitments decide what each trustee's key must be; certificates say whose commitments they are."""
    keys = tuple(check_published(one) for one in held["verification_keys"])
    needed, certificates, commitments = held["threshold"], held["certs"], held["coefexps"]
    if not len(keys) == len(certificates) == len(commitments) or not 0 < needed <= len(keys):
        raise TrusteeFault(text("门限不成立", "the threshold cannot be"))
    pairs = zip(certificates, commitments, strict=True)
    rows = [_commitments(certificate, one, needed) for certificate, one in pairs]
    for at, key in enumerate(keys, 1):
        if key != share_key(rows, at):
            raise TrusteeFault(text("公钥与其承诺不符", "a key is not what the commitments give"))
    return Circle(keys, needed, share_key(rows, 0))


def share_key(rows: Sequence[Sequence[mpz]], at: int) -> mpz:
    """The public key of the trustee's share, from the commitments of all; at 0, that of the whole circle."""
    found = mpz(1)
    for row in rows:
        for exponent, commitment in enumerate(row):
            found = found * power(commitment, mpz(at) ** exponent) % P
    return found


def _commitments(certificate: Any, signed: Any, needed: int) -> list[mpz]:
    keys = json.loads(certificate["message"])
    verification = element(keys["verification"])
    element(keys["encryption"])
    for one in (certificate, signed):
        if not signed_holds(verification, one):
            raise TrusteeFault(text("签名不成立", "a signature does not hold"))
    row = [element(one) for one in json.loads(signed["message"])["coefexps"]]
    if len(row) != needed:
        raise TrusteeFault(text("承诺的个数不符", "the number of commitments is not the threshold"))
    return row


def signed_holds(verification: mpz, held: Any) -> bool:
    """Whether a trustee signed this message."""
    proof, prefix = read_proof(held["signature"]), f"sigmsg|{held['message']}|"
    return exponent_holds(public=verification, proof=proof, prefix=prefix)


_CIRCLES = {"Single": _single, "Pedersen": _threshold}
