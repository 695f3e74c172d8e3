"""The tree of the log, read from its tiles."""

from functools import cache

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


def root_at(size: int) -> bytes:
    """The root over the first `size` entries."""
    return merkle.tree_root(size=size, read=reader(), hashing=suite().hashing)
