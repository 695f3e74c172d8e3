"""Proofs that an entry is in a tree, and that one tree is the beginning of another: RFC 9162 sections 2.1.3 and 2.1.4.

A proof is made from a `Reader`: `read(level, index)` gives the hash over the entries `index * 2**level` up to
`(index + 1) * 2**level`, all of which are in the tree. Whoever stores a tree can answer that; see tiles.py.
Verifying needs no tree. Sizes and indices are counted from zero; a proof runs from the leaf to the root.
"""

from collections.abc import Callable, Iterator, Sequence

from zhengtong.engines.merkle.hashing import SHA256, Hashing

Reader = Callable[[int, int], bytes]


def reader(hashes: Sequence[bytes], hashing: Hashing = SHA256) -> Reader:
    """A reader over leaf hashes in memory."""
    return lambda level, index: hashing.root(hashes[index << level : (index + 1) << level])


def tree_root(*, size: int, read: Reader, hashing: Hashing = SHA256) -> bytes:
    """The root of the tree of the first `size` entries."""
    return _over(0, size, read, hashing) if size else hashing.empty


def inclusion_proof(*, index: int, size: int, read: Reader, hashing: Hashing = SHA256) -> list[bytes]:
    """That the entry `index` is in the tree of `size` entries; ValueError if it cannot be."""
    if not 0 <= index < size:
        raise ValueError(f"entry {index} is not in a tree of {size}")
    return [_over(begin, end, read, hashing) for begin, end in _siblings(index, 0, size)]


def consistency_proof(*, old: int, new: int, read: Reader, hashing: Hashing = SHA256) -> list[bytes]:
    """That the tree of `old` entries is the beginning of the tree of `new`; ValueError if it cannot be."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} is not the beginning of one of {new}")
    if old in (0, new):
        return []
    return [_over(begin, end, read, hashing) for begin, end in _consistency(old, new)]


def verify_inclusion(
    *, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes, hashing: Hashing = SHA256
) -> bool:
    """Whether `proof` leads from the leaf hash to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached = hashing.node(sibling, reached)
            at, last = _up_to_right_child(at, last)
        else:
            reached = hashing.node(reached, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and reached == root


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes], hashing: Hashing = SHA256
) -> bool:
    """Whether `proof` shows the old tree to be the beginning of the new one (RFC 9162 section 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return not proof and (old_root == new_root if old else old < new or old_root == new_root)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = _up_to_left_child(old - 1, new - 1)
    reached_old = reached_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached_old, reached_new = hashing.node(sibling, reached_old), hashing.node(sibling, reached_new)
            at, last = _up_to_right_child(at, last)
        else:
            reached_new = hashing.node(reached_new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and reached_old == old_root and reached_new == new_root


def _up_to_left_child(at: int, last: int) -> tuple[int, int]:
    """Climb while the node is a right child: its whole subtree ends where the old tree ends."""
    while at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _up_to_right_child(at: int, last: int) -> tuple[int, int]:
    """Climb while the node has no sibling: the last of an odd row is carried up unhashed."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _siblings(index: int, begin: int, end: int) -> list[tuple[int, int]]:
    """The ranges beside the path from the entry up to the range, lowest first."""
    found = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def _consistency(old: int, new: int) -> list[tuple[int, int]]:
    """The ranges that build both trees, lowest first; the old tree itself is left out, its root is known."""
    begin, end, found = 0, new, []
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return ([(begin, end)] if begin else []) + found[::-1]


def _over(begin: int, end: int, read: Reader, hashing: Hashing) -> bytes:
    """The hash over a range that begins where a subtree does: whole subtrees, joined from the right."""
    *rest, reached = [read(level, index) for level, index in whole(begin, end)]
    for left in reversed(rest):
        reached = hashing.node(left, reached)
    return reached


def whole(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The largest whole subtrees that make up the range, left to right."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level
