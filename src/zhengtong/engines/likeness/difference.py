"""How one text became another, as people read it: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_HAN = r"\u3400-\u9fff"
_SENTENCE = re.compile(r"[^。！？；.!?;\n]*[。！？；.!?;\n]*")
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+|\s+|.", re.DOTALL)
BOUND = 100_000  # pairs of places that are compared; beyond, a passage went and another came


@dataclass(frozen=True)
class Piece:
    """A part that stayed (`same`), went (`out`) or came (`in`)."""

    kind: Literal["same", "out", "in"]
    text: str


def difference(earlier: str, later: str) -> list[Piece]:
    """Sentence by sentence, and word by word (character by character) in those that changed."""
    pieces: list[Piece] = []
    for out, new, same in _changes(_SENTENCE.findall(earlier), _SENTENCE.findall(later)):
        if same:
            pieces.append(Piece("same", out))
            continue
        for went, came, stays in _changes(_WORD.findall(out), _WORD.findall(new)):
            if stays:
                pieces.append(Piece("same", went))
                continue
            pieces += [Piece("out", went)] if went else []
            pieces += [Piece("in", came)] if came else []
    return _joined(pieces)


def _changes(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """What stood there, what stands there, and whether that is the same."""
    for tag, i, i_end, j, j_end in _steps(earlier, later):
        yield "".join(earlier[i:i_end]), "".join(later[j:j_end]), tag == "equal"


def _steps(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    begin = _common(earlier, later)
    end = _common(earlier[begin:][::-1], later[begin:][::-1])
    one, other = earlier[begin : len(earlier) - end], later[begin : len(later) - end]
    if begin:
        yield "equal", 0, begin, 0, begin
    if one or other:
        inside = (
            SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
            if len(one) * len(other) <= BOUND
            else [("replace", 0, len(one), 0, len(other))]
        )
        for tag, i, i_end, j, j_end in inside:
            yield tag, begin + i, begin + i_end, begin + j, begin + j_end
    if end:
        yield "equal", len(earlier) - end, len(earlier), len(later) - end, len(later)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many are the same at the beginning."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one."""
    found: list[Piece] = []
    for each in pieces:
        if not each.text:
            continue
        if found and found[-1].kind == each.kind:
            found[-1] = Piece(each.kind, found[-1].text + each.text)
        else:
            found.append(each)
    return found
