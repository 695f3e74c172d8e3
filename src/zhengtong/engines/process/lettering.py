"""How wide text is, and how it is broken into lines, Chinese and Latin alike, without a font at hand."""

import re
import unicodedata

_NARROW, _WIDE = frozenset("iIjlt.,:;'|!()[] "), frozenset("mwMW%@")
_PIECES = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|\s+")
_NOT_FIRST = frozenset("，。、；：？！）》」』”’】,.;:?!)")
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """About how wide `text` is at a font size; a Chinese character is as wide as the size."""
    return sum(map(_ems, text)) * size


def _ems(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.32
    return 0.85 if char in _WIDE else 0.68 if char.isupper() else 0.55


def wrap(text: str, *, within: float, size: float, lines: int) -> list[str]:
    """The text in at most `lines` lines no wider than `within`; what does not fit becomes an ellipsis.

    Latin text breaks between words, and in a word that is wider than a line; Chinese anywhere but before a mark.
    """
    broken = [""]
    for piece in _pieces(text, within, size):
        if width((broken[-1] + piece).rstrip(), size) <= within or not broken[-1] or piece in _NOT_FIRST:
            broken[-1] += piece
        else:
            broken.append(piece.lstrip())
    broken = [line.strip() for line in broken if line.strip()]
    if len(broken) <= lines:
        return broken
    return [*broken[: lines - 1], _shortened(broken[lines - 1], within, size)]


def _pieces(text: str, within: float, size: float) -> list[str]:
    found: list[str] = []
    for piece in _PIECES.findall(text):
        while width(piece, size) > within and len(piece) > 1:
            fitting = max(1, next((n for n in range(len(piece), 0, -1) if width(piece[:n], size) <= within), 1))
            found.append(piece[:fitting])
            piece = piece[fitting:]
        found.append(piece)
    return found


def _shortened(line: str, within: float, size: float) -> str:
    while line and width(line + ELLIPSIS, size) > within:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
