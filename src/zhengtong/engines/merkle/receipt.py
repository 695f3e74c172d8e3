"""A proof to keep: that an entry is in a log, checked without asking anybody. C2SP tlog-proof."""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from dataclasses import dataclass

from zhengtong.engines.merkle.hashing import SHA256, Hashing
from zhengtong.engines.merkle.notes import Checkpoint, NoteFault, Verifier
from zhengtong.engines.merkle.proofs import verify_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"
_HEAD = re.compile(r"(?:extra ([A-Za-z0-9+/=]+)\n)?index (0|[1-9][0-9]{0,18})((?:\n[A-Za-z0-9+/]{43}=)*)")


@dataclass(frozen=True)
class Receipt:
    """Entry `index`, its inclusion proof, and the signed checkpoint that the proof leads to.

    `extra` may carry the entry itself. Nothing vouches for it until its leaf hash has been checked.
    """

    index: int
    proof: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    def __str__(self) -> str:
        """As it is kept in a file `*.tlog-proof`."""
        hashes = "".join(f"{b64encode(part).decode()}\n" for part in self.proof)
        extra = f"extra {b64encode(self.extra).decode()}\n" if self.extra else ""
        return f"{FIRST_LINE}\n{extra}index {self.index}\n{hashes}\n{self.note}"

    @classmethod
    def parse(cls, written: str) -> "Receipt":
        """Read what `str()` wrote; NoteFault if it is malformed."""
        head, _, note = written.partition("\n\n")
        first, _, rest = head.partition("\n")
        match = _HEAD.fullmatch(rest)
        if first != FIRST_LINE or not match:
            raise NoteFault("not a tlog-proof")
        try:
            extra = b64decode(match[1] or "", validate=True)
            proof = tuple(b64decode(line, validate=True) for line in match[3].split())
        except BadBase64 as fault:
            raise NoteFault("not a tlog-proof") from fault
        return cls(int(match[2]), proof, note, extra)

    def check(self, leaf: bytes, verifier: Verifier, hashing: Hashing = SHA256) -> Checkpoint:
        """The checkpoint under which the leaf hash is proven to be in the log; NoteFault if it is not proven."""
        head = Checkpoint.opened(self.note, verifier)
        if not verify_inclusion(
            index=self.index, size=head.size, leaf=leaf, proof=self.proof, root=head.root, hashing=hashing
        ):
            raise NoteFault(f"entry {self.index} is not in this log: the proof does not lead to the signed root")
        return head
