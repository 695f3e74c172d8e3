"""Counting without opening a ballot: the product of ciphertexts, opened by the trustees together (4.16-4.19)."""

from collections.abc import Mapping, Sequence
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.ballot import Ballot
from zhengtong.engines.ballots.election import Election
from zhengtong.engines.ballots.errors import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import G, P, element, fixed, power
from zhengtong.engines.ballots.proofs import (
    Cipher,
    product,
    proof_json,
    prove_same_exponent,
    quotient,
    read_proof,
    same_exponent_holds,
)
from zhengtong.engines.ballots.trustees import Circle, combine

Sums = tuple[tuple[Cipher, ...], ...]


def last_of_each(ballots: Sequence[Ballot]) -> list[Ballot]:
    """Who voted again is counted once, as last voted."""
    return list({one.credential: one for one in ballots}.values())


def sums(election: Election, ballots: Sequence[Ballot]) -> Sums:
    """The encrypted number of votes for each answer."""
    counted = last_of_each(ballots)
    return tuple(
        tuple(product([one.answers[at][place] for one in counted]) for place in range(question.size))
        for at, question in enumerate(election.questions)
    )


def sums_json(held: Sums) -> list[list[dict[str, str]]]:
    """As the format writes it."""
    return [[{"alpha": str(one.alpha), "beta": str(one.beta)} for one in row] for row in held]


def read_sums(held: Any) -> Sums:
    """Read what `sums_json` wrote; raises BallotFault where a number is no member of the group."""
    return tuple(tuple(Cipher(element(one["alpha"]), element(one["beta"])) for one in row) for row in held)


def open_partly(*, election: Election, secret: mpz, encrypted: Sums) -> dict[str, Any]:
    """A trustee's share of the decryption, with the proof for each number that it was computed with their key."""
    public, prefix = fixed(G).power(secret), f"decrypt|{election.fingerprint}|"
    return {
        "decryption_factors": [[str(power(one.alpha, secret)) for one in row] for row in encrypted],
        "decryption_proofs": [
            [
                proof_json(prove_same_exponent(secret=secret, public=public, base=one.alpha, prefix=prefix))
                for one in row
            ]
            for row in encrypted
        ],
    }


def check_partly(*, election: Election, public: mpz, encrypted: Sums, held: Any) -> list[list[mpz]]:
    """The factors, where every proof holds; raises TrusteeFault."""
    try:
        factors = [[element(one) for one in row] for row in held["decryption_factors"]]
        proofs = [[read_proof(one) for one in row] for row in held["decryption_proofs"]]
    except (KeyError, TypeError, BallotFault) as fault:
        raise TrusteeFault(text("解密份额无法读取", "its share of the decryption cannot be read")) from fault
    shape = [len(row) for row in encrypted]
    if [len(row) for row in factors] != shape or [len(row) for row in proofs] != shape:
        raise TrusteeFault(text("解密份额的形状不对", "its share has not the shape of the sums"))
    prefix = f"decrypt|{election.fingerprint}|"
    for row, raised, told in zip(encrypted, factors, proofs, strict=True):
        for one, factor, proof in zip(row, raised, told, strict=True):
            if not same_exponent_holds(public=public, base=one.alpha, raised=factor, proof=proof, prefix=prefix):
                raise TrusteeFault(text("解密证明不成立", "a proof of its decryption does not hold"))
    return factors


def counted(
    *, circles: Sequence[Circle], encrypted: Sums, factors: Mapping[int, list[list[mpz]]], ballots: int
) -> list[list[int]]:
    """The votes for each answer, between 0 and the number of ballots; raises TrusteeFault."""
    votes = _logarithms(ballots)
    found = []
    for at, row in enumerate(encrypted):
        opened = [
            quotient(one.beta, combine(circles, {number: held[at][place] for number, held in factors.items()}))
            for place, one in enumerate(row)
        ]
        if any(one not in votes for one in opened):
            raise TrusteeFault(text("解密结果不是票数", "what was opened is no number of votes"))
        found.append([votes[one] for one in opened])
    return found


def _logarithms(most: int) -> dict[mpz, int]:
    found, member = {}, mpz(1)
    for votes in range(most + 1):
        found[member] = votes
        member = member * G % P
    return found
