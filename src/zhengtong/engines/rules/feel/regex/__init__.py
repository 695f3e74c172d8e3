"""matches, replace and split with the regular expressions of XPath (DMN 1.5, table 75), within bounds."""

from collections.abc import Iterator
from functools import lru_cache

from zhengtong.engines.rules.feel.regex.backtrack import Backtracking
from zhengtong.engines.rules.feel.regex.linear import Linear, Spans
from zhengtong.engines.rules.feel.regex.pattern import BadPattern, read
from zhengtong.engines.rules.limits import HARD, KEPT, Run

_FLAGS = frozenset("smixq")
_PER_MATCH = 5  # steps
_TO_COMPILE = 3  # steps of a character or an edge
_SELDOM = 10  # after a match the rest is not often looked through to its end
_TRIES = 300  # of a character with a part of a pattern that make a step


def _compiled(run: Run, pattern: str, flags: str) -> Linear | Backtracking | None:
    """Read and compiled, or None where the pattern or a flag is wrong."""
    found = _known(pattern, flags)
    if run.is_new((pattern, flags)):
        run.spend(HARD + len(pattern) + (_TO_COMPILE * found.size if found else 0))
    return found


@lru_cache(KEPT)
def _known(pattern: str, flags: str) -> Linear | Backtracking | None:
    if not set(flags) <= _FLAGS:
        return None
    try:
        found = read(pattern, flags)
        return Backtracking(found, flags) if found.looks_back else Linear(found, flags)
    except BadPattern:
        return None


def _found(run: Run, compiled: Linear | Backtracking, text: str) -> Iterator[Spans]:
    if isinstance(compiled, Backtracking):
        yield from compiled.finditer(run, text)
        return
    run.spend(_cost(compiled, len(text)))
    for spans in compiled.finditer(text):
        run.spend(_PER_MATCH + _cost(compiled, len(text) - spans[0][1]) // _SELDOM)
        yield spans


def _cost(compiled: Linear, length: int) -> int:
    """The steps of looking once through a text: at worst each character is held against the whole pattern."""
    return length * compiled.size // _TRIES


def matches(run: Run, text: str, pattern: str, flags: str) -> bool | None:
    """Whether the pattern is found anywhere in the text; null where the pattern or a flag is wrong."""
    compiled = _compiled(run, pattern, flags)
    if isinstance(compiled, Linear):
        run.spend(_cost(compiled, len(text)))
        return compiled.is_in(text)
    return None if compiled is None else any(True for _ in compiled.finditer(run, text))


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str) -> str | None:
    """The text with each match replaced; `$1` stands for what the first group has matched.

    Null where the pattern, a flag or the replacement is wrong, or where the pattern matches the empty string.
    """
    compiled = _compiled(run, pattern, flags)
    if compiled is None or any(True for _ in _found(run, compiled, "")):
        return None
    parts = [replacement] if "q" in flags else _parts(replacement, compiled.groups)
    if parts is None:
        return None
    pieces, at, length = [], 0, 0
    for spans in _found(run, compiled, text):
        filled = "".join(part if isinstance(part, str) else _group(text, spans, part) for part in parts)
        pieces += [text[at : spans[0][0]], filled]
        length += len(pieces[-1]) + len(pieces[-2])
        run.fits(length)
        at = spans[0][1]
    return "".join(pieces) + text[at:]


def _group(text: str, spans: Spans, number: int) -> str:
    return text[slice(*spans[number])] if number < len(spans) and spans[number][1] >= 0 else ""


def _parts(replacement: str, groups: int) -> list[str | int] | None:
    r"""Texts and numbers of groups; None where a `$` or a `\` stands for nothing."""
    parts: list[str | int] = []
    at = 0
    while at < len(replacement):
        sign, after = replacement[at], replacement[at + 1 : at + 2]
        if sign == "\\" and after in {"\\", "$"}:
            parts.append(after)
            at += 2
        elif sign == "$" and after.isascii() and after.isdigit():
            digits = _digits(replacement[at + 1 :], groups)
            parts.append(int(digits))
            at += 1 + len(digits)
        elif sign in "\\$":
            return None
        else:
            parts.append(sign)
            at += 1
    return parts


def _digits(text: str, groups: int) -> str:
    """As many digits as make the number of a group; one at least."""
    digits = text[0]
    for sign in text[1:]:
        if not (sign.isascii() and sign.isdigit() and int(digits + sign) <= groups):
            break
        digits += sign
    return digits


def split(run: Run, text: str, delimiter: str) -> list[str] | None:
    """The pieces between the matches of the delimiter; null where it is wrong, or matches the empty string."""
    compiled = _compiled(run, delimiter, "")
    if compiled is None or any(True for _ in _found(run, compiled, "")):
        return None
    pieces, at = [], 0
    for spans in _found(run, compiled, text):
        pieces.append(text[at : spans[0][0]])
        at = spans[0][1]
    return [*pieces, text[at:]]
