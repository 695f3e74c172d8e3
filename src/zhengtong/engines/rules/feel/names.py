"""Which names of several words are known where: FEEL cannot be read without (10.3.1.2, "lexical representation").

`a-b` is a name where something is called so, else a difference. Names of one word need no looking up.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from zhengtong.engines.rules.feel.lexer import Token, normal, words_of

KEYWORDS = frozenset(
    ("and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "instance")
    + ("function", "not")
)
_STOPS = KEYWORDS - {"function", "not"} | {"true", "false", "null"}


@lru_cache(8192)
def _words(name: str) -> tuple[str, ...]:
    return words_of(name)


class Names:
    """A stack of frames, each the names that are added within a scope."""

    def __init__(self, *frames: Iterable[str]) -> None:
        self._frames: list[dict[str, list[tuple[tuple[str, ...], str]]]] = []
        for frame in frames:
            self.push(frame)

    def push(self, names: Iterable[str] = ()) -> None:
        """Open a scope with these names."""
        self._frames.append({})
        for name in names:
            self.add(name)

    def beside(self, names: Iterable[str]) -> "Names":
        """A new stack with one more frame, which shares those below."""
        other = Names()
        other._frames = list(self._frames)
        other.push(names)
        return other

    def pop(self) -> None:
        """Close the innermost scope."""
        self._frames.pop()

    def add(self, name: str) -> None:
        """Add a name to the innermost scope."""
        words = _words(name)
        if len(words) > 1:
            self._frames[-1].setdefault(words[0], []).append((words, normal(name)))

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest known name of several words that starts at a token, and how many tokens it takes."""
        found: tuple[str, int] | None = None
        for frame in self._frames:
            for words, name in frame.get(tokens[at].text, ()):
                count = len(words)
                if (found is None or count >= found[1]) and _matches(tokens, at, words):
                    found = name, count
        return found


def _matches(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    return tuple(token.text for token in tokens[at : at + len(words)]) == words


def run_of_words(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from a word on can only be one unknown name: words and numbers side by side."""
    count = 1
    while tokens[at + count].kind in {"word", "number"} and tokens[at + count].text not in _STOPS:
        count += 1
    return count
