"""Proofs without knowledge: of an exponent, of a value in a range, of a vote that may be blank (4.5, 4.12-4.14).

A proof keeps challenge and response; who verifies computes the commitments and asks whether they give the challenge.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gmpy2 import mpz

from zhengtong.engines.ballots.group import G, P, Q, digest, fixed, inverse, power, random_scalar, scalar


class Proof(NamedTuple):
    """One branch of a proof."""

    challenge: mpz
    response: mpz


class Cipher(NamedTuple):
    """An ElGamal ciphertext: g^r and y^r g^m."""

    alpha: mpz
    beta: mpz


class Branch(NamedTuple):
    """A statement that `cipher` holds `value`; `secret` is its r where the branch is the true one."""

    cipher: Cipher
    value: int
    secret: mpz | None = None


def proof_json(proof: Proof) -> dict[str, str]:
    """As the format writes it."""
    return {"challenge": str(proof.challenge), "response": str(proof.response)}


def read_proof(written: object) -> Proof:
    """Read what `proof_json` wrote; raises BallotFault."""
    held = written if isinstance(written, dict) else {}
    return Proof(scalar(held.get("challenge")), scalar(held.get("response")))


def prove_exponent(*, secret: mpz, prefix: str) -> Proof:
    """That one knows x of g^x; the prefix binds it to its purpose."""
    nonce = random_scalar()
    challenge = digest(prefix, fixed(G).power(nonce))
    return Proof(challenge, (nonce - secret * challenge) % Q)


def exponent_holds(*, public: mpz, proof: Proof, prefix: str) -> bool:
    """Whether the proof was made by who knows the exponent of `public`."""
    commitment = fixed(G).power(proof.response) * power(public, proof.challenge) % P
    return bool(digest(prefix, commitment) == proof.challenge)


def prove_one_of(*, key: mpz, branches: Sequence[Branch], prefix: str) -> tuple[Proof, ...]:
    """That one of the branches is true, without telling which; exactly one brings its secret."""
    true = next(at for at, branch in enumerate(branches) if branch.secret is not None)
    feigned = [Proof(random_scalar(), random_scalar()) for _ in branches]
    nonce = random_scalar()
    commitments = [_commitments(key, branch, proof) for branch, proof in zip(branches, feigned, strict=True)]
    commitments[true] = (fixed(G).power(nonce), fixed(key).power(nonce))
    others = sum(proof.challenge for at, proof in enumerate(feigned) if at != true)
    challenge = (digest(prefix, *(one for pair in commitments for one in pair)) - others) % Q
    secret = branches[true].secret or mpz(0)
    feigned[true] = Proof(challenge, (nonce - secret * challenge) % Q)
    return tuple(feigned)


def one_of_holds(*, key: mpz, branches: Sequence[Branch], proofs: Sequence[Proof], prefix: str) -> bool:
    """Whether one of the branches is true."""
    if len(proofs) != len(branches):
        return False
    pairs = [_commitments(key, branch, proof) for branch, proof in zip(branches, proofs, strict=True)]
    told = sum(proof.challenge for proof in proofs) % Q
    return bool(digest(prefix, *(one for pair in pairs for one in pair)) == told)


def _commitments(key: mpz, branch: Branch, proof: Proof) -> tuple[mpz, mpz]:
    """A = g^response alpha^challenge, B = y^response (beta / g^value)^challenge; the powers of g are laid out."""
    challenge, response = proof
    first = fixed(G).power(response) * power(branch.cipher.alpha, challenge) % P
    second = fixed(key).power(response) * power(branch.cipher.beta, challenge) % P
    if branch.value:
        second = second * fixed(G).power(-branch.value * challenge % Q) % P
    return first, second


def prove_same_exponent(*, secret: mpz, public: mpz, base: mpz, prefix: str) -> Proof:
    """That base^x was raised with the x of `public` = g^x (section 4.18)."""
    nonce = random_scalar()
    challenge = digest(f"{prefix}{public}|", fixed(G).power(nonce), power(base, nonce))
    return Proof(challenge, (nonce - secret * challenge) % Q)


def same_exponent_holds(*, public: mpz, base: mpz, raised: mpz, proof: Proof, prefix: str) -> bool:
    """Whether `raised` is base^x with the x of `public`."""
    first = fixed(G).power(proof.response) * power(public, proof.challenge) % P
    second = power(base, proof.response) * power(raised, proof.challenge) % P
    return bool(digest(f"{prefix}{public}|", first, second) == proof.challenge)


def product(ciphers: Sequence[Cipher]) -> Cipher:
    """The ciphertext of the sum of what these hold."""
    alpha = beta = mpz(1)
    for one in ciphers:
        alpha, beta = alpha * one.alpha % P, beta * one.beta % P
    return Cipher(alpha, beta)


def encrypt(*, key: mpz, value: int, secret: mpz) -> Cipher:
    """Of a small number, in the exponent."""
    hidden = fixed(key).power(secret)
    return Cipher(fixed(G).power(secret), hidden * G % P if value else hidden)


def quotient(upper: mpz, lower: mpz) -> mpz:
    """Division in the group."""
    return upper * inverse(lower) % P
