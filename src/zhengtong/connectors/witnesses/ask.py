"""Asking each witness for its cosignature: of a new checkpoint soon, and of the same one again now and then, so that it
is known that somebody looks even while nothing happens.

A witness that is away is asked again the next time. One that answers that it knows another history is told of in the
log as an error, for then either this node or that witness has been tampered with.
"""

import logging
import urllib.error
import urllib.request
from datetime import datetime, timedelta

from zhengtong.common.web import opener
from zhengtong.engines.merkle import NoteFault
from zhengtong.engines.merkle.witness import SIZE_TYPE, Request
from zhengtong.ledger.cosigning import Witness, keep, last_look, witnesses
from zhengtong.ledger.models import Checkpoint
from zhengtong.ledger.queries import consistency, head

SOON = timedelta(seconds=20)  # between two new checkpoints that one witness is shown
AGAIN = timedelta(minutes=15)  # between two looks at the same
TIMEOUT = 10
MOST = 64 * 1024  # bytes of an answer

log = logging.getLogger(__name__)


class Refused(Exception):
    """What a witness answered instead of cosigning."""

    def __init__(self, status: int, kind: str, body: str) -> None:
        self.status, self.kind, self.body = status, kind, body
        super().__init__(f"{status} {body.strip()[:200]}")


def ask_witnesses(*, now: datetime) -> int:
    """Ask those whose turn has come; how many cosigned."""
    checkpoint = head()
    if checkpoint is None:
        return 0
    return sum(_ask(each, checkpoint, now) for each in witnesses() if _is_due(each, checkpoint, now))


def _is_due(witness: Witness, checkpoint: Checkpoint, now: datetime) -> bool:
    seen = last_look(witness)
    if seen is None:
        return True
    return now - seen.at >= (SOON if seen.checkpoint_id < checkpoint.size else AGAIN) or now < seen.at - AGAIN


def _ask(witness: Witness, checkpoint: Checkpoint, now: datetime) -> bool:
    seen = last_look(witness)
    try:
        lines = _cosigned(witness, checkpoint, seen.checkpoint_id if seen else 0)
        return bool(keep(checkpoint, lines, now=now))
    except Refused as answer:
        log.error("the witness %s does not cosign the ledger: %s", witness.verifier.name, answer)
    except (OSError, NoteFault, ValueError) as fault:
        log.warning("the witness %s could not be asked: %s", witness.verifier.name, fault)
    return False


def _cosigned(witness: Witness, checkpoint: Checkpoint, old: int) -> str:
    """The witness's lines. If it was at another size than we thought, it says which, and is asked once more."""
    try:
        return _post(witness, _request(old, checkpoint))
    except Refused as answer:
        size = answer.body.strip()
        if answer.kind != SIZE_TYPE or not size.isdecimal() or int(size) in {old} or int(size) > checkpoint.size:
            raise
        return _post(witness, _request(int(size), checkpoint))


def _request(old: int, checkpoint: Checkpoint) -> str:
    return str(Request(old, consistency(old, checkpoint.size), checkpoint.note))


def _post(witness: Witness, body: str) -> str:
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked where the setting is read
        f"{witness.url}/add-checkpoint", body.encode(), {"Content-Type": "text/plain; charset=utf-8"}
    )
    try:
        with opener().open(request, timeout=TIMEOUT) as answer:
            return str(answer.read(MOST).decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            told = refusal.read(MOST).decode(errors="replace")
        raise Refused(refusal.code, refusal.headers.get_content_type(), told) from refusal
