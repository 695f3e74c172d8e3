"""The files of a folder, bounded; no link is followed."""

import os
from pathlib import Path

from zhengtong.charter.finding import Finding, Place
from zhengtong.charter.reading import faults
from zhengtong.charter.reading.layout import is_law
from zhengtong.charter.reading.tree import MOST_BYTES

MOST_FILES = 5000


def gather(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """The files that are law, by their path with slashes; and what could not be taken in."""
    if not folder.is_dir():
        return {}, [faults.NO_CHARTER.at(Place(str(folder)))]
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in sorted(_walk(folder)):
        name = path.relative_to(folder).as_posix()
        if not is_law(name):
            continue
        if len(files) >= MOST_FILES:
            return files, [*findings, faults.TOO_MANY.at(Place(name), limit=MOST_FILES)]
        if path.is_symlink() or not path.is_file():
            findings.append(faults.NOT_A_FILE.at(Place(name), name=name))
        elif path.stat().st_size > MOST_BYTES:
            findings.append(faults.TOO_LARGE.at(Place(name), limit=f"{MOST_BYTES // 1024} KiB"))
        else:
            files[name] = path.read_bytes()
    return files, findings


def _walk(folder: Path) -> list[Path]:
    """Every entry that is no folder; a link to a folder counts as an entry."""
    found: list[Path] = []
    for root, folders, names in os.walk(folder, followlinks=False):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        found += [Path(root) / name for name in [*names, *links]]
    return found
