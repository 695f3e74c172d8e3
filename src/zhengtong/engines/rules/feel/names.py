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


class _Frame:
    """Names of several words, by their words."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: dict[tuple[str, ...], str] = {}
        self.lengths: dict[str, list[int]] = {}  # by the first word, the longest first
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        words = _words(name)
        if len(words) > 1:
            self.names[words] = normal(name)
            lengths = self.lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                lengths.append(len(words))
                lengths.sort(reverse=True)

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest name that starts at a token, and how many tokens it takes."""
        for count in self.lengths.get(tokens[at].text, ()):
            name = self.names.get(tuple(token.text for token in tokens[at : at + count]))
            if name is not None:
                return name, count
        return None


@lru_cache(8192)
def _words(name: str) -> tuple[str, ...]:
    return words_of(name)


class Names:
    """A stack of frames, each the names that are added within a scope.

    `members` are names of members of contexts: they are known after a dot and within filters only.
    """

    def __init__(self, *frames: Iterable[str], members: Iterable[str] = ()) -> None:
        self._members = _Frame(members)
        self._frames = [_Frame(each) for each in frames]

    def push(self, names: Iterable[str] = ()) -> None:
        """Open a scope with these names."""
        self._frames.append(_Frame(names))

    def push_members(self) -> None:
        """Open the scope of a filter, in which members are names."""
        self._frames.append(self._members)

    def beside(self, names: Iterable[str]) -> "Names":
        """A new stack with one more frame, which shares those below."""
        other = Names()
        other._members, other._frames = self._members, [*self._frames, _Frame(names)]
        return other

    def pop(self) -> None:
        """Close the innermost scope."""
        self._frames.pop()

    def add(self, name: str) -> None:
        """Add a name to the innermost scope."""
        self._frames[-1].add(name)

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest known name of several words that starts at a token, and how many tokens it takes."""
        found = [each for frame in self._frames if (each := frame.longest(tokens, at))]
        return max(reversed(found), key=lambda each: each[1], default=None)

    def longest_member(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The same of members."""
        return self._members.longest(tokens, at)


def run_of_words(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from a word on can only be one unknown name: words and numbers side by side."""
    count = 1
    while tokens[at + count].kind in {"word", "number"} and tokens[at + count].text not in _STOPS:
        count += 1
    return count
