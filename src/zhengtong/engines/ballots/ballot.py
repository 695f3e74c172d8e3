"""A vote, encrypted and signed; and whether it may enter the box (sections 4.11-4.15)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengtong.common.text import text
from zhengtong.engines.ballots.credential import private_key
from zhengtong.engines.ballots.election import Election, Question, compact, fingerprint
from zhengtong.engines.ballots.errors import BallotFault
from zhengtong.engines.ballots.group import Element, Group, fixed
from zhengtong.engines.ballots.proofs import (
    Branch,
    Cipher,
    Opening,
    Proof,
    Statement,
    all_hold,
    encrypt,
    exponent_holds,
    multiplied,
    proof_json,
    prove_exponent,
    prove_one_of,
    read_proof,
)

# Two hundred answers with their proofs take half of it.
BYTES_AT_MOST = 1_000_000


@dataclass(frozen=True)
class Ballot:
    """A ballot that was verified; `written` is what is published and hashed, `credential` as it is written there."""

    written: str
    credential: str
    answers: tuple[tuple[Cipher, ...], ...]

    @property
    def tracking_number(self) -> str:
        """By which the voter finds it in the public archive."""
        return fingerprint(self.written)


def cast(*, election: Election, credential: str, votes: Sequence[Sequence[int]]) -> str:
    """The ballot to hand in; `votes` holds one list of 0 and 1 per question, blank first where it may be blank."""
    if len(votes) != len(election.questions):
        raise BallotFault(text("答案数与题目数不符", "not one answer for each question"))
    group = election.group
    secret = private_key(credential=credential, uuid=election.uuid, group=group)
    public = group.write(fixed(group, group.g).power(secret))
    bound = f"{election.fingerprint}|{public}"
    pairs = zip(election.questions, votes, strict=True)
    held: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": public,
        "answers": [_answer(election, question, vote, bound) for question, vote in pairs],
    }
    told = fingerprint(compact(held))
    proof = prove_exponent(group=group, secret=secret, prefix=f"sig|{told}|")
    held["signature"] = {"hash": told, "proof": proof_json(proof)}
    return compact(held)


def read_ballot(*, election: Election, written: str, roll: Mapping[str, Element] | None = None) -> Ballot:
    """The ballot, with every proof, signature and group membership verified; raises BallotFault.

    Whoever is on the `roll` was found to be a member of the group when it was read.
    """
    held = _load(written)
    if held["election_uuid"] != election.uuid or held["election_hash"] != election.fingerprint:
        raise BallotFault(text("选票属于另一次选举", "it was made for another election"))
    named, group = held["credential"], election.group
    known = (roll or {}).get(named) if isinstance(named, str) else None
    public = group.read(named) if known is None else known
    _check_signature(group, held, public)
    answers = held["answers"]
    if not isinstance(answers, list) or len(answers) != len(election.questions):
        raise BallotFault(text("答案数与题目数不符", "not one answer for each question"))
    bound = f"{election.fingerprint}|{named}"
    pairs = zip(election.questions, answers, strict=True)
    return Ballot(written, named, tuple(_read_answer(election, question, one, bound) for question, one in pairs))


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


def _check_signature(group: Group, held: dict[str, Any], public: Element) -> None:
    signature = held["signature"] if isinstance(held["signature"], dict) else {}
    told = fingerprint(compact({name: value for name, value in held.items() if name != "signature"}))
    proof, prefix = read_proof(group, signature.get("proof")), f"sig|{told}|"
    if signature.get("hash") != told or not exponent_holds(group=group, public=public, proof=proof, prefix=prefix):
        raise BallotFault(text("签名无效", "its signature does not hold"))


def _answer(election: Election, question: Question, vote: Sequence[int], bound: str) -> dict[str, Any]:
    _check_vote(question, vote)
    group, key = election.group, election.key
    made = [Opening(group.random_scalar(), value) for value in vote]
    ciphers = [encrypt(group=group, key=key, opening=one) for one in made]
    openings = dict(zip(ciphers, made, strict=True))
    chosen = made[1:] if question.blank else made
    summed = Opening(sum(one.secret for one in chosen) % group.q, sum(one.value for one in chosen))
    openings[_whole(group, question, ciphers)] = summed
    proofs = [
        _proofs_json(prove_one_of(group=group, key=key, statement=one, openings=openings))
        for one in _statements(group, question, ciphers, bound)
    ]
    size = len(ciphers)
    return {
        "choices": [cipher_json(group, one) for one in ciphers],
        "individual_proofs": proofs[:size],
        **dict(zip(_overall(question), proofs[size:], strict=True)),
    }


def _check_vote(question: Question, vote: Sequence[int]) -> None:
    if len(vote) != question.size or any(value not in (0, 1) for value in vote):
        raise BallotFault(text("每个选项只能是 0 或 1", "each answer is 0 or 1"))
    blank, chosen = (vote[0], sum(vote[1:])) if question.blank else (0, sum(vote))
    if not (chosen == 0 if blank else question.least <= chosen <= question.most):
        raise BallotFault(text("所选的项数不符合要求", "too few or too many answers are chosen"))


def _read_answer(election: Election, question: Question, held: Any, bound: str) -> tuple[Cipher, ...]:
    group = election.group
    held = held if isinstance(held, dict) else {}
    ciphers = [_read_cipher(group, one) for one in _listed(held.get("choices"), question.size)]
    statements = _statements(group, question, ciphers, bound)
    told = [*_listed(held.get("individual_proofs"), question.size), *(held.get(each) for each in _overall(question))]
    proofs = [_read_proofs(group, one, len(each.branches)) for one, each in zip(told, statements, strict=True)]
    if not all_hold(group=group, key=election.key, statements=statements, proofs=proofs):
        raise BallotFault(text("证明不成立", "a proof does not hold"))
    return tuple(ciphers)


def _statements(group: Group, question: Question, ciphers: Sequence[Cipher], bound: str) -> list[Statement]:
    """What an answer proves: first each choice for itself, then the whole, as `_overall` names it."""
    written = [f"{group.write(one.alpha)},{group.write(one.beta)}" for one in ciphers]
    individual = [
        Statement(f"prove|{bound}|{said}|", [Branch(one, 0), Branch(one, 1)])
        for one, said in zip(ciphers, written, strict=True)
    ]
    whole, said = _whole(group, question, ciphers), ",".join(written)
    branches = [Branch(whole, value) for value in range(question.least, question.most + 1)]
    if not question.blank:
        summed = f"{group.write(whole.alpha)},{group.write(whole.beta)}"
        return [*individual, Statement(f"prove|{bound}|{said}|{summed}|", branches)]
    # A blank vote has the sum zero, another has zero in the place of blank.
    either = Statement(f"bproof1|{bound}|{said}|", [Branch(ciphers[0], 1), *branches])
    return [*individual, either, Statement(f"bproof0|{bound}|{said}|", [Branch(ciphers[0], 0), Branch(whole, 0)])]


def _overall(question: Question) -> tuple[str, ...]:
    return ("overall_proof", "blank_proof") if question.blank else ("overall_proof",)


def _whole(group: Group, question: Question, ciphers: Sequence[Cipher]) -> Cipher:
    return multiplied(group, ciphers[1:] if question.blank else ciphers)


def cipher_json(group: Group, held: Cipher) -> dict[str, str]:
    """As the format writes it."""
    return {"alpha": group.write(held.alpha), "beta": group.write(held.beta)}


def _proofs_json(proofs: Sequence[Proof]) -> list[dict[str, str]]:
    return [proof_json(one) for one in proofs]


def _read_proofs(group: Group, held: object, size: int) -> tuple[Proof, ...]:
    return tuple(read_proof(group, one) for one in _listed(held, size))


def _read_cipher(group: Group, held: object) -> Cipher:
    """Both in their canonical form; whether they are members is seen when they are raised."""
    told = held if isinstance(held, dict) else {}
    return Cipher(group.parse(told.get("alpha")), group.parse(told.get("beta")))


def _listed(held: object, size: int) -> list[Any]:
    if not isinstance(held, list) or len(held) != size:
        raise BallotFault(text("答案的形状不对", "an answer has not the shape of its question"))
    return held
