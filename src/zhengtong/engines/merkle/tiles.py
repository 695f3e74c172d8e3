"""A tree stored as tiles: rows of up to 256 consecutive hashes, by C2SP tlog-tiles.

A tile of level 0 holds leaf hashes; each hash of level n + 1 stands for one full tile of level n. Tiles are read
and written as bytes, 32 for each hash, by their level and index. Only the last tile of a level can be partial.
"""

import re
from collections.abc import Callable, Iterable

from zhengtong.engines.merkle.hashing import SHA256, Hashing
from zhengtong.engines.merkle.proofs import Reader

WIDTH = 256
HEIGHT = 8
SIZE = 32

_PLACE = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")

ReadTile = Callable[[int, int], bytes]
Tiles = dict[tuple[int, int], bytes]


def tile_reader(read_tile: ReadTile, hashing: Hashing = SHA256) -> Reader:
    """A reader for proofs.py over stored tiles; one tile read for each hash asked for."""

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        hashes = split(read_tile(tile_level, first // WIDTH))[first % WIDTH :][: 1 << height]
        if len(hashes) != 1 << height:
            raise ValueError(f"tile {path(tile_level, first // WIDTH)} is too short for node {level}/{index}")
        return hashing.root(hashes)

    return read


def grow(*, size: int, leaves: Iterable[bytes], read_tile: ReadTile, hashing: Hashing = SHA256) -> Tiles:
    """The tiles that are new or longer once `leaves` (hashes) follow the first `size` entries."""
    changed: Tiles = {}
    level, added = 0, list(leaves)
    while added:
        full = _grow_level(level, size >> (HEIGHT * level), added, read_tile, changed)
        added = [hashing.root(tile) for tile in full]
        level += 1
    return changed


def _grow_level(level: int, width: int, added: list[bytes], read_tile: ReadTile, changed: Tiles) -> list[list[bytes]]:
    """Add hashes to a level of `width` hashes; the tiles that became full, each of which counts on the level above."""
    index, kept = divmod(width, WIDTH)
    row = (split(read_tile(level, index))[:kept] if kept else []) + added
    if len(row) != kept + len(added):
        raise ValueError(f"tile {path(level, index)} lacks hashes: the stored tree is damaged")
    tiles = [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]
    changed |= {(level, index + n): b"".join(tile) for n, tile in enumerate(tiles)}
    return [tile for tile in tiles if len(tile) == WIDTH]


def split(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + SIZE] for at in range(0, len(tile), SIZE)]


def path(level: int, index: int, width: int = WIDTH) -> str:
    """Where a tile is published: `tile/0/x001/x234/067`, with `.p/<width>` if it is partial."""
    return f"tile/{level}/{_number(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Where a bundle of 256 entries is published: `tile/entries/000`."""
    return f"tile/entries/{_number(index, width)}"


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries, each after its length in two bytes; OverflowError for one above 65,535 bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(content: bytes) -> list[bytes]:
    """The entries of a bundle, or of a part of it; what is cut short at its end is left out."""
    entries, at = [], 0
    while (begin := at + 2) <= len(content):
        at = begin + int.from_bytes(content[at:begin], "big")
        if at <= len(content):
            entries.append(content[begin:at])
    return entries


def parse_place(written: str) -> tuple[int, int] | None:
    """Index and width of a tile as its path tells them, `x001/067.p/3`; None if that is not how they are written."""
    match = _PLACE.fullmatch(written)
    if not match:
        return None
    index, width = int(match[1].replace("x", "").replace("/", "")), int(match[2] or WIDTH)
    return (index, width) if width <= WIDTH and _number(index, width) == written else None


def _number(index: int, width: int) -> str:
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    partial = f".p/{width}" if width < WIDTH else ""
    return "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:]) + partial
