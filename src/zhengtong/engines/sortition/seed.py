"""Where chance comes from: secrets that were committed to before, and something public that nobody knew then.

No single keeper of a secret, nor who influences the public part, can choose the draw: it takes all of them together
(commit and reveal; compare RFC 3797, which draws from public sources only). A keeper can only refuse to tell theirs.
"""

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256
from hmac import compare_digest

SIZE = 32
_COMMITTED, _ALONE = b"zhengtong sortition commitment\n", b"zhengtong sortition seed\n"
_JOINED = b"zhengtong sortition seed of several\n"
_DIGITS = re.compile(r"[0-9a-f]{64}")


def new_seed() -> bytes:
    """A secret of 32 bytes, to be kept until the draw."""
    return secrets.token_bytes(SIZE)


def commitment(kept: bytes) -> str:
    """What is published before entering ends: tells nothing of the secret, and fits no other."""
    return sha256(_COMMITTED + kept).hexdigest()


def opens(committed: str, kept: bytes) -> bool:
    """Whether this is the secret that was committed to."""
    return len(kept) == SIZE and compare_digest(committed.lower(), commitment(kept))


def in_digits(given: object) -> str:
    """A secret or a commitment as its keeper sent it, in 64 lower-case hexadecimal digits; empty where it is none."""
    digits = given.strip().lower() if isinstance(given, str) else ""
    return digits if _DIGITS.fullmatch(digits) else ""


def joint_seed(kept: Sequence[bytes], public: bytes) -> bytes:
    """The seed of the draw from all secrets, in the order in which their keepers were declared.

    How many they are goes before them, and its length before each part, so that no two sets of parts are written alike.
    `public` must have come into the world when all had committed and none had told.
    """
    if not kept or not public or any(len(each) != SIZE for each in kept):
        raise ValueError("a seed needs the committed secrets and something public")
    parts = b"".join(len(each).to_bytes(4) + each for each in (*kept, public))
    return sha256(_JOINED + len(kept).to_bytes(4) + parts).digest()


def seed_of_one(kept: bytes, public: bytes) -> bytes:
    """The same as it was made when a draw had a single secret, to check what was drawn then."""
    if len(kept) != SIZE or not public:
        raise ValueError("a seed needs the committed secret and something public")
    return sha256(_ALONE + kept + public).digest()
