"""A vote, encrypted and signed; and whether it may enter the box (sections 4.11-4.15)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.credential import private_key
from zhengtong.engines.ballots.election import Election, Question, compact, fingerprint
from zhengtong.engines.ballots.errors import BallotFault
from zhengtong.engines.ballots.group import G, Q, element, fixed, number, random_scalar
from zhengtong.engines.ballots.proofs import (
    Branch,
    Cipher,
    Proof,
    encrypt,
    exponent_holds,
    one_of_holds,
    product,
    proof_json,
    prove_exponent,
    prove_one_of,
    read_proof,
)

# Two hundred answers with their proofs take half of it.
BYTES_AT_MOST = 1_000_000
_ZERO = mpz(0)


@dataclass(frozen=True)
class Ballot:
    """A ballot that was verified; `written` is what is published and hashed."""

    written: str
    credential: mpz
    answers: tuple[tuple[Cipher, ...], ...]

    @property
    def tracking_number(self) -> str:
        """By which the voter finds it in the public archive."""
        return fingerprint(self.written)


def cast(*, election: Election, credential: str, votes: Sequence[Sequence[int]]) -> str:
    """The ballot to hand in; `votes` holds one list of 0 and 1 per question, blank first where it may be blank."""
    if len(votes) != len(election.questions):
        raise BallotFault(text("答案数与题目数不符", "not one answer for each question"))
    secret = private_key(credential=credential, uuid=election.uuid)
    public = fixed(G).power(secret)
    bound = f"{election.fingerprint}|{public}"
    pairs = zip(election.questions, votes, strict=True)
    held: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": str(public),
        "answers": [_answer(election.key, question, vote, bound) for question, vote in pairs],
    }
    told = fingerprint(compact(held))
    held["signature"] = {"hash": told, "proof": proof_json(prove_exponent(secret=secret, prefix=f"sig|{told}|"))}
    return compact(held)


def read_ballot(*, election: Election, written: str, roll: frozenset[mpz] = frozenset()) -> Ballot:
    """The ballot, with every proof, signature and group membership verified; raises BallotFault.

    Whoever is on the `roll` was found to be a member of the group when it was read.
    """
    held = _load(written)
    if held["election_uuid"] != election.uuid or held["election_hash"] != election.fingerprint:
        raise BallotFault(text("选票属于另一次选举", "it was made for another election"))
    public = number(held["credential"])
    if public not in roll:
        public = element(held["credential"])
    _check_signature(held, public)
    answers = held["answers"]
    if not isinstance(answers, list) or len(answers) != len(election.questions):
        raise BallotFault(text("答案数与题目数不符", "not one answer for each question"))
    bound = f"{election.fingerprint}|{public}"
    pairs = zip(election.questions, answers, strict=True)
    return Ballot(written, public, tuple(_read_answer(election.key, question, one, bound) for question, one in pairs))


def _load(written: str) -> dict[str, Any]:
    """Only the one canonical text is taken, so that a ballot cannot be handed in again in another dress."""
    if len(written) > BYTES_AT_MOST:
        raise BallotFault(text("选票过大", "it is too large"))
    try:
        held = json.loads(written)
    except (ValueError, RecursionError):
        held = None
    fields = ["election_uuid", "election_hash", "credential", "answers", "signature"]
    if not isinstance(held, dict) or list(held) != fields or compact(held) != written:
        raise BallotFault(text("不是规范的选票文本", "it is not a ballot in its canonical form"))
    return held


def _check_signature(held: dict[str, Any], public: mpz) -> None:
    signature = held["signature"] if isinstance(held["signature"], dict) else {}
    told = fingerprint(compact({name: value for name, value in held.items() if name != "signature"}))
    proof = read_proof(signature.get("proof"))
    if signature.get("hash") != told or not exponent_holds(public=public, proof=proof, prefix=f"sig|{told}|"):
        raise BallotFault(text("签名无效", "its signature does not hold"))


def _answer(key: mpz, question: Question, vote: Sequence[int], bound: str) -> dict[str, Any]:
    _check_vote(question, vote)
    secrets = [random_scalar() for _ in vote]
    ciphers = [encrypt(key=key, value=value, secret=secret) for value, secret in zip(vote, secrets, strict=True)]
    individual = [
        prove_one_of(
            key=key, prefix=_individual(bound, cipher),
            branches=[Branch(cipher, one, secret if one == value else None) for one in (0, 1)],
        )
        for cipher, value, secret in zip(ciphers, vote, secrets, strict=True)
    ]  # fmt: skip
    written: dict[str, Any] = {
        "choices": [{"alpha": str(one.alpha), "beta": str(one.beta)} for one in ciphers],
        "individual_proofs": [_proofs_json(proofs) for proofs in individual],
    }
    for name, (prefix, branches) in _statements(question, ciphers, bound, vote, secrets).items():
        written[name] = _proofs_json(prove_one_of(key=key, branches=branches, prefix=prefix))
    return written


def _check_vote(question: Question, vote: Sequence[int]) -> None:
    if len(vote) != question.size or any(value not in (0, 1) for value in vote):
        raise BallotFault(text("每个选项只能是 0 或 1", "each answer is 0 or 1"))
    blank, chosen = (vote[0], sum(vote[1:])) if question.blank else (0, sum(vote))
    if not (chosen == 0 if blank else question.least <= chosen <= question.most):
        raise BallotFault(text("所选的项数不符合要求", "too few or too many answers are chosen"))


def _read_answer(key: mpz, question: Question, held: Any, bound: str) -> tuple[Cipher, ...]:
    held = held if isinstance(held, dict) else {}
    ciphers = [_read_cipher(one) for one in _listed(held.get("choices"), question.size)]
    proofs = [_read_proofs(one, 2) for one in _listed(held.get("individual_proofs"), question.size)]
    for cipher, told in zip(ciphers, proofs, strict=True):
        branches = [Branch(cipher, 0), Branch(cipher, 1)]
        _require(key, branches, told, _individual(bound, cipher))
    for name, (prefix, branches) in _statements(question, ciphers, bound).items():
        _require(key, branches, _read_proofs(held.get(name), len(branches)), prefix)
    return tuple(ciphers)


def _require(key: mpz, branches: list[Branch], proofs: tuple[Proof, ...], prefix: str) -> None:
    if not one_of_holds(key=key, branches=branches, proofs=proofs, prefix=prefix):
        raise BallotFault(text("证明不成立", "a proof does not hold"))


def _statements(
    question: Question, ciphers: Sequence[Cipher], bound: str, vote: Sequence[int] = (), secrets: Sequence[mpz] = ()
) -> dict[str, tuple[str, list[Branch]]]:
    """What a whole answer proves, each with its prefix; who proves gives vote and secrets, who verifies does not."""
    said = ",".join(f"{one.alpha},{one.beta}" for one in ciphers)
    range_of = range(question.least, question.most + 1)
    chosen = slice(1 if question.blank else 0, None)
    whole, total, secret = product(ciphers[chosen]), sum(vote[chosen]), sum(secrets[chosen], _ZERO) % Q
    blank = bool(question.blank and vote and vote[0])
    true = total if vote and not blank else None
    branches = [Branch(whole, value, secret if value == true else None) for value in range_of]
    if not question.blank:
        return {"overall_proof": (f"prove|{bound}|{said}|{whole.alpha},{whole.beta}|", branches)}
    first, opening = ciphers[0], secrets[0] if secrets else None
    either = [Branch(first, 1, opening if blank else None), *branches]
    # A blank vote has the sum zero, another has zero in the place of blank.
    none = [
        Branch(first, 0, opening if vote and not blank else None),
        Branch(whole, 0, secret if blank else None),
    ]
    return {"overall_proof": (f"bproof1|{bound}|{said}|", either), "blank_proof": (f"bproof0|{bound}|{said}|", none)}


def _individual(bound: str, cipher: Cipher) -> str:
    return f"prove|{bound}|{cipher.alpha},{cipher.beta}|"


def _proofs_json(proofs: Sequence[Proof]) -> list[dict[str, str]]:
    return [proof_json(one) for one in proofs]


def _read_proofs(held: object, size: int) -> tuple[Proof, ...]:
    return tuple(read_proof(one) for one in _listed(held, size))


def _read_cipher(held: object) -> Cipher:
    told = held if isinstance(held, dict) else {}
    return Cipher(element(told.get("alpha")), element(told.get("beta")))


def _listed(held: object, size: int) -> list[Any]:
    if not isinstance(held, list) or len(held) != size:
        raise BallotFault(text("答案的形状不对", "an answer has not the shape of its question"))
    return held
