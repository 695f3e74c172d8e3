"""Numbers of cases and certificates: they cannot be guessed, and a slip of the pen shows."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_CHECK = 31


def new_number(prefix: str, year: int) -> str:
    """`QS-2026-8XK2-PT4D-0M7Z-AC`: 65 random bits and a check character."""
    random = "".join(secrets.choice(_ALPHABET) for _ in range(13))
    body = random + _check(random)
    return f"{prefix}-{year}-{body[:4]}-{body[4:8]}-{body[8:12]}-{body[12:]}"


def is_well_formed(number: str) -> bool:
    """Whether the check character is right; most slips of the pen are found without asking the database."""
    body = "".join(number.upper().split("-")[2:])
    return len(body) == 14 and set(body) <= set(_ALPHABET) and _check(body[:13]) == body[13]


def _check(body: str) -> str:
    return _ALPHABET[sum(place * _ALPHABET.index(sign) for place, sign in enumerate(body, 1)) % _CHECK]
