"""A log of a million entries as files: growing it, and checking it, against one pass of hashlib over its entries."""

import os
import secrets
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import zhengtong_verify
from zhengtong.engines import merkle

STEP = 10_000  # entries that get their places at once


def entry(index: int) -> bytes:
    """As long, and of the same form, as the entry of an act."""
    return (
        b'{"at":"2026-03-02T01:30:00.000000Z","basis":["licensing-law/32"],"commitment":"%s","kind":"case.filed",'
        b'"number":%d,"person":"%032x","position":1,"post":"heping-services/window","power":"food-licence",'
        b'"recorded":"2026-03-02T01:30:00.000000Z","subject":"%032x","v":2,"version":1}'
        % (secrets.token_hex(32).encode(), index // 1000 + 1, index % 1000, index)
    )


def measure(count: int) -> dict[str, object]:
    """Seconds of this process, the better of two rounds."""
    entries = [entry(index) for index in range(count)]
    hashing = best(lambda: [sha256(each).digest() for each in entries])
    tiles: dict[tuple[int, int], bytes] = {}
    growing = best(lambda: grow(entries, tiles))
    with tempfile.TemporaryDirectory(prefix="zhengtong-bench-", dir=os.environ.get("BENCH_DIR", "/var/tmp")) as folder:
        root = write(Path(folder), entries, tiles)
        checking = best(lambda: check(Path(folder), count, root))
        numbering = best(lambda: numbers(Path(folder), count))
    return {
        "entries": count,
        "hashlib_s": round(hashing, 2),
        "growing_s": round(growing, 2),
        "growing_ratio": round(hashing / growing, 2),
        "checking_s": round(checking, 2),
        "checking_times": round(checking / hashing, 2),
        "numbers_s": round(numbering, 2),
    }


def best(work: Callable[[], object]) -> float:
    rounds = []
    for _ in range(2):
        began = time.process_time()
        work()
        rounds.append(time.process_time() - began)
    return min(rounds)


def grow(entries: list[bytes], tiles: dict[tuple[int, int], bytes]) -> None:
    """Leaf hashes and tiles of all entries, as the sequencer makes them."""
    tiles.clear()
    for at in range(0, len(entries), STEP):
        leaves = [merkle.leaf_hash(each) for each in entries[at : at + STEP]]
        tiles.update(merkle.grow(size=at, leaves=leaves, read_tile=lambda level, index: tiles[level, index]))


def write(folder: Path, entries: list[bytes], tiles: dict[tuple[int, int], bytes]) -> bytes:
    """The log as an export has it; its root."""
    files = {merkle.path(*at, len(tile) // 32): tile for at, tile in tiles.items()}
    for at in range(0, len(entries), merkle.WIDTH):
        bundled = entries[at : at + merkle.WIDTH]
        files[merkle.entries_path(at // merkle.WIDTH, len(bundled))] = merkle.bundle(bundled)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return merkle.tree_root(size=len(entries), read=merkle.tile_reader(lambda *at: tiles[at]))


def _log(folder: Path, count: int) -> zhengtong_verify.Log:
    return zhengtong_verify.Log(folder, count, lambda data: sha256(data).digest(), zhengtong_verify.Report())


def check(folder: Path, count: int, root: bytes) -> None:
    if not _log(folder, count).check(root):
        raise SystemExit("the log is damaged")


def numbers(folder: Path, count: int) -> None:
    log = _log(folder, count)
    log.check_numbers("")
    if log.report.faults:
        raise SystemExit("the numbers have holes")
