"""Where passages are in a text, however it is broken into lines, spaced or written in wide letters."""

from collections.abc import Iterator, Sequence
from unicodedata import normalize


def flat(written: str) -> str:
    """A text as passages are looked for in it: without blanks, in one width and case."""
    return "".join(normalize("NFKC", written).casefold().split())


def places(signs: Sequence[str], passage: str) -> Iterator[range]:
    """Each stretch of `signs` (pieces of a text, mostly single letters) that holds the passage."""
    whole, at = [], []
    for index, sign in enumerate(signs):
        for piece in flat(sign):
            whole.append(piece)
            at.append(index)
    wanted, text = flat(passage), "".join(whole)
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield range(at[start], at[start + len(wanted) - 1] + 1)
        start = text.find(wanted, start + 1)
