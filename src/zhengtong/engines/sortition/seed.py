"""Where chance comes from: a secret that was committed to before, and something public that nobody knew then.

Neither who keeps the secret nor who influences the public part can choose the draw alone (commit and reveal; compare
RFC 3797, which draws from public sources only).
"""

import secrets
from hashlib import sha256
from hmac import compare_digest

SIZE = 32
_COMMITTED, _JOINED = b"zhengtong sortition commitment\n", b"zhengtong sortition seed\n"


def new_seed() -> bytes:
    """A secret of 32 bytes, to be kept until the draw."""
    return secrets.token_bytes(SIZE)


def commitment(kept: bytes) -> str:
    """What is published before entering begins: tells nothing of the secret, and fits no other."""
    return sha256(_COMMITTED + kept).hexdigest()


def opens(committed: str, kept: bytes) -> bool:
    """Whether this is the secret that was committed to."""
    return len(kept) == SIZE and compare_digest(committed.lower(), commitment(kept))


def joint_seed(kept: bytes, public: bytes) -> bytes:
    """The seed of the draw; `public` must have come into the world after entering closed."""
    if len(kept) != SIZE or not public:
        raise ValueError("a seed needs the committed secret and something public")
    return sha256(_JOINED + kept + public).digest()
