"""The last checkpoint, kept in a file outside the database: whoever restores or shortens the database is found out."""

import os
import secrets
from pathlib import Path

from django.conf import settings


def path() -> Path:
    return Path(settings.ZHENGTONG_VAR) / "ledger" / "checkpoint"


def read() -> str | None:
    """The last note that was published, if any was."""
    return path().read_text(encoding="utf-8") if path().exists() else None


def write(note: str) -> None:
    """Replace it, whole."""
    put(path(), note)


def put(where: Path, content: str) -> None:
    """Write a file whole or not at all."""
    where.parent.mkdir(parents=True, exist_ok=True)
    draft = where.with_name(f"{where.name}.{secrets.token_hex(4)}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(where)
