"""The tree of the log, read from its tiles."""

from collections.abc import Collection
from functools import cache, reduce
from operator import or_

from django.db.models import Q

from zhengtong.engines import merkle
from zhengtong.ledger.models import Tile
from zhengtong.ledger.suite import suite


def read_tile(level: int, index: int) -> bytes:
    """The hashes of a tile; empty if it is not there."""
    hashes = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
    return bytes(hashes or b"")


def reader() -> merkle.Reader:
    """A reader for one question: it reads no tile twice. ValueError from it if the tiles are damaged."""
    return merkle.tile_reader(cache(read_tile), suite().hashing)


def reader_beside(indices: Collection[int], size: int) -> merkle.Reader:
    """The same for the proofs of many entries in a tree of `size`: what they need is read in one query."""
    wanted, level = list[Q](), 0
    while row := size >> (merkle.HEIGHT * level):
        beside = {index >> (merkle.HEIGHT * (level + 1)) for index in indices} | {(row - 1) // merkle.WIDTH}
        wanted.append(Q(level=level, index__in=beside))
        level += 1
    rows = Tile.objects.filter(reduce(or_, wanted, Q(pk=None))).values_list("level", "index", "hashes")
    held = {(level, index): bytes(hashes) for level, index, hashes in rows}

    def read(level: int, index: int) -> bytes:
        return held[level, index] if (level, index) in held else read_tile(level, index)

    return cache(merkle.tile_reader(read, suite().hashing))


def root_at(size: int) -> bytes:
    """The root over the first `size` entries."""
    return merkle.tree_root(size=size, read=reader(), hashing=suite().hashing)
