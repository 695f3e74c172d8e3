"""What a text is known by: its substance, and the marks by which it is found to be like another."""

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_AROUND_HAN = re.compile(rf"(?<=[{_HAN}，。、；：！？])\s+|\s+(?=[{_HAN}，。、；：！？])")
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
STEM = 6  # letters of a word that count: lamp and lamps, propose and proposal, are one


def substance(written: str) -> str:
    """The same for two texts that differ only in blanks, line breaks, capitals and the width of letters.

    Signs stay: a comma can turn a sentence, a point a number.
    """
    plain = normalize("NFC", written).translate(_WIDE).casefold()
    return " ".join(_AROUND_HAN.sub("", plain).split())


def fingerprint(written: str) -> str:
    """Sixteen signs that are the same for texts of the same substance, and for no others that anybody will meet."""
    return sha256(substance(written).encode("utf-8", "replace")).hexdigest()[:16]


@lru_cache(maxsize=20_000)
def marks(written: str) -> tuple[str, ...]:
    """Words by their beginnings, and each pair of neighbours among Chinese characters, in their order."""
    return tuple(mark for mark, _ in _marked(written))


def spelled(written: str) -> dict[str, str]:
    """Each mark as it is spelled in this text: words are whole."""
    return dict(_marked(written))


def _marked(written: str) -> Iterator[tuple[str, str]]:
    for run in _RUN.finditer(substance(written)):
        han, word = run["han"], run["word"]
        if word:
            yield word[:STEM], word
        elif len(han) == 1:
            yield han, han
        else:
            yield from ((han[at : at + 2],) * 2 for at in range(len(han) - 1))
