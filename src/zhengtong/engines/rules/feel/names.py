"""Which names of several words are known where: FEEL cannot be read without (10.3.1.2, "lexical representation").

`a-b` is a name where something is called so, else a difference. Names of one word need no looking up.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from zhengtong.engines.rules.feel.lexer import Token, normal, words_of

KEYWORDS = frozenset(
    {"and", "or", "not", "if", "then", "else", "for", "in", "return"}
    | {"some", "every", "satisfies", "between", "instance", "function"}
)
_STOPS = KEYWORDS - {"function", "not"} | {"true", "false", "null"}

_Frame = dict[str, list[tuple[tuple[str, ...], str]]]  # by the first word


@lru_cache(8192)
def _words(name: str) -> tuple[str, ...]:
    return words_of(name)


class Names:
    """A stack of frames, each the names that are added within a scope.

    `members` are names of members of contexts: they are known after a dot and within filters only.
    """

    def __init__(self, *frames: Iterable[str], members: Iterable[str] = ()) -> None:
        self._members = _frame(members)
        self._frames = [_frame(each) for each in frames]

    def push(self, names: Iterable[str] = ()) -> None:
        """Open a scope with these names."""
        self._frames.append(_frame(names))

    def push_members(self) -> None:
        """Open the scope of a filter, in which members are names."""
        self._frames.append(self._members)

    def beside(self, names: Iterable[str]) -> "Names":
        """A new stack with one more frame, which shares those below."""
        other = Names()
        other._members, other._frames = self._members, [*self._frames, _frame(names)]
        return other

    def pop(self) -> None:
        """Close the innermost scope."""
        self._frames.pop()

    def add(self, name: str) -> None:
        """Add a name to the innermost scope."""
        _put(self._frames[-1], name)

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest known name of several words that starts at a token, and how many tokens it takes."""
        return _longest(self._frames, tokens, at)

    def longest_member(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The same of members."""
        return _longest([self._members], tokens, at)


def _frame(names: Iterable[str]) -> _Frame:
    frame: _Frame = {}
    for name in names:
        _put(frame, name)
    return frame


def _put(frame: _Frame, name: str) -> None:
    words = _words(name)
    if len(words) > 1:
        frame.setdefault(words[0], []).append((words, normal(name)))


def _longest(frames: Iterable[_Frame], tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    found: tuple[str, int] | None = None
    for frame in frames:
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
