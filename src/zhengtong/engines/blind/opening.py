"""Opening a seal: each of two keepers raises it with a key of their own, and proves that it was this key.

Neither share says anything alone. A proof is bound to what it was asked for, so that it is worth nothing elsewhere.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import Element, fixed
from zhengtong.engines.ballots.proofs import (
    exponent_holds,
    proof_json,
    prove_exponent,
    prove_same_exponent,
    read_proof,
    same_exponent_holds,
)
from zhengtong.engines.blind.rsa import BlindFault
from zhengtong.engines.blind.sealed import GROUP, read_seal


def new_keeper() -> tuple[mpz, dict[str, Any]]:
    """A key, which never leaves its keeper, and its certificate: the public key with a proof that they have it."""
    secret = GROUP.random_scalar()
    return secret, certificate(secret)


def certificate(secret: mpz) -> dict[str, Any]:
    """What is published of a key."""
    public = GROUP.write(fixed(GROUP, GROUP.g).power(secret))
    proof = prove_exponent(group=GROUP, secret=secret, prefix=_possession(public))
    return {"public_key": public, "proof": proof_json(proof)}


def check_certificate(held: Any) -> Element:
    """The public key, where its keeper proves to have it; TrusteeFault. A key without proof could cancel the other."""
    try:
        public, proof = GROUP.read(held["public_key"]), read_proof(GROUP, held["proof"])
    except (KeyError, TypeError, BallotFault) as fault:
        raise TrusteeFault(text("公钥无法读取", "its public key cannot be read")) from fault
    prefix = _possession(GROUP.write(public))
    if public == GROUP.one or not exponent_holds(group=GROUP, public=public, proof=proof, prefix=prefix):
        raise TrusteeFault(text("公钥的持有证明不成立", "the proof of its key does not hold"))
    return public


def joint(certificates: Sequence[Any]) -> Element:
    """The key that seals are made with: nobody has it, and all who gave a part of it open together."""
    found = GROUP.product([check_certificate(each) for each in certificates])
    if found == GROUP.one:
        raise TrusteeFault(text("两把密钥互相抵消", "the two keys cancel each other"))
    return found


def bound_to(request: Mapping[str, Any]) -> str:
    """What a share is made for: all that is told of a request, in one way of writing it."""
    return sha256(json.dumps(request, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def share_of(*, secret: mpz, seal: bytes, about: str) -> dict[str, Any]:
    """A keeper's share of opening a seal, for what it is `about` alone."""
    alpha = read_seal(seal).alpha
    public = fixed(GROUP, GROUP.g).power(secret)
    proof = prove_same_exponent(group=GROUP, secret=secret, public=public, base=alpha, prefix=_opening(seal, about))
    return {"share": GROUP.write(GROUP.power(alpha, secret)), "proof": proof_json(proof)}


def check_share(held: Any, *, public: Element, seal: bytes, about: str) -> Element:
    """The share, where it was made with the key of `public`, of this seal, for this; TrusteeFault."""
    try:
        raised, proof = GROUP.read(held["share"]), read_proof(GROUP, held["proof"])
    except (KeyError, TypeError, BallotFault) as fault:
        raise TrusteeFault(text("解密份额无法读取", "its share cannot be read")) from fault
    alpha, prefix = read_seal(seal).alpha, _opening(seal, about)
    if not same_exponent_holds(group=GROUP, public=public, base=alpha, raised=raised, proof=proof, prefix=prefix):
        raise TrusteeFault(
            text("份额不是用这把密钥为这项请求所作", "its share is not of this key, or not for this request")
        )
    return raised


def opened(seal: bytes, shares: Sequence[Element]) -> str:
    """The element that was sealed, as it is written, by the shares of all keepers."""
    try:
        beta = read_seal(seal).beta
    except BlindFault as fault:
        raise TrusteeFault(text("封印无法读取", "the seal cannot be read")) from fault
    return GROUP.write(GROUP.times(beta, GROUP.inverse(GROUP.product(shares))))


def _possession(public: str) -> str:
    return f"zhengtong opening key|{GROUP.name}|{public}|"


def _opening(seal: bytes, about: str) -> str:
    return f"zhengtong opening|{seal.hex()}|{about}|"
