"""The group Ed25519 is the one of RFC 8032, and other programs of the Belenios format verify what we make in it.

Debian's belenios-tool 2.0 knows no such group. sirona (npm) is of other authors, and reads and makes it.
"""

import json
import shutil
import subprocess
from hashlib import sha512
from pathlib import Path

import pytest
from gmpy2 import mpz

from tests.ballots.circles import circled
from tests.ballots.elections import opened
from zhengtong.engines.ballots import BallotFault, cast, compact, verify
from zhengtong.engines.ballots.groups import ED25519

VOTES = ([[1, 0], [0, 1, 0, 1]], [[0, 1], [1, 0, 0, 0]], [[1, 0], [0, 0, 1, 0]])
# RFC 8032, section 7.1: seeds and public keys
KEYS = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ),
)


@pytest.mark.parametrize(("seed", "public"), KEYS)
def test_a_point_is_that_of_the_standard_with_its_bytes_read_as_one_number(seed, public):
    half = bytearray(sha512(bytes.fromhex(seed)).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 63 | 64
    point = ED25519.power(ED25519.g, mpz(int.from_bytes(half, "little")))
    assert ED25519.write(point) == bytes.fromhex(public)[::-1].hex()
    assert ED25519.read(ED25519.write(point)) == point


def test_ballots_that_another_program_made_are_verified():
    """Setup, threshold key and count are ours, each ballot is sirona's, which verified the whole."""
    box = verify(Path(__file__).with_name("data").joinpath("ed25519-by-sirona.bel").read_bytes())
    assert box.election.group is ED25519
    assert box.result == [[2, 1], [1, 1, 1, 1]]


@pytest.mark.skipif(not shutil.which("sirona"), reason="SKIPPED: no sirona is installed (npm install --global sirona)")
def test_another_program_verifies_what_we_made(tmp_path):
    circle = circled(ED25519)
    held = opened(group=ED25519, written=compact([["Pedersen", circle.parameters]]))
    for code, votes in zip(held.codes, VOTES, strict=True):
        held.box.accept(cast(election=held.box.election, credential=code, votes=votes))
    held.box.close()
    for secret in circle.secrets[1:]:
        held.box.take_share(*held.box.share(secret))
    assert held.box.publish() == [[2, 1], [1, 1, 1, 1]]
    (tmp_path / f"{held.box.election.uuid}.bel").write_bytes(held.box.archive.bytes())
    done = subprocess.run(["sirona", "election", "verify"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "3 ballots found" in done.stdout, done.stderr


def test_a_ballot_of_one_group_is_none_of_another():
    held, other = opened(group=ED25519), opened()
    written = json.loads(cast(election=other.box.election, credential=other.codes[0], votes=VOTES[0]))
    written |= {"election_uuid": held.box.election.uuid, "election_hash": held.box.election.fingerprint}
    with pytest.raises(BallotFault, match="no member"):
        held.box.accept(compact(written))
