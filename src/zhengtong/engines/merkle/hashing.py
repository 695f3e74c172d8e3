"""The hashes of a Merkle tree over a list, by RFC 6962 section 2.1 (and RFC 9162 section 2.1.1).

Leaves and inner nodes are hashed with different first bytes, so that no inner node can pass for a leaf. The standards
of others take SHA-256; SM3 (GB/T 32905) is for logs that must be of the Chinese suite.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class Hashing:
    """How a log is hashed: `digest` gives the 32 bytes of some bytes."""

    name: str
    digest: Callable[[bytes], bytes]

    @cached_property
    def empty(self) -> bytes:
        """The root over nothing."""
        return self.digest(b"")

    def leaf(self, entry: bytes) -> bytes:
        """The hash of one entry of the list."""
        return self.digest(b"\x00" + entry)

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash of the node above two others."""
        return self.digest(b"\x01" + left + right)

    def root(self, hashes: Sequence[bytes]) -> bytes:
        """The root over the leaf hashes; of an empty list, the hash of nothing."""
        digest, level = self.digest, list(hashes)
        if not level:
            return self.empty
        while len(level) > 1:
            odd = level[-1:] if len(level) % 2 else []
            level = [digest(b"\x01" + l + r) for l, r in zip(level[::2], level[1::2], strict=False)] + odd  # noqa: E741
        return level[0]


def _sha256(data: bytes) -> bytes:
    return sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    from gmssl_pyx import sm3_hash

    return bytes(sm3_hash(data))


SHA256 = Hashing("sha256", _sha256)
SM3 = Hashing("sm3", _sm3)

EMPTY_ROOT = SHA256.empty
leaf_hash, node_hash, root = SHA256.leaf, SHA256.node, SHA256.root
