"""A FEEL text and how far it is read: what is next, names, and the types."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.errors import FeelError
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.lexer import Token, fault_at, normal, tokens_of
from zhengtong.engines.rules.feel.names import Names, run_of_words
from zhengtong.engines.rules.limits import DEEPEST_SOURCE

_Part = TypeVar("_Part")
_TYPES = Names(["date and time", "days and time duration", "years and months duration", "day and time duration"])
_NAME_SIGNS = frozenset(["-", "+", "*", "**", "/", ".", "'"])


class Cursor:
    """The tokens of one text, and the place among them."""

    def __init__(self, source: str, names: Names) -> None:
        self.source, self.names = source, names
        self.tokens = tokens_of(source)
        self.at = 0
        self.nesting = 0
        self.keys = Names(())  # of the contexts written in this text

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def is_(self, *texts: str) -> bool:
        """Whether the next token is one of these (and not a string that looks like one)."""
        return self.token.text in texts and self.token.kind != "string"

    def take(self, wanted: str) -> bool:
        """Read the token if it is next."""
        found = self.is_(wanted)
        self.at += found
        return found

    def need(self, *wanted: str) -> Token:
        """Read one of these; FeelError if another is next."""
        if not self.is_(*wanted):
            raise self.fault(text(f"此处应为“{wanted[0]}”。", f"“{wanted[0]}” is expected here."))
        return self.next()

    def next(self) -> Token:
        token = self.token
        self.at += token.kind != "end"
        return token

    def fault(self, what: Text) -> FeelError:
        return fault_at(self.source, self.token.start, what)

    def too_deep(self) -> FeelError:
        return self.fault(text("嵌套过深。", "This is nested too deep."))

    def whole(self, part: Callable[[], _Part]) -> _Part:
        """Read `part`, which has to be all there is."""
        found = part()
        if self.token.kind != "end":
            raise self.fault(text(f"多余的“{self.token.text}”。", f"“{self.token.text}” is too much."))
        return found

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level further in."""
        self.nesting += 1
        if self.nesting > DEEPEST_SOURCE:
            raise self.too_deep()
        yield
        self.nesting -= 1

    def listed(self, part: Callable[[], _Part], closer: str) -> tuple[_Part, ...]:
        found: list[_Part] = []
        if not self.is_(closer):
            found.append(part())
        while found and self.take(","):
            found.append(part())
        self.need(closer)
        return tuple(found)

    def words(self, count: int) -> str:
        self.at += count
        return normal(" ".join(token.text for token in self.tokens[self.at - count : self.at]))

    def member(self) -> str:
        """The name after a dot."""
        if self.token.kind != "word":
            raise self.fault(text("点之后应为名称。", "A name is expected after the dot."))
        known = self.keys.longest(self.tokens, self.at) or self.names.longest_member(self.tokens, self.at)
        if known:
            self.at += known[1]
            return known[0]
        return self.words(run_of_words(self.tokens, self.at))

    def name_before(self, *stops: str) -> str:
        """A name that is being declared: all up to one of the `stops`."""
        start = self.at
        while not self.is_(*stops) and self.may_be_in_name():
            self.next()
        if start == self.at:
            raise self.fault(text("此处应为名称。", "A name is expected here."))
        return normal(self.source[self.tokens[start].start : self.tokens[self.at - 1].end])

    def may_be_in_name(self) -> bool:
        return self.token.kind in {"word", "number"} or self.is_(*_NAME_SIGNS)

    # types

    def type(self) -> tree.TypeTree:
        with self.nested():
            return self._type()

    def _type(self) -> tree.TypeTree:
        known = _TYPES.longest(self.tokens, self.at) or self.names.longest(self.tokens, self.at)
        if known:
            self.at += known[1]
            return tree.Named(known[0])
        if self.token.kind != "word":
            raise self.fault(text("此处应为类型。", "A type is expected here."))
        word = self.next().text
        if word in {"list", "range", "context", "function"} and self.take("<"):
            return self._generic(word)
        while self.take("."):
            word = f"{word}.{self.member()}"
        return tree.Named(word)

    def _generic(self, kind: str) -> tree.TypeTree:
        if kind == "context":
            fields = self.listed(self._field, ">")
            return tree.Generic(kind, tuple(each for _, each in fields), tuple(name for name, _ in fields))
        arguments = self.listed(self.type, ">")
        if kind == "function":
            self.need("->")
            return tree.Generic(kind, (*arguments, self.type()))
        return tree.Generic(kind, arguments)

    def _field(self) -> tuple[str, tree.TypeTree]:
        name = self.name_before(":")
        self.need(":")
        return name, self.type()
