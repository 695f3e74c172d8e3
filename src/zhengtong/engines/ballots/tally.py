"""Counting without opening a ballot: the product of ciphertexts, opened by the trustees together (4.16-4.19)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.ballot import Ballot, cipher_json
from zhengtong.engines.ballots.election import Election
from zhengtong.engines.ballots.errors import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import Element, Group, fixed
from zhengtong.engines.ballots.proofs import (
    Cipher,
    multiplied,
    proof_json,
    prove_same_exponent,
    read_proof,
    same_exponent_holds,
)
from zhengtong.engines.ballots.trustees import Circle, combine

Sums = tuple[tuple[Cipher, ...], ...]
Factors = Mapping[int, list[list[Element]]]  # of each trustee, by number


def last_of_each(ballots: Sequence[Ballot]) -> list[Ballot]:
    """Who voted again is counted once, as last voted."""
    return list({one.credential: one for one in ballots}.values())


def sums(election: Election, ballots: Sequence[Ballot]) -> Sums:
    """The encrypted number of votes for each answer."""
    counted = last_of_each(ballots)
    return tuple(
        tuple(multiplied(election.group, [one.answers[at][place] for one in counted]) for place in range(question.size))
        for at, question in enumerate(election.questions)
    )


def sums_json(group: Group, held: Sums) -> list[list[dict[str, str]]]:
    """As the format writes it."""
    return [[cipher_json(group, one) for one in row] for row in held]


def read_sums(group: Group, held: Any) -> Sums:
    """Read what `sums_json` wrote; raises BallotFault where a number is no member of the group."""
    return tuple(tuple(Cipher(group.read(one["alpha"]), group.read(one["beta"])) for one in row) for row in held)


def open_partly(*, election: Election, secret: mpz, encrypted: Sums) -> dict[str, Any]:
    """A trustee's share of the decryption, with the proof for each number that it was computed with their key."""
    group, prefix = election.group, f"decrypt|{election.fingerprint}|"
    public = fixed(group, group.g).power(secret)
    return {
        "decryption_factors": [[group.write(group.power(one.alpha, secret)) for one in row] for row in encrypted],
        "decryption_proofs": [
            [
                proof_json(
                    prove_same_exponent(group=group, secret=secret, public=public, base=one.alpha, prefix=prefix)
                )
                for one in row
            ]
            for row in encrypted
        ],
    }


def made_for(election: Election, written: str, public: str) -> dict[str, str]:
    """How a share names what it is made for: the election, the sums as the archive has them, the key of its trustee."""
    return {"election": election.fingerprint, "sums": sha256(written.encode()).hexdigest(), "key": public}


def check_partly(*, election: Election, public: Element, encrypted: Sums, held: Any) -> list[list[Element]]:
    """The factors, where every proof holds; raises TrusteeFault."""
    group = election.group
    try:
        factors = [[group.read(one) for one in row] for row in _rows(held["decryption_factors"])]
        proofs = [[read_proof(group, one) for one in row] for row in _rows(held["decryption_proofs"])]
    except (KeyError, TypeError, BallotFault) as fault:
        raise TrusteeFault(text("解密份额无法读取", "its share of the decryption cannot be read")) from fault
    shape = [len(row) for row in encrypted]
    if [len(row) for row in factors] != shape or [len(row) for row in proofs] != shape:
        raise TrusteeFault(text("解密份额的形状不对", "its share has not the shape of the sums"))
    prefix = f"decrypt|{election.fingerprint}|"
    for row, raised, told in zip(encrypted, factors, proofs, strict=True):
        for one, factor, proof in zip(row, raised, told, strict=True):
            claim = {"public": public, "base": one.alpha, "raised": factor}
            if not same_exponent_holds(group=group, **claim, proof=proof, prefix=prefix):
                raise TrusteeFault(text("解密证明不成立", "a proof of its decryption does not hold"))
    return factors


def _rows(held: Any) -> list[list[Any]]:
    """Rows as they were sent; TypeError for what only passes for them when it is run through, and is published."""
    if isinstance(held, list) and all(isinstance(row, list) for row in held):
        return held
    raise TypeError("rows are lists")


def counted(
    *,
    group: Group,
    circles: Sequence[Circle],
    encrypted: Sums,
    factors: Mapping[int, list[list[Element]]],
    ballots: int,
) -> list[list[int]]:
    """The votes for each answer, between 0 and the number of ballots; raises TrusteeFault."""
    votes = _logarithms(group, ballots)
    found = []
    for at, row in enumerate(encrypted):
        shared = [
            combine(group, circles, {number: held[at][place] for number, held in factors.items()})
            for place in range(len(row))
        ]
        opened = [group.times(one.beta, group.inverse(factor)) for one, factor in zip(row, shared, strict=True)]
        if any(one not in votes for one in opened):
            raise TrusteeFault(text("解密结果不是票数", "what was opened is no number of votes"))
        found.append([votes[one] for one in opened])
    return found


def _logarithms(group: Group, most: int) -> dict[Element, int]:
    found, member = {}, group.one
    for votes in range(most + 1):
        found[member] = votes
        member = group.times(member, group.g)
    return found
