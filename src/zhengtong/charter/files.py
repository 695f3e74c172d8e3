"""What the files of a charter are, by themselves: their digest, letters, templates."""

from collections.abc import Mapping
from hashlib import sha256

from zhengtong.charter.reading.layout import is_law


def certificate_path(procedure: str, template: str) -> str:
    """Where the template of a certificate lies."""
    return f"services/{procedure}/{template}" if template else "certificates/standard.typ"


def split_letter(source: str) -> tuple[str, str]:
    """The subject (the first line, after `#`) and the body of a letter."""
    subject, _, body = source.strip().partition("\n")
    return subject.lstrip("#").strip(), body.strip()


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the paths and contents of the law, in order of path, each preceded by its length."""
    hashed = sha256()
    for path in sorted(files):
        if is_law(path):
            for part in (path.encode(), files[path]):
                hashed.update(len(part).to_bytes(8) + part)
    return hashed.hexdigest()
