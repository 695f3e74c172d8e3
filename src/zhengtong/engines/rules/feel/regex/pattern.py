"""The regular expressions of XPath and XQuery Functions, 5.6.1 (those of XML Schema, with anchors, groups, laziness and
back-references), read into a tree. None of them is ever handed to Python's `re`, which can be made to run for ever.
"""

from dataclasses import dataclass
from typing import NoReturn

from zhengtong.engines.rules.feel.regex.charsets import Ranges, category, escape, folded, inverted, joined, without

_MOST_REPEATS = 1000
_DEEPEST = 50
_LITERAL_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"} | {each: each for each in "\\|.?*+(){}-[]^$"}
_WHITE = " \t\n\r"


class BadPattern(Exception):
    """The text is no regular expression."""


@dataclass(frozen=True, slots=True)
class Set:
    """One character out of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Edge:
    """`^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Back:
    """What a group has matched, once more."""

    group: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    branches: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """So many times; without `most`, any number."""

    part: "Part"
    least: int
    most: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Brackets; those that count have a number from 1."""

    part: "Part"
    number: int | None


Part = Set | Edge | Back | Sequence | Choice | Repeat | Group


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression: its tree, the number of its groups, and whether it looks back."""

    part: Part
    groups: int
    looks_back: bool


def read(text: str, flags: str) -> Pattern:
    """The pattern of a text. Raises BadPattern."""
    if "q" in flags:
        return Pattern(Sequence(tuple(Set(_cased(flags, ord(sign), ord(sign))) for sign in text)), 0, False)
    return _Reader(text, flags).whole()


def _cased(flags: str, low: int, high: int) -> Ranges:
    r"""The characters between two; with the flag `i` also those that differ from them in their case only.

    So a negated set has neither case of what it names, and sets such as `\p{Lu}` keep to theirs (5.6.1.1).
    """
    return folded(((low, high),)) if "i" in flags else ((low, high),)


class _Reader:
    def __init__(self, text: str, flags: str) -> None:
        self.text = _without_space(text) if "x" in flags else text
        self.flags = flags
        self.at = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.looks_back = False
        self.depth = 0

    def whole(self) -> Pattern:
        part = self.choice()
        if self.at < len(self.text):
            self.fail()
        return Pattern(part, self.groups, self.looks_back)

    def fail(self) -> NoReturn:
        raise BadPattern

    @property
    def sign(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self, wanted: str) -> bool:
        found = self.text.startswith(wanted, self.at)
        self.at += len(wanted) if found else 0
        return found

    def next(self) -> str:
        sign = self.sign or self.fail()
        self.at += 1
        return sign

    def choice(self) -> Part:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail()
        branches = [self.branch()]
        while self.take("|"):
            branches.append(self.branch())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def branch(self) -> Part:
        parts: list[Part] = []
        while self.sign and self.sign not in "|)":
            parts.append(self.piece())
        return Sequence(tuple(parts))

    def piece(self) -> Part:
        atom = self.atom()
        bounds = self.quantity()
        if bounds is None:
            return atom
        if isinstance(atom, Edge):
            self.fail()
        return Repeat(atom, *bounds, lazy=self.take("?"))

    def quantity(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self.take(sign):
                return bounds
        return self.counted() if self.take("{") else None

    def counted(self) -> tuple[int, int | None]:
        inside, closed, _ = self.text[self.at :].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not _is_count(least) or (most and not _is_count(most)):
            self.fail()
        self.at += len(inside) + 1
        bounds = int(least), (int(most) if most else None) if comma else int(least)
        if bounds[1] is not None and bounds[1] < bounds[0]:
            self.fail()
        return bounds

    def atom(self) -> Part:
        sign = self.next()
        match sign:
            case "(":
                return self.group()
            case "[":
                return Set(self.bracketed())
            case "\\":
                return self.escaped()
            case ".":
                return Set(((0, 0x10FFFF),) if "s" in self.flags else inverted(((10, 10), (13, 13))))
            case "^" | "$":
                return Edge(sign)
        return self.fail() if sign in "?*+{}]" else Set(_cased(self.flags, ord(sign), ord(sign)))

    def group(self) -> Part:
        number = None
        if not self.take("?:"):
            self.groups += 1
            number = self.groups
        part = self.choice()
        if not self.take(")"):
            self.fail()
        if number:
            self.closed.add(number)
        return Group(part, number)

    def escaped(self) -> Part:
        sign = self.next()
        if sign.isascii() and sign.isdigit():
            return self.back(sign)
        return Set(self.set_of(sign))

    def back(self, digits: str) -> Part:
        """As many digits belong to it as make the number of a group that is closed."""
        while self.sign.isascii() and self.sign.isdigit() and int(digits + self.sign) <= self.groups:
            digits += self.next()
        if digits[0] == "0" or int(digits) not in self.closed:
            self.fail()
        self.looks_back = True
        return Back(int(digits))

    def set_of(self, sign: str) -> Ranges:
        r"""The set that `\sign` stands for."""
        if sign in _LITERAL_ESCAPES:
            code = ord(_LITERAL_ESCAPES[sign])
            return ((code, code),)
        if sign in "pP":
            return self.category(negated=sign == "P")
        found = escape(sign)
        return found or self.fail()

    def category(self, *, negated: bool) -> Ranges:
        if not self.take("{"):
            self.fail()
        name, closed, _ = self.text[self.at :].partition("}")
        found = category(name) if closed else None
        if found is None:
            self.fail()
        self.at += len(name) + 1
        return inverted(found) if negated else found

    def bracketed(self) -> Ranges:
        """What stands in square brackets, after the first."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail()
        negated = self.take("^")
        found: list[tuple[int, int]] = []
        minus: Ranges = ()
        while not self.take("]"):
            if found and self.take("-["):
                minus = self.bracketed()
                if not self.take("]"):
                    self.fail()
                break
            found += self.member()
        if not found:
            self.fail()
        self.depth -= 1
        ranges = inverted(joined(found)) if negated else joined(found)
        return without(ranges, minus) if minus else ranges

    def member(self) -> Ranges:
        """A character, a range or a set within brackets."""
        low = high = self.single()
        if not _is_one(low):
            return low
        at_end = self.text[self.at : self.at + 2] in {"-]", "-["}
        if not at_end and self.take("-"):
            high = self.single()
        if not _is_one(high) or high[0][0] < low[0][0]:
            self.fail()
        return _cased(self.flags, low[0][0], high[0][0])

    def single(self) -> Ranges:
        sign = self.next()
        if sign == "\\":
            return self.set_of(self.next())
        if sign == "[":
            self.fail()
        return ((ord(sign), ord(sign)),)


def _is_one(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def _is_count(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) < 5 and int(digits) <= _MOST_REPEATS


def _without_space(text: str) -> str:
    """The flag `x`: spaces are left out, but not within square brackets."""
    kept, depth, at = [], 0, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\" and at + 1 < len(text) and text[at + 1] not in _WHITE:
            kept.append(text[at : at + 2])
            at += 2
            continue
        depth += (sign == "[") - (sign == "]" and depth > 0)
        if depth or sign not in _WHITE:
            kept.append(sign)
        at += 1
    return "".join(kept)
