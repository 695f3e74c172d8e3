"""Roots against the published test vectors of Certificate Transparency (RFC 6962), and against each other."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.merkle.vectors import LEAVES, ROOTS
from zhengtong.engines.merkle import CompactRange, grow, leaf_hash, reader, root, tile_reader, tree_root


@pytest.mark.parametrize("size", range(9))
def test_it_has_the_published_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(9))
def test_the_right_edge_alone_has_the_same_root(size: int) -> None:
    edge = CompactRange()
    for leaf in LEAVES[:size]:
        edge.append(leaf)
    assert edge.root().hex() == ROOTS[size]
    assert tree_root(size=size, read=reader(LEAVES)).hex() == ROOTS[size]


def test_a_node_cannot_pass_for_a_leaf() -> None:
    assert root(LEAVES[:2]) != leaf_hash(LEAVES[0] + LEAVES[1])


@given(st.lists(st.integers(0, 700), max_size=6))
def test_tiles_grown_in_any_steps_are_the_same_tree(steps: list[int]) -> None:
    hashes = [sha256(n.to_bytes(4, "big")).digest() for n in range(sum(steps))]
    tiles: dict[tuple[int, int], bytes] = {}

    def stored(level: int, index: int) -> bytes:
        return tiles[level, index]

    size = 0
    for step in steps:
        tiles.update(grow(size=size, leaves=hashes[size : size + step], read_tile=stored))
        size += step
    edge = CompactRange()
    for each in hashes:
        edge.append(each)
    assert tree_root(size=size, read=tile_reader(stored)) == edge.root() == root(hashes)
    assert b"".join(tiles.get((0, n), b"") for n in range(len(tiles))) == b"".join(hashes)
