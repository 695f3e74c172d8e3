"""A tree of which only the right edge is kept: enough to add entries and to tell the root at each size."""

from dataclasses import dataclass, field

from zhengtong.engines.merkle.hashing import SHA256, Hashing
from zhengtong.engines.merkle.proofs import Reader, whole


@dataclass
class CompactRange:
    """The roots of the whole subtrees of the first `size` entries, largest first: one for each set bit of `size`."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)
    hashing: Hashing = SHA256

    @classmethod
    def read(cls, *, size: int, read: Reader, hashing: Hashing = SHA256) -> "CompactRange":
        """The edge of a stored tree at `size`."""
        return cls(size, [read(level, index) for level, index in whole(0, size)], hashing)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.hashes.append(leaf)
        carried = self.size
        while carried & 1:  # as in adding one to a binary number, whole neighbours join
            right = self.hashes.pop()
            self.hashes[-1] = self.hashing.node(self.hashes[-1], right)
            carried >>= 1
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree at this size."""
        if not self.hashes:
            return self.hashing.empty
        *rest, reached = self.hashes
        for left in reversed(rest):
            reached = self.hashing.node(left, reached)
        return reached
