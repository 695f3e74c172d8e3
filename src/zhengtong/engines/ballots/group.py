"""A group in which votes are encrypted (Belenios specification, section 5): what every proof needs of it.

Written multiplicatively, as the specification does. GMP's arithmetic does not take the same time for every number:
secrets are used on the device or machine of whom they belong to, never on request of a stranger.
"""

import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.errors import BallotFault

Element = Any  # a number or a point; only its group works with it
_NUMBER = re.compile(r"0|[1-9][0-9]{0,616}", re.ASCII)
_WINDOW = 8  # bits of a laid out base
_DIGIT = 4  # bits of an exponent of a base that is not laid out
_BITS = 256


class Group(ABC):
    """A group of prime order `q` with generator `g`."""

    name: str
    q: mpz
    g: Element
    one: Element

    @abstractmethod
    def parse(self, written: object) -> Element:
        """What is written, in its one canonical form; whether it is a member remains to be checked. BallotFault."""

    @abstractmethod
    def write(self, member: Element) -> str:
        """As the format writes it."""

    @abstractmethod
    def times(self, one: Element, other: Element) -> Element:
        """The operation of the group."""

    @abstractmethod
    def inverse(self, member: Element) -> Element:
        """What gives one when multiplied with it."""

    def squared(self, member: Element) -> Element:
        """The same as `times` with itself."""
        return self.times(member, member)

    def read(self, written: object) -> Element:
        """A member of the group; BallotFault for whatever is none."""
        found = self.parse(written)
        self.powers(found, ())
        return found

    def power(self, base: Element, exponent: mpz) -> Element:
        """A base raised to an exponent below 2^256."""
        return _raised(self, _squares(self, base), exponent)

    def powers(self, base: Element, exponents: Sequence[mpz]) -> list[Element]:
        """One base raised to each of the exponents, and checked to be a member; BallotFault.

        They share the squarings, so that the membership check costs a fifth of what it costs alone.
        """
        squares = _squares(self, base)
        if _raised(self, squares, self.q) != self.one:
            raise no_member()
        return [_raised(self, squares, exponent) for exponent in exponents]

    def product(self, members: Sequence[Element]) -> Element:
        """Of all of them."""
        found = self.one
        for member in members:
            found = self.times(found, member)
        return found

    def scalar(self, written: object) -> mpz:
        """An exponent, below q."""
        found = number(written)
        if found >= self.q:
            raise BallotFault(text("指数超出范围", "an exponent is not below the order of the group"))
        return found

    def random_scalar(self) -> mpz:
        """An exponent from the system's source of secrets."""
        return mpz(secrets.randbelow(int(self.q)))

    def digest(self, prefix: str, *members: Element) -> mpz:
        """The challenge that the specification writes as H: SHA-256 of what is written, modulo q."""
        return self.hashed(prefix + ",".join(map(self.write, members)))

    def hashed(self, said: str) -> mpz:
        """SHA-256 as an exponent."""
        return mpz(int.from_bytes(sha256(said.encode()).digest())) % self.q


class Fixed:
    """A base raised so often that its powers are laid out first: 32 multiplications then take the place of 300."""

    def __init__(self, group: Group, base: Element) -> None:
        self._times, self._one = group.times, group.one
        self._rows = list(_rows(group, base))

    def power(self, exponent: mpz) -> Element:
        """The base raised to an exponent below 2^256."""
        found, times = self._one, self._times
        for row, digit in zip(self._rows, int(exponent).to_bytes(32, "little"), strict=True):
            if digit:
                found = times(found, row[digit])
        return found


@lru_cache(maxsize=64)
def fixed(group: Group, base: Element) -> Fixed:
    """The laid out powers of a base, kept for the elections that are asked most."""
    return Fixed(group, base)


def number(written: object) -> mpz:
    """A number as the format writes it: a string in base 10, without sign or leading zero."""
    if not isinstance(written, str) or not _NUMBER.fullmatch(written):
        raise BallotFault(text("不是十进制整数", "not a number in base 10"))
    return mpz(written)


def no_member() -> BallotFault:
    """What is told of a number or point that lies outside of the group."""
    return BallotFault(text("数值不属于所用的群", "a number is no member of the group"))


def _rows(group: Group, base: Element) -> Iterator[list[Element]]:
    step = base
    for _ in range(_BITS // _WINDOW):
        row = [group.one]
        for _ in range(1, 1 << _WINDOW):
            row.append(group.times(row[-1], step))
        yield row
        step = group.times(row[-1], step)


def _squares(group: Group, base: Element) -> list[Element]:
    """The base raised to 16^0, 16^1, …; whatever the exponent, these are the squarings that it takes."""
    found, squared = [base], group.squared
    for _ in range(_BITS // _DIGIT - 1):
        for _ in range(_DIGIT):
            base = squared(base)
        found.append(base)
    return found


def _raised(group: Group, squares: Sequence[Element], exponent: mpz) -> Element:
    """Yao's method: what has the same digit is multiplied first, then each product counts as often as its digit."""
    buckets: list[Element] = [None] * (1 << _DIGIT)
    times = group.times
    for place, pair in enumerate(int(exponent).to_bytes(_BITS // 8, "little")):
        for at, digit in ((2 * place, pair & 15), (2 * place + 1, pair >> 4)):
            if digit:
                held = buckets[digit]
                buckets[digit] = squares[at] if held is None else times(held, squares[at])
    found, running = group.one, None
    for held in reversed(buckets[1:]):
        if held is not None:
            running = held if running is None else times(running, held)
        if running is not None:
            found = times(found, running)
    return found
