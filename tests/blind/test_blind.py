"""A blind signature is an ordinary signature afterwards, and the signer has never seen what was signed."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateNumbers,
    RSAPublicNumbers,
    rsa_crt_dmp1,
    rsa_crt_dmq1,
)
from cryptography.hazmat.primitives.asymmetric.rsa import rsa_crt_iqmp as inverse_of_q

from zhengtong.engines.blind import BlindFault, blind, finalise, new_key, rsa, sign_blinded, verify

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "participation" / "rfc9474_test_vectors.json"
TOKEN = bytes(range(32))


@pytest.fixture(scope="module")
def key():
    return new_key()


def vectors():
    if not VECTORS.exists():
        pytest.skip(f"the vectors of RFC 9474 are not there: {VECTORS.name}")
    return [{name: bytes.fromhex(value) for name, value in each.items()} for each in json.loads(VECTORS.read_text())]


def key_of(vector):
    p, q, d, n, e = (int.from_bytes(vector[name]) for name in ("p", "q", "d", "n", "e"))
    public = RSAPublicNumbers(e, n)
    return RSAPrivateNumbers(p, q, d, rsa_crt_dmp1(d, p), rsa_crt_dmq1(d, q), inverse_of_q(p, q), public).private_key()


def test_every_vector_of_the_standard_is_encoded_blinded_and_signed_as_it_says():
    for vector in vectors():
        key = key_of(vector)
        public, inverse = key.public_key(), int.from_bytes(vector["inv"])
        factor = pow(inverse, -1, public.public_numbers().n)
        blinded = blind(public, vector["msg"], salt=vector["salt"], factor=factor)
        signed = sign_blinded(key, vector["blinded_msg"])
        assert rsa._encode(vector["msg"], key.key_size - 1, vector["salt"]) == int.from_bytes(vector["encoded_msg"])
        assert (blinded.message, blinded.inverse) == (vector["blinded_msg"], inverse)
        assert signed == vector["blind_sig"]
        if len(vector["salt"]) == rsa.SALT:
            assert finalise(public, vector["msg"], signed, inverse) == vector["sig"]


def test_a_token_that_was_signed_blind_is_genuine(key):
    blinded = blind(key.public_key(), TOKEN)
    signature = finalise(key.public_key(), TOKEN, sign_blinded(key, blinded.message), blinded.inverse)
    assert verify(key.public_key(), TOKEN, signature)
    assert not verify(key.public_key(), bytes(32), signature)
    assert not verify(new_key().public_key(), TOKEN, signature)


def test_what_the_signer_sees_never_comes_twice_and_is_not_the_token(key):
    first, second = (blind(key.public_key(), TOKEN) for _ in range(2))
    assert first.message != second.message


def test_a_signer_who_signs_something_else_is_found_out(key):
    blinded, other = blind(key.public_key(), TOKEN), blind(key.public_key(), bytes(32))
    with pytest.raises(BlindFault):
        finalise(key.public_key(), TOKEN, sign_blinded(key, other.message), blinded.inverse)


@pytest.mark.parametrize("wrong", [b"", b"x", bytes(256), b"\xff" * 256, bytes(257)])
def test_what_is_no_blinded_message_is_refused(key, wrong):
    with pytest.raises(BlindFault):
        sign_blinded(key, wrong)
