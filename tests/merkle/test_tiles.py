"""Tiles: their paths, sizes and faults."""

import pytest

from tests.merkle.vectors import LEAVES
from zhengtong.engines.merkle import bundle, entries_path, grow, path, tile_reader


@pytest.mark.parametrize(
    ("at", "published"),
    [
        ((0, 0), "tile/0/000"),
        ((0, 273, 112), "tile/0/273.p/112"),
        ((1, 1000), "tile/1/x001/000"),
        ((0, 1234067), "tile/0/x001/x234/067"),
    ],
)
def test_they_are_published_where_the_standard_says(at: tuple[int, ...], published: str) -> None:
    assert path(*at) == published


def test_entries_have_their_own_folder() -> None:
    assert entries_path(1000, 3) == "tile/entries/x001/000.p/3"
    assert bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"


def test_seventy_thousand_entries_make_the_tiles_of_the_standard() -> None:
    tiles = grow(size=0, leaves=LEAVES[:1] * 70_000, read_tile=lambda *_: b"")
    widths = {at: len(tile) // 32 for at, tile in tiles.items()}
    assert widths.pop((0, 273)) == 112
    assert widths.pop((1, 1)) == 17
    assert widths.pop((2, 0)) == 1
    assert set(widths) == {(0, n) for n in range(273)} | {(1, 0)}
    assert set(widths.values()) == {256}


def test_a_shortened_tile_is_noticed() -> None:
    tiles = grow(size=0, leaves=LEAVES, read_tile=lambda *_: b"")
    short = tiles[0, 0][:-32]
    with pytest.raises(ValueError, match="damaged"):
        grow(size=8, leaves=LEAVES[:1], read_tile=lambda *_: short)
    with pytest.raises(ValueError, match="too short"):
        tile_reader(lambda *_: short)(3, 0)
