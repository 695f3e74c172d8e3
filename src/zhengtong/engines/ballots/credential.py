"""What a voter signs with: a code to be typed, with a checksum, and the keys derived from it (section 4.8)."""

import re
import secrets
from hashlib import pbkdf2_hmac

from gmpy2 import mpz

from zhengtong.common.text import text
from zhengtong.engines.ballots.errors import BallotFault
from zhengtong.engines.ballots.group import Group, fixed
from zhengtong.engines.ballots.groups import BELENIOS_2048

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_WRITTEN = re.compile(rf"[{ALPHABET}]{{3}}(-[{ALPHABET}]{{3}}){{4}}|[{ALPHABET}]{{15}}")
_ROUNDS = 1000


def new_token(length: int) -> str:
    """Random characters without those that look alike."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_credential() -> str:
    """Five groups of three; the last character is a checksum against typing errors."""
    token = new_token(14)
    whole = token + _checksum(token)
    return "-".join(whole[at : at + 3] for at in range(0, 15, 3))


def private_key(*, credential: str, uuid: str, group: Group = BELENIOS_2048) -> mpz:
    """The exponent that signs in this election only; raises BallotFault where the code was mistyped."""
    typed = credential.strip()
    bare = typed.replace("-", "")
    if not _WRITTEN.fullmatch(typed) or _checksum(bare[:14]) != bare[14]:
        raise BallotFault(text("投票码有误，请逐字核对", "the voting code is mistyped"))
    # Belenios 2.0 derives from the code as it was handed out, dashes included.
    written = "-".join(bare[at : at + 3] for at in range(0, 15, 3))
    raw = pbkdf2_hmac("sha256", written.encode(), uuid.encode(), _ROUNDS)
    return mpz(int.from_bytes(raw)) % group.q


def public_key(*, credential: str, uuid: str, group: Group = BELENIOS_2048) -> str:
    """What the credential authority hands to the ballot box; it does not lead back to the code."""
    secret = private_key(credential=credential, uuid=uuid, group=group)
    return group.write(fixed(group, group.g).power(secret))


def _checksum(token: str) -> str:
    worth = 0
    for character in token:
        worth = worth * 58 + ALPHABET.index(character)
    return ALPHABET[53 - worth % 53]
