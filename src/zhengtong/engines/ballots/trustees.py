"""Who can open the sum, and only together: single keys, and keys of which a threshold is enough (sections 4.5-4.7)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gmpy2 import invert, mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.channel import signed_holds
from zhengtong.engines.ballots.errors import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import Element, Group, fixed
from zhengtong.engines.ballots.groups import BELENIOS_2048
from zhengtong.engines.ballots.proofs import exponent_holds, proof_json, prove_exponent, read_proof


@dataclass(frozen=True)
class Circle:
    """Trustees of whom `needed` must open; one alone is a circle of one."""

    keys: tuple[Element, ...]
    needed: int
    key: Element


def new_trustee(group: Group = BELENIOS_2048) -> tuple[mpz, dict[str, Any]]:
    """A private key, which never leaves its keeper, and what is published of it."""
    secret = group.random_scalar()
    return secret, published_key(group, secret)


def published_key(group: Group, secret: mpz) -> dict[str, Any]:
    """The public key with the proof that its keeper knows the private one."""
    public = group.write(fixed(group, group.g).power(secret))
    proof = prove_exponent(group=group, secret=secret, prefix=f"pok|{group.name}|{public}|")
    return {"pok": proof_json(proof), "public_key": public}


def check_published(held: Any, *, group: Group = BELENIOS_2048) -> Element:
    """The public key, where its proof holds; raises TrusteeFault. Without it a late key could cancel the others."""
    try:
        public, proof = group.read(held["public_key"]), read_proof(group, held["pok"])
    except (KeyError, TypeError, BallotFault) as fault:
        raise TrusteeFault(text("公钥无法读取", "its public key cannot be read")) from fault
    prefix = f"pok|{group.name}|{group.write(public)}|"
    if not exponent_holds(group=group, public=public, proof=proof, prefix=prefix):
        raise TrusteeFault(text("公钥的持有证明不成立", "the proof of its key does not hold"))
    return public


def read_trustees(written: str, *, group: Group = BELENIOS_2048) -> tuple[Circle, ...]:
    """Every circle with its keys verified; raises TrusteeFault."""
    try:
        held = json.loads(written)
        return tuple(_CIRCLES[kind](group, value) for kind, value in held)
    except (ValueError, KeyError, TypeError, RecursionError, BallotFault) as fault:
        raise TrusteeFault(text("保管人文件无法读取", "the file of trustees cannot be read")) from fault


def joint_key(circles: Sequence[Circle], *, group: Group = BELENIOS_2048) -> Element:
    """The key that votes are encrypted with."""
    return group.product([one.key for one in circles])


def keys_in_order(circles: Sequence[Circle]) -> tuple[Element, ...]:
    """Trustee number 1 first."""
    return tuple(key for circle in circles for key in circle.keys)


def combine(group: Group, circles: Sequence[Circle], factors: Mapping[int, Element]) -> Element:
    """One decryption factor from those of the trustees, by number; raises TrusteeFault where too few have opened."""
    found, first = group.one, 1
    for circle in circles:
        numbers = [at for at in range(1, len(circle.keys) + 1) if first + at - 1 in factors]
        if len(numbers) < circle.needed:
            raise TrusteeFault(text("开票的保管人不足", "too few trustees have opened"))
        numbers = numbers[: circle.needed]
        for at in numbers:
            share = factors[first + at - 1]
            weighed = group.power(share, _lagrange(group.q, at, numbers)) if len(circle.keys) > 1 else share
            found = group.times(found, weighed)
        first += len(circle.keys)
    return found


def _lagrange(q: mpz, at: int, numbers: Sequence[int]) -> mpz:
    found = mpz(1)
    for other in numbers:
        if other != at:
            found = found * other * invert(mpz(other - at) % q, q) % q
    return found


def _single(group: Group, held: Any) -> Circle:
    public = check_published(held, group=group)
    return Circle((public,), 1, public)


def _threshold(group: Group, held: Any) -> Circle:
    """Feldman's commitments decide what each trustee's key must be; certificates say whose commitments they are."""
    keys = tuple(check_published(one, group=group) for one in held["verification_keys"])
    needed, certificates, commitments = held["threshold"], held["certs"], held["coefexps"]
    if not len(keys) == len(certificates) == len(commitments) or not 0 < needed <= len(keys):
        raise TrusteeFault(text("门限不成立", "the threshold cannot be"))
    pairs = zip(certificates, commitments, strict=True)
    rows = [_commitments(group, certificate, one, needed) for certificate, one in pairs]
    for at, key in enumerate(keys, 1):
        if key != share_key(group, rows, at):
            raise TrusteeFault(text("公钥与其承诺不符", "a key is not what the commitments give"))
    return Circle(keys, needed, share_key(group, rows, 0))


def share_key(group: Group, rows: Sequence[Sequence[Element]], at: int) -> Element:
    """The public key of the trustee's share, from the commitments of all; at 0, that of the whole circle."""
    return group.product(
        [group.power(one, mpz(at) ** exponent % group.q) for row in rows for exponent, one in enumerate(row)]
    )


def _commitments(group: Group, certificate: Any, signed: Any, needed: int) -> list[Element]:
    keys = json.loads(certificate["message"])
    verification = group.read(keys["verification"])
    group.read(keys["encryption"])
    for one in (certificate, signed):
        if not signed_holds(group, verification, one):
            raise TrusteeFault(text("签名不成立", "a signature does not hold"))
    row = [group.read(one) for one in json.loads(signed["message"])["coefexps"]]
    if len(row) != needed:
        raise TrusteeFault(text("承诺的个数不符", "the number of commitments is not the threshold"))
    return row


_CIRCLES = {"Single": _single, "Pedersen": _threshold}
