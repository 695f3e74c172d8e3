"""BELENIOS-2048: the subgroup of order q of the integers modulo p (Belenios specification 2.0, section 5.1).

GMP's arithmetic does not take the same time for every number: secrets are used on the device or machine of whom they
belong to, never on request of a stranger.
"""

import re
import secrets
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from gmpy2 import invert, mpz, powmod

from zhengtong.common.text import text
from zhengtong.engines.ballots.errors import BallotFault

NAME = "BELENIOS-2048"
P = mpz(
    "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433812906663313"
    "8078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980"
    "0307904916540637771737641986785272734744763418356000356983051931442845617019110007867373073335641239717328979132"
    "4047457883446826065232797464795113767265869358218004631792207366886005262718636338608879688212076943236614949100"
    "2923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507"
    "711827842317498073276598828825169183103125680162072880719"
)
G = mpz(
    "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298"
    "7493890950838965734256019006010684771644917354741372831046104586813145117816467554005274028898461398645326612150"
    "5579709716201616827031288643245666383486363578210615491841998253431518974065818686865115135857641013888221539601"
    "6043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173"
    "4951942489677540525736590494924776314759915751987751777114814909204566002054781270547282381409725186398583341157"
    "00568353695553423781475582491896050296680037745308460627"
)
Q = mpz("78571733251071885079927659812671450121821421258408794611510081919805623223441")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,616}", re.ASCII)
_WINDOW = 8


def number(written: object) -> mpz:
    """A number as the format writes it: a string in base 10, without sign or leading zero."""
    if not isinstance(written, str) or not _NUMBER.fullmatch(written):
        raise BallotFault(text("不是十进制整数", "not a number in base 10"))
    return mpz(written)


def scalar(written: object) -> mpz:
    """An exponent, below q."""
    found = number(written)
    if found >= Q:
        raise BallotFault(text("指数超出范围", "an exponent is not below the order of the group"))
    return found


def element(written: object) -> mpz:
    """A member of the group; zero, p - 1, what is not below p and what is outside the subgroup are refused."""
    found = number(written)
    if not 0 < found < P or powmod(found, Q, P) != 1:
        raise BallotFault(text("数值不属于所用的群", "a number is no member of the group"))
    return found


def random_scalar() -> mpz:
    """An exponent from the system's source of secrets."""
    return mpz(secrets.randbelow(int(Q)))


def digest(prefix: str, *members: mpz) -> mpz:
    """The challenge that the specification writes as H: SHA-256 over base 10, modulo q."""
    said = prefix + ",".join(map(str, members))
    return mpz(int.from_bytes(sha256(said.encode()).digest())) % Q


def power(base: mpz, exponent: mpz) -> mpz:
    """The base raised modulo p."""
    return powmod(base, exponent, P)


def inverse(member: mpz) -> mpz:
    """What gives one when multiplied with it."""
    return invert(member, P)


class FixedBase:
    """A base raised so often that its powers are laid out first: 32 multiplications then take the place of 300."""

    def __init__(self, base: mpz) -> None:
        self.base = base
        self._rows = list(_rows(base))

    def power(self, exponent: mpz) -> mpz:
        """The base raised to an exponent below 2^256."""
        found = mpz(1)
        for row, digit in zip(self._rows, int(exponent).to_bytes(32, "little"), strict=True):
            if digit:
                found = found * row[digit] % P
        return found


def _rows(base: mpz) -> Iterator[list[mpz]]:
    step = base
    for _ in range(256 // _WINDOW):
        row = [mpz(1)]
        for _ in range(1, 1 << _WINDOW):
            row.append(row[-1] * step % P)
        yield row
        step = row[-1] * step % P


@lru_cache(maxsize=64)
def fixed(base: mpz) -> FixedBase:
    """The laid out powers of a base, kept for the elections that are asked most."""
    return FixedBase(base)
