"""This node as a witness of other logs: it cosigns what continues, and keeps as evidence what does not."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from zhengtong.engines import merkle
from zhengtong.engines.merkle import witness
from zhengtong.ledger import keys
from zhengtong.ledger.acts import record
from zhengtong.ledger.kinds import FORK_SEEN
from zhengtong.ledger.models import Dispute, Witnessed


@dataclass(frozen=True)
class Self:
    """The node, as a witness."""

    handle: str = "program"
    post: str = ""


WITNESS = Self()
LOCK = 0x7A74_7769_746E_6573  # "ztwitnes"
MOST_DISPUTES = 100  # that are kept of one log: the first tells enough


def logs() -> list[merkle.Verifier]:
    """The logs that ZHENGTONG_WITNESSED_LOGS names by their keys, with commas between."""
    try:
        return [
            merkle.Verifier.parse(key.strip()) for key in settings.ZHENGTONG_WITNESSED_LOGS.split(",") if key.strip()
        ]
    except merkle.NoteFault as why:
        raise ImproperlyConfigured(f"ZHENGTONG_WITNESSED_LOGS: {why}") from why


def add_checkpoint(body: str, *, now: datetime) -> witness.Answer:
    """Answer a request of C2SP tlog-witness; what was cosigned is kept before the answer is given out."""
    at_first = _answer(body, now, lambda _: None)
    if at_first.status in {400, 403, 404}:  # whoever has no log's key does not get to the database
        return at_first
    return _answered(body, now)


@transaction.atomic
def _answered(body: str, now: datetime) -> witness.Answer:
    _one_at_a_time()
    answer = _answer(body, now, _held)
    note = body.partition("\n\n")[2]
    if answer.cosigned:
        head = answer.cosigned
        Witnessed.objects.update_or_create(origin=head.origin, defaults={"size": head.size, "note": note, "at": now})
    elif answer.refused:
        _dispute(answer.refused.origin, note, now)
    return answer


def _answer(body: str, now: datetime, held: witness.Held) -> witness.Answer:
    at = int(now.timestamp())
    return witness.answer(body, logs=logs(), held=held, cosigner=keys.cosigner(), at=at, hashing=_hashing(body))


def _one_at_a_time() -> None:
    """SQLite's transactions are one at a time already (BEGIN IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _hashing(body: str) -> merkle.Hashing:
    """How the log is hashed: by the suite of its key."""
    origin = body.partition("\n\n")[2].partition("\n")[0]
    kinds = {log.kind for log in logs() if log.name == origin}
    return merkle.SM3 if merkle.SM2 in kinds else merkle.SHA256


def _held(origin: str) -> merkle.Checkpoint | None:
    row = Witnessed.objects.filter(origin=origin).first()
    return merkle.Checkpoint.parse(merkle.split_note(row.note)[0]) if row else None


def _dispute(origin: str, shown: str, now: datetime) -> None:
    held = Witnessed.objects.filter(origin=origin).values_list("note", flat=True).first() or ""
    known = Dispute.objects.filter(origin=origin)
    if known.count() < MOST_DISPUTES and not known.filter(held=held, shown=shown).exists():
        Dispute.objects.create(origin=origin, held=held, shown=shown, at=now)
        seen = {"origin": origin, "held": held, "shown": shown}
        record(kind=FORK_SEEN, subject=f"witness:{origin}"[:100], by=WITNESS, now=now, particulars=seen)


def disputes() -> list[dict[str, str]]:
    """Every pair of heads that did not continue each other, as evidence for everybody."""
    rows = Dispute.objects.order_by("id")
    return [{"origin": each.origin, "at": each.at.isoformat(), "held": each.held, "shown": each.shown} for each in rows]
