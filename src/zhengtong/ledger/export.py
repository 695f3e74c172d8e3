"""The log as files that anyone can serve and check: C2SP tlog-tiles, with the keys to check them by."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from zhengtong.engines import merkle
from zhengtong.ledger import published
from zhengtong.ledger.cosigning import with_cosignatures
from zhengtong.ledger.queries import verifier


def export(folder: Path) -> int:
    """Write checkpoint, tiles, entries and keys under `folder`; how many entries. No personal data."""
    with transaction.atomic():
        head = published.head()
        if head is None:
            return 0
        _put(folder / "ledger.vkey", f"{verifier()}\n".encode())
        _put(folder / "keys.json", json.dumps(published.keys(), ensure_ascii=False, indent=1).encode())
        for level, index, width in _tiles(head.size):
            _put(folder / merkle.path(level, index, width), published.tile(level, index, width))
            if level == 0:
                _put(folder / merkle.entries_path(index, width), published.bundle(index, width))
        _put(folder / "checkpoint", with_cosignatures(head).encode())  # last: it promises the others
    return head.size


def _tiles(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of each tile of a tree."""
    level = 0
    while hashes := size >> (merkle.HEIGHT * level):
        for first in range(0, hashes, merkle.WIDTH):
            yield level, first // merkle.WIDTH, min(merkle.WIDTH, hashes - first)
        level += 1


def _put(path: Path, content: bytes | None) -> None:
    """What is damaged in the database is left out: whoever checks the export is told so."""
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
