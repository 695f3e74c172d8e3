"""Ed25519: the points of prime order of the twisted Edwards curve of RFC 8032, as Belenios writes them.

A point is the number that RFC 8032 encodes, in 64 hexadecimal digits: y, and above it the lowest bit of x.
"""

import re

from gmpy2 import invert, mpz, powmod

from zhengtong.engines.ballots.group import Element, Group, no_member

P = mpz(2) ** 255 - 19
L = mpz(2) ** 252 + mpz("27742317777372353535851937790883648493")
D = -121665 * invert(mpz(121666), P) % P
_ROOT = powmod(mpz(2), (P - 1) // 4, P)  # of -1
_SIGN = mpz(1) << 255
_WRITTEN = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Point:
    """In extended coordinates: x = X/Z, y = Y/Z, x y = T/Z. A plain class, since thousands are made for a ballot."""

    __slots__ = ("t", "x", "y", "z")

    def __init__(self, x: mpz, y: mpz, z: mpz, t: mpz) -> None:
        self.x, self.y, self.z, self.t = x, y, z, t

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Point):
            return NotImplemented
        return bool((self.x * other.z - other.x * self.z) % P == 0 == (self.y * other.z - other.y * self.z) % P)

    def __hash__(self) -> int:
        return hash(compressed(self))


class Edwards(Group):
    """Points of the curve."""

    name, q = "Ed25519", L
    one = Point(mpz(0), mpz(1), mpz(1), mpz(0))

    def __init__(self) -> None:
        self.g = self.parse(f"{4 * invert(mpz(5), P) % P:064x}")

    def parse(self, written: object) -> Element:
        if not isinstance(written, str) or not _WRITTEN.fullmatch(written):
            raise no_member()
        raw = mpz(written, 16)
        y = raw % _SIGN
        x = _abscissa(y, odd=raw >= _SIGN)
        if x is None:
            raise no_member()
        return Point(x, y, mpz(1), x * y % P)

    def write(self, member: Element) -> str:
        return f"{compressed(member):064x}"

    def times(self, one: Element, other: Element) -> Element:
        """The unified addition of RFC 8032, section 5.1.4: right for every pair of points."""
        a = (one.y - one.x) * (other.y - other.x) % P
        b = (one.y + one.x) * (other.y + other.x) % P
        c = 2 * one.t * D % P * other.t % P
        d = 2 * one.z * other.z % P
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f % P, g * h % P, f * g % P, e * h % P)

    def squared(self, member: Element) -> Element:
        a, b = member.x * member.x % P, member.y * member.y % P
        h, g = a + b, a - b
        e = h - (member.x + member.y) ** 2 % P
        f = 2 * member.z * member.z % P + g
        return Point(e * f % P, g * h % P, f * g % P, e * h % P)

    def inverse(self, member: Element) -> Element:
        return Point(-member.x % P, member.y, member.z, -member.t % P)


def compressed(point: Point) -> mpz:
    """y, and above it the lowest bit of x."""
    scale = invert(point.z, P)
    x, y = point.x * scale % P, point.y * scale % P
    return y | (_SIGN if x % 2 else 0)


def _abscissa(y: mpz, *, odd: bool) -> mpz | None:
    """The x of a point (RFC 8032, section 5.1.3); None where there is none, or y is not in its one canonical form."""
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * powmod(u * v**7, (P - 5) // 8, P) % P
    if (v * x * x + u) % P == 0:
        x = x * _ROOT % P
    if (v * x * x - u) % P != 0 or (x == 0 and odd):
        return None
    return P - x if (x % 2 == 1) != odd else x
