"""How trustees make a key together of which any `needed` of them are enough, and that no one ever holds (section 4.6).

seed, certificate = new_certificate(group)                    # each trustee; the seed stays with them
polynomial = make_polynomial(…, needed=2)                     # each, once all certificates are there
routed = vinputs(…)                                           # whoever runs the election: what is for whom
voutput = make_voutput(…, vinput=routed[at])                  # each, who thereby checks what the others sent
parameters = threshold_parameters(…)                          # what is published
secret = opened_key(…)                                        # each, when the sum is opened

Messages are sealed for their recipients: what passes through the node tells it nothing of any share.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import Text, text
from zhengtong.engines.ballots.channel import Keys, keys_of, new_seed, receive, send, signed, signed_holds
from zhengtong.engines.ballots.election import compact
from zhengtong.engines.ballots.errors import BallotFault, TrusteeFault
from zhengtong.engines.ballots.group import Element, Group, fixed, number
from zhengtong.engines.ballots.proofs import bare_proof
from zhengtong.engines.ballots.trustees import check_published, published_key, share_key

_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError, BallotFault)


def new_certificate(group: Group) -> tuple[str, dict[str, Any]]:
    """A seed, which never leaves its trustee, and the certificate of the keys that are derived from it."""
    keys = keys_of(group, new_seed())
    return keys.seed, signed(keys, compact(keys.public))


def check_certificate(group: Group, held: Any, *, trustee: int) -> dict[str, str]:
    """The public keys that it certifies; raises TrusteeFault, which names the trustee."""
    try:
        keys = json.loads(held["message"])
        public = {name: group.write(group.read(keys[name])) for name in ("verification", "encryption")}
        if signed_holds(group, group.read(public["verification"]), held):
            return public
    except _MALFORMED:
        pass
    raise _by(trustee, text("证书不成立", "the certificate does not hold"))


def make_polynomial(*, group: Group, certificates: Sequence[Any], seed: str, needed: int) -> dict[str, Any]:
    """A trustee's secret polynomial: sealed, its values for each trustee sealed for them, commitments to it signed."""
    keys = keys_of(group, seed)
    public = _all_public(group, certificates)
    _place(keys, public)
    if not 0 < needed <= len(public):
        raise TrusteeFault(text("门限不成立", "the threshold cannot be"))
    coefficients = [group.random_scalar() for _ in range(needed)]
    commitments = [group.write(fixed(group, group.g).power(each)) for each in coefficients]
    values = [_value(group, coefficients, at) for at in range(1, len(public) + 1)]
    return {
        "polynomial": send(keys, keys.public["encryption"], compact({"polynomial": list(map(str, coefficients))})),
        "secrets": [
            send(keys, each["encryption"], compact({"secret": str(value)}))
            for each, value in zip(public, values, strict=True)
        ],
        "coefexps": signed(keys, compact({"coefexps": commitments})),
    }


def check_polynomial(
    *, group: Group, certificates: Sequence[Any], held: Any, trustee: int, needed: int
) -> list[Element]:
    """The commitments of a trustee, where they are signed; TrusteeFault. Its sealed values only their readers check."""
    public = _all_public(group, certificates)
    try:
        row = commitments_of(group, public[trustee - 1]["verification"], held["coefexps"], trustee=trustee)
        sealed = [held["polynomial"], *held["secrets"]] if isinstance(held["secrets"], list) else []
        if len(row) == needed and len(sealed) == len(public) + 1 and all(isinstance(each, str) for each in sealed):
            return row
    except _MALFORMED:
        pass
    raise _by(trustee, text("多项式的形状不对", "the polynomial has not the shape that it should have"))


def commitments_of(group: Group, verification: str, held: Any, *, trustee: int) -> list[Element]:
    """What a trustee committed to; TrusteeFault where they did not sign it."""
    try:
        row = [group.read(each) for each in json.loads(held["message"])["coefexps"]]
        if signed_holds(group, group.read(verification), held):
            return row
    except _MALFORMED:
        pass
    raise _by(trustee, text("承诺没有有效签名", "the commitments are not signed"))


def named(certificates: Sequence[Any]) -> str:
    """By what a list of certificates is called: SHA-256 over its file, a line each, as hex."""
    return sha256("".join(f"{compact(each)}\n" for each in certificates).encode()).hexdigest()


def vinputs(polynomials: Sequence[Any]) -> list[dict[str, Any]]:
    """What goes to each trustee: their own polynomial, what all sealed for them, and everybody's commitments."""
    commitments = [each["coefexps"] for each in polynomials]
    return [
        {
            "polynomial": own["polynomial"],
            "secrets": [each["secrets"][at] for each in polynomials],
            "coefexps": commitments,
        }
        for at, own in enumerate(polynomials)
    ]


def make_voutput(*, group: Group, certificates: Sequence[Any], seed: str, vinput: Any) -> dict[str, Any]:
    """A trustee's share of the key, sealed for themselves, and its public key.

    TrusteeFault names who sent a value that does not fit what they committed to before all.
    """
    keys = keys_of(group, seed)
    public = _all_public(group, certificates)
    place = _place(keys, public)
    try:
        sealed, signatures = vinput["secrets"], vinput["coefexps"]
        own = json.loads(receive(keys, keys.public["verification"], vinput["polynomial"]))["polynomial"]
        if not len(sealed) == len(signatures) == len(public):
            raise ValueError
    except _MALFORMED as fault:
        raise TrusteeFault(text("收到的内容无法读取", "what was sent to this trustee cannot be read")) from fault
    secret = mpz(0)
    for trustee, (each, said, signature) in enumerate(zip(public, sealed, signatures, strict=True), 1):
        row = commitments_of(group, each["verification"], signature, trustee=trustee)
        if len(row) != len(own):
            raise _by(trustee, text("承诺的个数不符", "the number of commitments is not the threshold"))
        value = _received(keys, each["verification"], said, trustee=trustee)
        if fixed(group, group.g).power(value) != share_key(group, [row], place):
            raise _by(trustee, text("其秘密份额与承诺不符", "the secret value does not fit what was committed to"))
        secret = (secret + value) % group.q
    sealed_key = send(keys, keys.public["encryption"], compact({"decryption_key": str(secret)}))
    return {"private_key": sealed_key, "public_key": published_key(group, secret)}


def check_voutput(*, group: Group, polynomials: Sequence[Any], held: Any, trustee: int) -> dict[str, Any]:
    """A trustee's public key, where it is the one that the commitments of all give; TrusteeFault."""
    try:
        public = {name: held["public_key"][name] for name in ("pok", "public_key")}
        rows = [
            [group.read(one) for one in json.loads(each["coefexps"]["message"])["coefexps"]] for each in polynomials
        ]
        if isinstance(held["private_key"], str):
            found = check_published(public, group=group)
            if found == share_key(group, rows, trustee):
                return public | {"pok": bare_proof(public["pok"])}
    except _MALFORMED:
        pass
    raise _by(trustee, text("公钥与各人的承诺不符", "the public key is not what the commitments of all give"))


def threshold_parameters(
    *, needed: int, certificates: Sequence[Any], polynomials: Sequence[Any], keys: Sequence[Any]
) -> dict[str, Any]:
    """What is published of all of it; `read_trustees` verifies it."""
    return {
        "threshold": needed,
        "certs": list(certificates),
        "coefexps": [each["coefexps"] for each in polynomials],
        "verification_keys": list(keys),
    }


def opened_key(*, group: Group, seed: str, sealed: str) -> mpz:
    """The share of the private key that a trustee sealed for themselves; raises TrusteeFault."""
    keys = keys_of(group, seed)
    try:
        return _exponent(keys, keys.public["verification"], sealed, "decryption_key")
    except _MALFORMED as fault:
        raise TrusteeFault(text("密钥份额无法读取", "the share of the key cannot be read")) from fault


def _received(keys: Keys, sender: str, sealed: Any, *, trustee: int) -> mpz:
    try:
        return _exponent(keys, sender, sealed, "secret")
    except (*_MALFORMED, TrusteeFault) as fault:
        raise _by(trustee, text("其秘密份额无法读取", "the secret value cannot be read")) from fault


def _exponent(keys: Keys, sender: str, sealed: str, name: str) -> mpz:
    """What was sent, modulo q: belenios-tool adds up without reducing."""
    return number(json.loads(receive(keys, sender, sealed))[name]) % keys.group.q


def _all_public(group: Group, certificates: Sequence[Any]) -> list[dict[str, str]]:
    found = [check_certificate(group, each, trustee=at) for at, each in enumerate(certificates, 1)]
    if len({each["verification"] for each in found}) != len(found):
        raise TrusteeFault(text("两位保管人的证书相同", "two trustees have the same certificate"))
    return found


def _place(keys: Keys, public: Sequence[dict[str, str]]) -> int:
    if keys.public not in public:
        raise TrusteeFault(text("各证书中没有此种子的证书", "no certificate among them belongs to this seed"))
    return public.index(keys.public) + 1


def _value(group: Group, coefficients: Sequence[mpz], at: int) -> mpz:
    found = mpz(0)
    for each in reversed(coefficients):
        found = (found * at + each) % group.q
    return found


def _by(trustee: int, what: Text) -> TrusteeFault:
    """The fault of one trustee, who is named by their place."""
    said = text("第 {trustee} 位保管人：{what}", "trustee {trustee}: {what}")
    return TrusteeFault(said.format(trustee=trustee, what=what))
