"""The log as files that anyone can serve and check: C2SP tlog-tiles, with the key to check them by."""

from pathlib import Path

from django.db import transaction

from zhengtong.engines import merkle
from zhengtong.ledger.models import Entry, Tile
from zhengtong.ledger.queries import head, verifier


def export(folder: Path) -> int:
    """Write checkpoint, tiles, entries and `ledger.vkey` under `folder`; how many entries. No personal data."""
    with transaction.atomic():
        checkpoint = head()
        if checkpoint is None:
            return 0
        _put(folder / "ledger.vkey", f"{verifier()}\n".encode())
        for tile in Tile.objects.order_by("level", "index").iterator():
            hashes = bytes(tile.hashes)
            _put(folder / merkle.path(tile.level, tile.index, len(merkle.split(hashes))), hashes)
        for first in range(0, checkpoint.size, merkle.WIDTH):
            _put_entries(folder, first, min(merkle.WIDTH, checkpoint.size - first))
        _put(folder / "checkpoint", checkpoint.note.encode())  # last: it promises the others
    return checkpoint.size


def _put_entries(folder: Path, first: int, width: int) -> None:
    leaves = Entry.objects.filter(index__gte=first, index__lt=first + width).order_by("index").values_list("leaf")
    content = merkle.bundle(bytes(leaf) for (leaf,) in leaves)
    _put(folder / merkle.entries_path(first // merkle.WIDTH, width), content)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
