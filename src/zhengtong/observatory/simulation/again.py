"""The draft of a report, as what it changes of a charter: told in the report, and made again from it."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

from zhengtong.charter.reading.layout import is_law
from zhengtong.charter.runs import Run

Changed = dict[str, str | None]


def change(now: Mapping[str, bytes], draft: Mapping[str, bytes]) -> Changed:
    """The files of law that the draft has otherwise; none for one that it has not got."""
    paths = sorted(each for each in {*now, *draft} if is_law(each) and now.get(each) != draft.get(each))
    return {each: draft[each].decode() if each in draft else None for each in paths}


def drafted(run: Run, charter: Path, into: Path) -> Path:
    """The draft of a run, written beside a charter."""
    copytree(charter, into)
    for path, content in run.change.items():
        place = (into / path).resolve()
        if not place.is_relative_to(into.resolve()):
            raise ValueError(path)
        if content is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode())
    return into
