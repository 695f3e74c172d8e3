"""Sets of characters as regular expressions of XML Schema have them: ranges, categories, blocks, differences."""

import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

Ranges = tuple[tuple[int, int], ...]  # code points, both ends included, in order, apart from each other
_LAST = sys.maxunicode
_LAST_CASED = 0x20000  # no plane after the first two has letters of two cases

BLOCKS: dict[str, tuple[int, int]] = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Thai": (0x0E00, 0x0E7F),
    "Tibetan": (0x0F00, 0x0FFF),
    "HangulJamo": (0x1100, 0x11FF),
    "Mongolian": (0x1800, 0x18AF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "YiSyllables": (0xA000, 0xA48F),
    "HangulSyllables": (0xAC00, 0xD7A3),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
    "CJKUnifiedIdeographsExtensionB": (0x20000, 0x2A6DF),
}
_NAME_START: Ranges = (
    (0x3A, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
)
_NAME_MORE: Ranges = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


@lru_cache(1)
def _categories() -> dict[str, Ranges]:
    """The code points of each general category, and of their groups by first letter."""
    found: dict[str, list[tuple[int, int]]] = {}
    start, before = 0, unicodedata.category(chr(0))
    for code in range(1, _LAST + 2):
        category = unicodedata.category(chr(code)) if code <= _LAST else ""
        if category != before:
            found.setdefault(before, []).append((start, code - 1))
            found.setdefault(before[0], []).append((start, code - 1))
            start, before = code, category
    return {name: joined(ranges) for name, ranges in found.items()}


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges put in order, and together where they touch."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return tuple(found)


def inverted(ranges: Ranges) -> Ranges:
    """Everything else."""
    return tuple(_holes(ranges))


def _holes(ranges: Ranges) -> Iterator[tuple[int, int]]:
    at = 0
    for low, high in ranges:
        if at < low:
            yield at, low - 1
        at = high + 1
    if at <= _LAST:
        yield at, _LAST


def without(ranges: Ranges, others: Ranges) -> Ranges:
    """The difference."""
    return inverted(joined((*inverted(ranges), *others)))


@lru_cache(64)
def folded(ranges: Ranges) -> Ranges:
    """With the other cases of each character: those of which the lower or the upper case is the same."""
    cases = (each for each in _cases() if any(holds(ranges, code) for code in each))
    return joined((*ranges, *((code, code) for each in cases for code in each)))


def holds(ranges: Ranges, code: int) -> bool:
    """Whether a code point is in the set."""
    place = bisect_right(ranges, (code, _LAST)) - 1
    return place >= 0 and code <= ranges[place][1]


@lru_cache(1)
def _cases() -> tuple[frozenset[int], ...]:
    """The sets of characters that differ in their case only."""
    found: dict[str, set[int]] = {}
    for code in range(_LAST_CASED):
        sign = chr(code)
        if sign.lower() != sign or sign.upper() != sign:
            found.setdefault(f"lower {sign.lower()}", set()).add(code)
            found.setdefault(f"upper {sign.upper()}", set()).add(code)
    return tuple({frozenset(each) for each in found.values() if len(each) > 1})


def category(name: str) -> Ranges | None:
    r"""The set `\p{name}`, None where there is none."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        return (block,) if block else None
    return _categories().get(name)


@lru_cache(16)
def escape(letter: str) -> Ranges | None:
    r"""The set `\d`, `\W` and so on; None where there is none of that letter."""
    small = _small(letter.lower())
    return small if small is None or letter.islower() else inverted(small)


def _small(letter: str) -> Ranges | None:
    match letter:
        case "d":
            return category("Nd")
        case "s":
            return (9, 10), (13, 13), (32, 32)
        case "w":
            outside = (each for name in "PZC" for each in category(name) or ())
            return inverted(joined(outside))
        case "i":
            return _NAME_START
        case "c":
            return joined((*_NAME_START, *_NAME_MORE))
    return None
