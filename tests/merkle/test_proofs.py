"""Inclusion and consistency: the published proofs are made and believed, and nothing else is."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.merkle.vectors import CONSISTENCY, INCLUSION, LEAVES, ROOTS
from zhengtong.engines.merkle import (
    consistency_proof,
    inclusion_proof,
    reader,
    root,
    verify_consistency,
    verify_inclusion,
)

READ = reader(LEAVES)
GARBAGE = sha256(b"garbage").digest()


def spoiled(proof: list[bytes], extra: bytes) -> list[list[bytes]]:
    """A proof with a piece too many, too few, or changed."""
    flipped = [[*proof[:n], bytes([part[0] ^ 8]) + part[1:], *proof[n + 1 :]] for n, part in enumerate(proof)]
    return [*flipped, [*proof, b""], [*proof, extra], [b"", *proof], [extra, *proof], *([proof[:-1]] if proof else [])]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_it_makes_and_believes_the_published_inclusion_proofs(index: int, size: int, proof: list[str]) -> None:
    made = inclusion_proof(index=index, size=size, read=READ)
    assert [part.hex() for part in made] == proof
    head = bytes.fromhex(ROOTS[size])

    def believed(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
        return verify_inclusion(index=index, size=size, leaf=leaf, proof=proof, root=root)

    assert believed(index, size, LEAVES[index], made, head)
    for other in {index - 1, index + 1, index ^ 2}:
        assert not believed(other, size, LEAVES[index], made, head)
    for other in {size * 2, size // 2}:
        assert not believed(index, other, LEAVES[index], made, head)
    assert not believed(index, size, GARBAGE, made, head)
    assert not believed(index, size, LEAVES[index], made, GARBAGE)
    for wrong in spoiled(made, head):
        assert not believed(index, size, LEAVES[index], wrong, head)


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_it_makes_and_believes_the_published_consistency_proofs(old: int, new: int, proof: list[str]) -> None:
    made = consistency_proof(old=old, new=new, read=READ)
    assert [part.hex() for part in made] == proof
    was, now = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])

    def believed(old: int, new: int, was: bytes, now: bytes, proof: list[bytes]) -> bool:
        return verify_consistency(old=old, new=new, old_root=was, new_root=now, proof=proof)

    assert believed(old, new, was, now, made)
    assert not believed(old, new, GARBAGE, now, made)
    assert not believed(old, new, was, GARBAGE, made)
    for wrong in spoiled(made, was):
        assert not believed(old, new, was, now, wrong)
    if old != new:
        assert not believed(old, new, now, was, made)
        assert not believed(old - 1, new, was, now, made)
        assert not believed(old + 1, new, was, now, made)
        assert not believed(old, new * 2, was, now, made)
        assert not believed(old, new // 2, was, now, made)


def test_an_empty_tree_is_the_beginning_of_every_tree() -> None:
    empty, some = bytes.fromhex(ROOTS[0]), bytes.fromhex(ROOTS[3])
    assert consistency_proof(old=0, new=3, read=READ) == []
    assert verify_consistency(old=0, new=3, old_root=empty, new_root=some, proof=[])
    assert not verify_consistency(old=0, new=0, old_root=empty, new_root=some, proof=[])
    assert not verify_consistency(old=0, new=3, old_root=empty, new_root=some, proof=[empty])
    assert not verify_consistency(old=3, new=2, old_root=some, new_root=some, proof=[])


def test_it_refuses_to_prove_what_is_not_so() -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion_proof(index=8, size=8, read=READ)
    with pytest.raises(ValueError, match="not the beginning"):
        consistency_proof(old=8, new=7, read=READ)


@given(st.integers(1, 300), st.data())
def test_every_entry_and_every_earlier_size_is_provable(size: int, data: st.DataObject) -> None:
    hashes = [sha256(n.to_bytes(4, "big")).digest() for n in range(size)]
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    head = root(hashes)
    proof = inclusion_proof(index=index, size=size, read=reader(hashes))
    assert verify_inclusion(index=index, size=size, leaf=hashes[index], proof=proof, root=head)
    proof = consistency_proof(old=old, new=size, read=reader(hashes))
    assert verify_consistency(old=old, new=size, old_root=root(hashes[:old]), new_root=head, proof=proof)
