"""A witness, by C2SP tlog-witness: it cosigns a log's checkpoint only if the log continues what it cosigned last.

`answer` decides and touches nothing. Whoever calls it keeps the checkpoint that was cosigned, in the same transaction
in which the last one was read, before giving the answer out.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhengtong.engines.merkle.hashing import SHA256, Hashing
from zhengtong.engines.merkle.notes import Checkpoint, Cosigner, NoteFault, Verifier, open_note, split_note
from zhengtong.engines.merkle.proofs import verify_consistency

MOST_HASHES = 63
SIZE_TYPE = "text/x.tlog.size"
_HEAD = re.compile(r"old (0|[1-9][0-9]{0,18})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})")


@dataclass(frozen=True)
class Request:
    """What a log asks of a witness: to cosign `note`, which continues the log from `old` entries."""

    old: int
    proof: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        hashes = "".join(f"{b64encode(part).decode()}\n" for part in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"

    @classmethod
    def parse(cls, body: str) -> "Request":
        """Read what `str()` wrote; NoteFault if it is malformed."""
        head, blank, note = body.partition("\n\n")
        match = _HEAD.fullmatch(head + "\n")
        if not blank or not match:
            raise NoteFault("not a request to a witness")
        try:
            proof = [b64decode(line, validate=True) for line in match[2].split()]
        except BadBase64 as fault:
            raise NoteFault("not a request to a witness") from fault
        return cls(int(match[1]), proof, note)


@dataclass(frozen=True)
class Answer:
    """The HTTP status and body; and what is to be kept: the checkpoint now cosigned, or the fork now proven."""

    status: int
    body: str = ""
    cosigned: Checkpoint | None = None
    refused: Checkpoint | None = None  # signed by the log, and not a continuation of what was cosigned before


Held = Callable[[str], Checkpoint | None]  # the last checkpoint that was cosigned for an origin


def answer(
    body: str, *, logs: Sequence[Verifier], held: Held, cosigner: Cosigner, at: int, hashing: Hashing = SHA256
) -> Answer:
    """What a witness of `logs` answers at the second `at`; a log is known by the name of its key."""
    try:
        request = Request.parse(body)
        origin = split_note(request.note)[0].partition("\n")[0]
    except NoteFault as fault:
        return Answer(400, f"{fault}\n")
    known = [log for log in logs if log.name == origin]
    if not known:
        return Answer(404, "this log is not known here\n")
    try:
        text = open_note(request.note, known)[0]
        head = Checkpoint.parse(text)
    except NoteFault as fault:
        return Answer(403, f"{fault}\n")
    refusal = _refusal(request, head, held(origin) or Checkpoint(origin, 0, hashing.empty), hashing)
    return refusal or Answer(200, cosigner.line(text, at), cosigned=head)


def _refusal(request: Request, head: Checkpoint, last: Checkpoint, hashing: Hashing) -> Answer | None:
    if request.old > head.size:
        return Answer(400, "the old size is above the size of the checkpoint\n")
    if head.size == last.size and head.root != last.root:
        return Answer(409, f"{last.size}\n", refused=head)
    if request.old != last.size:
        return Answer(409, f"{last.size}\n")
    follows = verify_consistency(
        old=last.size, new=head.size, old_root=last.root, new_root=head.root, proof=request.proof, hashing=hashing
    )
    return None if follows else Answer(422, "the proof of consistency does not hold\n", refused=head)
