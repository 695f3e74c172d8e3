"""The files in which the parties of a secret ballot keep and send what they made."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from zhengtong.common.refusal import Refusal
from zhengtong.engines.ballots import Box


@contextmanager
def told() -> Iterator[None]:
    """A refusal is told in both languages; a file that cannot be read by its name."""
    try:
        yield
    except Refusal as refusal:
        said, advice = refusal.told(), refusal.advice()
        raise CommandError("\n".join((said["zh-Hans"], advice["zh-Hans"], said["en"], advice["en"]))) from refusal
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise CommandError(f"文件无法读取 a file cannot be read: {fault}") from fault


def read(path: Path) -> Any:
    """What one JSON says."""
    return json.loads(path.read_text(encoding="utf-8"))


def lines(path: Path) -> list[Any]:
    """One JSON a line, as belenios-tool keeps several."""
    return [json.loads(each) for each in path.read_text(encoding="utf-8").splitlines() if each.strip()]


def save(path: Path, box: Box) -> None:
    """Beside, then in its place: a cut off archive never stands under the name."""
    beside = path.with_suffix(".new")
    beside.write_bytes(box.archive.bytes())
    beside.replace(path)


def write_new(path: Path, held: str | bytes, *, secret: bool = False) -> None:
    """Never over a key or an election that is there; secrets are readable by their keeper alone."""
    path.touch(mode=0o600 if secret else 0o644, exist_ok=False)
    path.write_bytes(held if isinstance(held, bytes) else held.encode())
