"""Which texts of the pages are translated: found in Python and in templates, without the system's gettext.

Run `python -m tools.messages check` (fails on a text without Chinese, or with two kinds of it), `… add` (adds empty
entries to fill in) or `… compile` (makes the .mo files that Django reads).
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
FACES = ROOT / "src" / "zhengtong" / "faces"

_CALLS = {"gettext", "gettext_lazy", "gettext_noop", "_", "ngettext", "ngettext_lazy"}

Message = tuple[str, str]  # msgid, plural or ""


def messages(face: str) -> dict[Message, list[str]]:
    """Every text that a page of this face may show, and the files that it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted((FACES / face).rglob("*.py")):
        _collect(found, path, _of_python(path.read_text(encoding="utf-8")))
    for path in sorted((FACES / face).rglob("templates/**/*.html")):
        _collect(found, path, _of_template(path))
    return found


def _collect(found: dict[Message, list[str]], path: Path, texts: Iterator[Message]) -> None:
    for text in texts:
        where = str(path.relative_to(ROOT))
        places = found.setdefault(text, [])
        if where not in places:
            places.append(where)


def _of_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _CALLS:
            yield from _of_call(name, node)


def _of_call(name: str, call: ast.Call) -> Iterator[Message]:
    texts = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if texts:
        yield (texts[0], texts[1]) if name.startswith("ngettext") and len(texts) > 1 else (texts[0], "")


def _of_template(path: Path) -> Iterator[Message]:
    for line in templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines():
        for start in re.finditer(r"(?<![A-Za-z])(n?gettext|_)\(", line):
            call = _parsed(line[start.start() :])
            if call is not None:
                yield from _of_call(start[1], call)


def _parsed(text: str) -> ast.Call | None:
    for end in (place.end() for place in re.finditer(r"\)", text)):
        try:
            expression = ast.parse(text[:end], mode="eval").body
        except SyntaxError:
            continue
        return expression if isinstance(expression, ast.Call) else None
    return None


def catalogue(face: str) -> polib.POFile:
    """The Chinese of a face; an empty one if it has none yet."""
    path = FACES / face / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    po = polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)
    po.fpath = str(path)
    po.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_Hans",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return po


def needed(face: str) -> dict[Message, list[str]]:
    """The texts that the catalogue of this face must have: what the shared one has already, the others need not."""
    if face == "shared":
        return messages(face)
    shared = messages("shared")
    return {text: places for text, places in messages(face).items() if text not in shared}


def faults(face: str) -> list[str]:
    """What is untranslated, half translated, or translated without being shown anywhere."""
    entries = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue(face)}
    found = needed(face)
    missing = [
        f"{face}: not translated: {text[0]!r} ({', '.join(places)})"
        for text, places in found.items()
        if not _done(entries.get(text))
    ]
    return missing + [f"{face}: shown nowhere: {text[0]!r}" for text in entries if text not in found]


def contradictions(faces: list[str]) -> list[str]:
    """Texts that two faces translate in two ways: Django puts all catalogues into one, and shows either anywhere."""
    told: dict[str, dict[str, str]] = {}
    for face in faces:
        for entry in catalogue(face):
            told.setdefault(entry.msgid, {})[face] = entry.msgstr or entry.msgstr_plural.get(0, "")
    return [
        f"{' and '.join(ways)}: translated in two ways, so say it in other words: {text!r}"
        for text, ways in told.items()
        if len(set(ways.values())) > 1
    ]


def _done(entry: polib.POEntry | None) -> bool:
    if entry is None or entry.fuzzy:
        return False
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def add(face: str) -> None:
    """Put an empty entry for each new text into the catalogue, and drop those that are shown nowhere."""
    po = catalogue(face)
    known = {(entry.msgid, entry.msgid_plural): entry for entry in po}
    po.clear()
    for (msgid, plural), places in sorted(needed(face).items()):
        empty = polib.POEntry(msgid=msgid, msgid_plural=plural, msgstr_plural={0: ""} if plural else {})
        entry = known.get((msgid, plural), empty)
        entry.occurrences = [(place, "") for place in places]
        entry.flags = ["python-format"] if "%(" in msgid else []
        po.append(entry)
    if po:
        Path(po.fpath).parent.mkdir(parents=True, exist_ok=True)
        po.save()


def compile_all() -> None:
    """Make the .mo file of every catalogue."""
    for path in FACES.glob("*/locale/*/LC_MESSAGES/django.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def main(what: str, only: list[str]) -> int:
    """`check`, `add` or `compile` (of all faces, or of those named); the exit status tells whether all is well."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    faces = only or sorted(path.parent.name for path in FACES.glob("*/apps.py"))
    if what == "compile":
        compile_all()
        return 0
    if what == "add":
        for face in faces:
            add(face)
        return 0
    wrong = [fault for face in faces for fault in faults(face)] + contradictions(faces)
    print("\n".join(wrong) or "every text is translated")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check", sys.argv[2:]))
