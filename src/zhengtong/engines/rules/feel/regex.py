"""matches, replace and split with the regular expressions of XPath (DMN 1.5, table 75), in linear time."""

import re
from functools import lru_cache
from typing import Any

import re2

from zhengtong.engines.rules.limits import Run

_FLAGS = frozenset("smixq")


@lru_cache(256)
def _pattern(pattern: str, flags: str) -> Any | None:
    if not set(flags) <= _FLAGS:
        return None
    options = re2.Options()
    options.log_errors = False
    options.never_nl = False
    options.max_mem = 1 << 22
    if "q" in flags:
        pattern = re2.escape(pattern)
    prefix = "".join(flag for flag in "smi" if flag in flags)
    if "x" in flags:
        pattern = re.sub(r"[ \t\n\r]", "", pattern)
    try:
        return re2.compile((f"(?{prefix})" if prefix else "") + pattern, options)
    except re2.error:
        return None


def matches(run: Run, text: str, pattern: str, flags: str) -> bool | None:
    """Whether the pattern is found anywhere in the text; null where the pattern or a flag is wrong."""
    compiled = _pattern(pattern, flags)
    return None if compiled is None else compiled.search(text) is not None


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str) -> str | None:
    """The text with each match replaced; `$1` stands for what the first group has matched."""
    compiled = _pattern(pattern, flags)
    if compiled is None or compiled.search("") is not None:
        return None
    pieces, at = [], 0
    for match in compiled.finditer(text):
        pieces += [text[at : match.start()], _filled(replacement, match)]
        at = match.end()
        run.fits(sum(map(len, pieces[-2:])))
    result = "".join(pieces) + text[at:]
    run.fits(len(result))
    return result


def _filled(replacement: str, match: Any) -> str:
    def group(found: re.Match[str]) -> str:
        if found[0][0] == "\\":
            return found[0][1:]
        digits = found[1]
        while len(digits) > 1 and int(digits) > match.re.groups:
            digits = digits[:-1]
        return (match.group(int(digits)) or "") + found[1][len(digits) :] if int(digits) <= match.re.groups else ""

    return re.sub(r"\\[\\$]|\$([0-9]+)", group, replacement)


def split(run: Run, text: str, delimiter: str) -> list[str] | None:
    """The pieces between the matches of the delimiter."""
    compiled = _pattern(delimiter, "")
    if compiled is None:
        return None
    pieces, at = [], 0
    for match in compiled.finditer(text):
        run.spend(1)
        pieces.append(text[at : match.start()])
        at = match.end()
    return [*pieces, text[at:]]
