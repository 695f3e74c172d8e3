"""Proofs without knowledge: of an exponent, of a value in a range, of a vote that may be blank (4.5, 4.12-4.14).

A proof keeps challenge and response; who verifies computes the commitments and asks whether they give the challenge.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from gmpy2 import mpz

from zhengtong.engines.ballots.group import Element, Group, fixed


class Proof(NamedTuple):
    """One branch of a proof."""

    challenge: mpz
    response: mpz


class Cipher(NamedTuple):
    """An ElGamal ciphertext: g^r and y^r g^m."""

    alpha: Element
    beta: Element


class Opening(NamedTuple):
    """What its maker alone knows of a ciphertext: its r and its m."""

    secret: mpz
    value: int


class Branch(NamedTuple):
    """A claim that `cipher` holds `value`."""

    cipher: Cipher
    value: int


class Statement(NamedTuple):
    """That one of the branches is true; the prefix binds the proof to its purpose."""

    prefix: str
    branches: list[Branch]


Commitments = tuple[Element, Element]
Raised = dict[tuple[Cipher, mpz], Commitments]


def proof_json(proof: Proof) -> dict[str, str]:
    """As the format writes it."""
    return {"challenge": str(proof.challenge), "response": str(proof.response)}


def bare_proof(written: Any) -> dict[str, Any]:
    """What was verified of a proof, and nothing that lies beside it; to be published."""
    return {name: written[name] for name in ("challenge", "response")}


def read_proof(group: Group, written: object) -> Proof:
    """Read what `proof_json` wrote; raises BallotFault."""
    held = written if isinstance(written, dict) else {}
    return Proof(group.scalar(held.get("challenge")), group.scalar(held.get("response")))


def prove_exponent(*, group: Group, secret: mpz, prefix: str) -> Proof:
    """That one knows x of g^x; the prefix binds it to its purpose."""
    nonce = group.random_scalar()
    challenge = group.digest(prefix, fixed(group, group.g).power(nonce))
    return Proof(challenge, (nonce - secret * challenge) % group.q)


def exponent_holds(*, group: Group, public: Element, proof: Proof, prefix: str) -> bool:
    """Whether the proof was made by who knows the exponent of `public`."""
    known = fixed(group, group.g).power(proof.response)
    commitment = group.times(known, group.power(public, proof.challenge))
    return bool(group.digest(prefix, commitment) == proof.challenge)


def prove_one_of(
    *, group: Group, key: Element, statement: Statement, openings: dict[Cipher, Opening]
) -> tuple[Proof, ...]:
    """That one of the branches is true, without telling which.

    Whoever made the ciphertexts knows their r, and needs no power but those of generator and key, which are laid out.
    """
    known = [openings[branch.cipher] for branch in statement.branches]
    true = next(at for at, branch in enumerate(statement.branches) if known[at].value == branch.value)
    feigned = [Proof(group.random_scalar(), group.random_scalar()) for _ in known]
    feigned[true] = Proof(mpz(0), group.random_scalar())  # with no challenge yet its commitments are those of a nonce
    commitments = [
        _committed(group, key, opening, branch.value, proof)
        for opening, branch, proof in zip(known, statement.branches, feigned, strict=True)
    ]
    others = sum(proof.challenge for proof in feigned)
    challenge = (_challenge(group, statement.prefix, commitments) - others) % group.q
    feigned[true] = Proof(challenge, (feigned[true].response - known[true].secret * challenge) % group.q)
    return tuple(feigned)


def _committed(group: Group, key: Element, opening: Opening, value: int, proof: Proof) -> Commitments:
    """The same as `_commitments`, from within: alpha is g^r and beta is y^r g^m."""
    exponent = (proof.response + opening.secret * proof.challenge) % group.q
    first, second = fixed(group, group.g).power(exponent), fixed(group, key).power(exponent)
    apart = (opening.value - value) * proof.challenge % group.q
    return first, group.times(second, fixed(group, group.g).power(apart)) if apart else second


def all_hold(*, group: Group, key: Element, statements: Sequence[Statement], proofs: Sequence[Sequence[Proof]]) -> bool:
    """Whether each statement is true. BallotFault where a number of some ciphertext is no member of the group."""
    pairs = list(zip(statements, proofs, strict=True))
    raised = _raised(group, pairs)
    return all(_holds(group, key, statement, told, raised) for statement, told in pairs)


def _raised(group: Group, pairs: Sequence[tuple[Statement, Sequence[Proof]]]) -> Raised:
    """Each ciphertext raised to all its challenges, of whatever proofs, in one go, which also checks its membership."""
    asked: dict[Cipher, list[mpz]] = defaultdict(list)
    for statement, proofs in pairs:
        for branch, proof in zip(statement.branches, proofs, strict=True):
            asked[branch.cipher].append(proof.challenge)
    found: Raised = {}
    for cipher, challenges in asked.items():
        both = zip(group.powers(cipher.alpha, challenges), group.powers(cipher.beta, challenges), strict=True)
        found.update(zip(((cipher, challenge) for challenge in challenges), both, strict=True))
    return found


def _holds(group: Group, key: Element, statement: Statement, proofs: Sequence[Proof], raised: Raised) -> bool:
    pairs = [
        _commitments(group, key, branch.value, proof, raised[branch.cipher, proof.challenge])
        for branch, proof in zip(statement.branches, proofs, strict=True)
    ]
    return bool(_challenge(group, statement.prefix, pairs) == sum(proof.challenge for proof in proofs) % group.q)


def _commitments(group: Group, key: Element, value: int, proof: Proof, raised: Commitments) -> Commitments:
    """A = g^response alpha^challenge, B = y^response (beta / g^value)^challenge."""
    base = fixed(group, group.g)
    first = group.times(base.power(proof.response), raised[0])
    second = group.times(fixed(group, key).power(proof.response), raised[1])
    return first, group.times(second, base.power(-value * proof.challenge % group.q)) if value else second


def _challenge(group: Group, prefix: str, pairs: Sequence[Commitments]) -> mpz:
    return group.digest(prefix, *(one for pair in pairs for one in pair))


def prove_same_exponent(*, group: Group, secret: mpz, public: Element, base: Element, prefix: str) -> Proof:
    """That base^x was raised with the x of `public` = g^x (section 4.18)."""
    nonce = group.random_scalar()
    told = f"{prefix}{group.write(public)}|"
    challenge = group.digest(told, fixed(group, group.g).power(nonce), group.power(base, nonce))
    return Proof(challenge, (nonce - secret * challenge) % group.q)


def same_exponent_holds(
    *, group: Group, public: Element, base: Element, raised: Element, proof: Proof, prefix: str
) -> bool:
    """Whether `raised` is base^x with the x of `public`."""
    known = fixed(group, group.g).power(proof.response)
    first = group.times(known, group.power(public, proof.challenge))
    second = group.times(group.power(base, proof.response), group.power(raised, proof.challenge))
    return bool(group.digest(f"{prefix}{group.write(public)}|", first, second) == proof.challenge)


def multiplied(group: Group, ciphers: Sequence[Cipher]) -> Cipher:
    """The ciphertext of the sum of what these hold."""
    return Cipher(group.product([one.alpha for one in ciphers]), group.product([one.beta for one in ciphers]))


def encrypt(*, group: Group, key: Element, opening: Opening) -> Cipher:
    """Of a small number, in the exponent."""
    hidden = fixed(group, key).power(opening.secret)
    for _ in range(opening.value):
        hidden = group.times(hidden, group.g)
    return Cipher(fixed(group, group.g).power(opening.secret), hidden)
