"""What a charter that is laid before officers would change of the one in force, file by file and line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff

from zhengtong.charter.acts import files_of
from zhengtong.charter.models import Enactment, LaidCharter

MOST_LINES = 400


@dataclass(frozen=True)
class FileChange:
    """A file that is `added`, `removed` or `changed`, with the lines of a unified diff; `cut`: there are more."""

    path: str
    how: str
    lines: list[str]
    cut: bool


def awaiting() -> list[LaidCharter]:
    """The charters that were laid after the last enactment, the latest first."""
    last = Enactment.objects.order_by("-number").first()
    found = LaidCharter.objects.order_by("-pk")
    return list(found.filter(laid_at__gt=last.enacted_at) if last else found)


def changes(laid: LaidCharter, present: Mapping[str, bytes]) -> list[FileChange]:
    """By path; `present` are the files of the charter in force."""
    wanted = files_of(laid)
    paths = sorted({*wanted, *present})
    return [_change(each, present, wanted) for each in paths if present.get(each) != wanted.get(each)]


def _change(path: str, present: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> FileChange:
    before, after = (each.get(path, b"").decode(errors="replace").splitlines() for each in (present, wanted))
    lines = list(unified_diff(before, after, lineterm="", n=1))[2:]
    how = "added" if path not in present else "removed" if path not in wanted else "changed"
    return FileChange(path, how, lines[:MOST_LINES], len(lines) > MOST_LINES)
