"""Numbers of cases and certificates: they cannot be guessed, and a slip of the pen shows."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LIKE_DIGITS = str.maketrans("OIL", "011")  # so Crockford has them read
_FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


def new_number(prefix: str, year: int) -> str:
    """`QS-2026-8XK2-PT4D-0M7Z-AC`: 65 random bits and a check character."""
    random = "".join(secrets.choice(_ALPHABET) for _ in range(13))
    body = random + _check(random)
    return f"{prefix}-{year}-{body[:4]}-{body[4:8]}-{body[8:12]}-{body[12:]}"


def as_printed(typed: str) -> str:
    """A number as somebody typed it from paper, in the form in which it was given out: O is 0, I and L are 1."""
    prefix, *rest = typed.strip().upper().split("-", 2)
    return "-".join([prefix, *rest[:1], *(part.translate(_LIKE_DIGITS) for part in rest[1:])])


def is_well_formed(number: str) -> bool:
    """Whether the check character is right; one wrong sign, or two that changed places, are always found."""
    body = "".join(number.upper().split("-")[2:])
    return len(body) == 14 and set(body) <= set(_ALPHABET) and _check(body[:13]) == body[13]


def _check(body: str) -> str:
    """The value at 2 of the polynomial whose coefficients are the signs, in the field of 32 elements.

    Each of up to 31 places weighs another power of a generator, so that one other sign, or two that changed places,
    always give another value (a sum modulo 31 takes Z for 0).
    """
    rest = 0
    for sign in body:
        rest = (rest ^ _ALPHABET.index(sign)) << 1
        rest ^= _FIELD * (rest >> 5)
    return _ALPHABET[rest]
