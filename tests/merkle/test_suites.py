"""The Chinese suite: SM3 and SM2 against the examples of their standards, and a log that is made of them."""

from dataclasses import replace
from hashlib import algorithms_available, new

import pytest

from zhengtong.engines.merkle import (
    SHA256,
    SM2,
    SM3,
    Checkpoint,
    CompactRange,
    NoteFault,
    Receipt,
    Signer,
    Sm2Key,
    Verifier,
    consistency_proof,
    grow,
    inclusion_proof,
    reader,
    tile_reader,
    tree_root,
    verify_consistency,
)

pytest.importorskip("gmssl_pyx", reason="the Chinese suite needs `pip install -r requirements/crypto.txt`")

# GB/T 32918.5-2017, appendix A.2: the recommended curve, identity 1234567812345678, the text "message digest".
PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
OURS = Signer("qingshan.example/ledger", Sm2Key(PRIVATE, PUBLIC))
LEAVES = [SM3.leaf(b"entry %d" % n) for n in range(700)]


@pytest.mark.parametrize(  # GB/T 32905-2016, appendix A
    ("text", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_what_its_standard_says(text: bytes, digest: str) -> None:
    assert SM3.digest(text).hex() == digest


def test_sm3_is_that_of_openssl() -> None:
    if "sm3" not in algorithms_available:
        pytest.skip("this Python's OpenSSL has no SM3")
    for length in (0, 1, 55, 56, 64, 1000):
        assert SM3.digest(b"x" * length) == new("sm3", b"x" * length).digest()


def test_the_signature_of_the_standard_is_believed() -> None:
    key = Verifier("example", PUBLIC, SM2)
    assert key.verifies("message digest", SIGNATURE)
    assert not key.verifies("message digesT", SIGNATURE)
    assert not key.verifies("message digest", SIGNATURE[:-1] + b"\xab")
    assert not key.verifies("message digest", SIGNATURE[:-1])
    assert not key.verifies("message digest", b"")


def test_a_checkpoint_is_signed_and_its_key_is_published() -> None:
    head = Checkpoint(OURS.name, 700, SM3.root(LEAVES))
    published = str(OURS.verifier)
    assert Verifier.parse(published) == OURS.verifier
    assert Checkpoint.opened(head.signed(OURS), Verifier.parse(published)) == head
    with pytest.raises(NoteFault, match="is wrong"):
        Checkpoint.opened(head.signed(OURS).replace("\n700\n", "\n701\n"), OURS.verifier)


def test_its_proofs_and_tiles_hold_and_are_not_those_of_the_other_suite() -> None:
    tiles = grow(size=0, leaves=LEAVES, read_tile=lambda *_: b"", hashing=SM3)
    read = tile_reader(lambda level, index: tiles[level, index], SM3)
    root = tree_root(size=700, read=read, hashing=SM3)
    assert root == SM3.root(LEAVES) != SHA256.root(LEAVES)
    edge = CompactRange.read(size=699, read=read, hashing=SM3)
    edge.append(LEAVES[699])
    assert edge.root() == root
    note = Checkpoint(OURS.name, 700, root).signed(OURS)
    kept = Receipt(5, tuple(inclusion_proof(index=5, size=700, read=read, hashing=SM3)), note)
    assert kept.check(LEAVES[5], OURS.verifier, SM3).size == 700
    with pytest.raises(NoteFault, match="not in this log"):
        kept.check(LEAVES[5], OURS.verifier)
    with pytest.raises(NoteFault, match="not in this log"):
        replace(kept, index=6).check(LEAVES[5], OURS.verifier, SM3)
    told = {"old": 300, "new": 700, "old_root": SM3.root(LEAVES[:300]), "new_root": root}
    shown = consistency_proof(old=300, new=700, read=reader(LEAVES, SM3), hashing=SM3)
    assert verify_consistency(**told, proof=shown, hashing=SM3)  # type: ignore[arg-type]
    assert not verify_consistency(**told, proof=shown)  # type: ignore[arg-type]
