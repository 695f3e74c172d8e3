"""A voice carries its holder's mark: both keepers open it together, neither alone, and a device that lies is caught."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.engines.ballots import TrusteeFault, new_trustee
from zhengtong.engines.ballots.groups import ED25519
from zhengtong.engines.blind import BlindFault, finalise, new_key, sign_blinded, verify
from zhengtong.engines.blind.opening import (
    bound_to,
    certificate,
    check_certificate,
    check_share,
    joint,
    new_keeper,
    opened,
    share_of,
)
from zhengtong.engines.blind.sealed import GROUP, MANY, SEAL, as_shown, candidate, expanded, marked, new_seed, read_seal

VECTOR = Path(__file__).with_name("sealed_vector.json")
KEY = new_key()
PUBLIC = KEY.public_key()
KEEPERS = [new_keeper() for _ in range(2)]
JOINT = joint([each for _, each in KEEPERS])
MARK, OTHER = (bytes([number]) * 32 for number in (1, 2))
bytes32 = st.binary(min_size=32, max_size=32)


def made(seed, mark=MARK, key=JOINT):
    return candidate(PUBLIC, key=key, mark=mark, seed=seed)


def shares(seal, about="a request"):
    told = [share_of(secret=secret, seal=seal, about=about) for secret, _ in KEEPERS]
    pairs = zip(told, KEEPERS, strict=True)
    return [check_share(one, public=check_certificate(kept), seal=seal, about=about) for one, (_, kept) in pairs]


@settings(max_examples=25)
@given(seed=bytes32, mark=bytes32)
def test_both_keepers_open_a_seal_together_and_neither_alone(seed, mark):
    seal, own = made(seed, mark).seal, GROUP.write(marked(mark))
    both = shares(seal)
    assert opened(seal, both) == own
    assert own not in [opened(seal, [each]) for each in both]


@settings(max_examples=10)
@given(seed=bytes32)
def test_what_a_seed_makes_is_signed_blind_and_is_the_same_each_time(seed):
    one = made(seed)
    assert one == made(seed)
    signature = finalise(PUBLIC, one.message, sign_blinded(KEY, one.blinded.message), one.blinded.inverse)
    assert verify(PUBLIC, one.token + one.seal, signature)


def test_the_same_mark_never_gives_the_same_seal():
    assert len({made(new_seed()).seal for _ in range(20)}) == 20


def cut(left=7, *, lies=None, how=None):
    """A list of candidates, of which that in the place `lies` was made by `how`, and the seeds that are shown."""
    seeds = [new_seed() for _ in range(MANY)]
    listed = [(how if at == lies else made)(seed).blinded.message for at, seed in enumerate(seeds)]
    return listed, [seed for at, seed in enumerate(seeds) if at != left]


def shown(listed, seeds, left=7):
    return as_shown(PUBLIC, key=JOINT, mark=MARK, listed=listed, left=left, seeds=seeds)


def test_an_honest_device_is_believed_whichever_is_left():
    for left in (0, 7, MANY - 1):
        assert shown(*cut(left), left)


LIES = {
    "another's mark": lambda seed: made(seed, OTHER),
    "the key of one keeper": lambda seed: made(seed, key=check_certificate(KEEPERS[0][1])),
    "a key of its own": lambda seed: made(seed, key=check_certificate(new_keeper()[1])),
    "made of another seed": lambda seed: made(new_seed()),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_device_that_lies_is_caught_unless_its_lie_is_the_one_that_is_left(lie):
    assert not any(shown(*cut(lies=at, how=LIES[lie])) for at in (0, 6, 8, MANY - 1))
    assert shown(*cut(lies=7, how=LIES[lie]))  # 1 in 20


def test_a_list_is_whole_and_each_candidate_another():
    listed, seeds = cut()
    assert not shown(listed[:-1], seeds) and not shown(listed, seeds[:-1]) and not shown(listed, seeds[::-1])
    assert not shown([listed[0], *listed[:-1]], seeds) and not shown(listed, [seeds[0][:-1], *seeds[1:]])


@pytest.mark.parametrize("raw", [b"", bytes(SEAL), b"\xff" * SEAL, bytes(SEAL - 1)])
def test_what_is_no_seal_is_refused(raw):
    with pytest.raises(BlindFault):
        read_seal(raw)


def test_a_share_is_of_this_key_this_seal_and_this_request():
    seal, other = made(new_seed()).seal, made(new_seed()).seal
    secret, kept = KEEPERS[0]
    public, right = check_certificate(kept), share_of(secret=secret, seal=seal, about="one")
    assert check_share(right, public=public, seal=seal, about="one")
    for wrong in (
        share_of(secret=KEEPERS[1][0], seal=seal, about="one"),
        share_of(secret=secret, seal=other, about="one"),
        share_of(secret=secret, seal=seal, about="another"),
        {**right, "share": GROUP.write(GROUP.g)},
        {"share": right["share"]},
        None,
        "",
    ):
        with pytest.raises(TrusteeFault):
            check_share(wrong, public=public, seal=seal, about="one")


def test_a_key_comes_with_a_proof_that_its_keeper_has_it():
    secret, kept = new_keeper()
    assert check_certificate(kept) == check_certificate(certificate(secret))
    with pytest.raises(TrusteeFault):
        joint([kept, certificate(-secret % GROUP.q)])  # two that cancel each other
    rogue = GROUP.times(GROUP.g, GROUP.inverse(check_certificate(KEEPERS[0][1])))  # it would cancel the other key
    ballot = new_trustee(ED25519)[1]
    for wrong in (
        {**kept, "public_key": GROUP.write(rogue)},
        {"public_key": ballot["public_key"], "proof": ballot["pok"]},  # of another purpose
        certificate(GROUP.random_scalar() * 0),
        {"public_key": kept["public_key"]},
        None,
    ):
        with pytest.raises(TrusteeFault):
            check_certificate(wrong)


def test_a_request_is_bound_whole():
    assert bound_to({"one": 1, "two": "二"}) == bound_to({"two": "二", "one": 1}) != bound_to({"one": 1, "two": "三"})


def test_who_signs_cannot_work_out_the_seal_from_what_the_key_of_a_voice_says():
    """Of the seed, from which everything is made, the key of a voice holds no part: the token alone makes no seal."""
    seed = new_seed()
    one = made(seed)
    once = int.from_bytes(expanded("seal", one.token, 48)) % GROUP.q  # as it would be, were it made of the token
    hidden = GROUP.inverse(GROUP.power(JOINT, once))
    assert GROUP.times(read_seal(one.seal).beta, hidden) != marked(MARK) and seed not in one.message


def test_the_vector_that_scripts_are_held_against_still_holds():
    told = json.loads(VECTOR.read_text())
    public = RSAPublicNumbers(65537, int(told["n"], 16)).public_key()
    for each in told["candidates"]:
        one = candidate(
            public, key=GROUP.read(told["key"]), mark=bytes.fromhex(told["mark"]), seed=bytes.fromhex(each["seed"])
        )
        assert [one.token.hex(), one.seal.hex(), one.blinded.message.hex()] == [
            each[name] for name in ("token", "seal", "blinded")
        ]
