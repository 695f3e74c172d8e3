"""The witnesses of this node's ledger: who they are, which of them has seen which checkpoint, and when.

The settings name them. Where none is named, nobody is asked and nothing is stopped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Min
from django.utils import timezone

from zhengtong.engines import merkle
from zhengtong.ledger.errors import Unwitnessed
from zhengtong.ledger.models import Checkpoint, Cosignature

AHEAD = timedelta(minutes=5)  # by so much may the clock of a witness differ from ours


@dataclass(frozen=True)
class Witness:
    """Whose cosignatures count, and under which address it is asked (its submission prefix)."""

    verifier: merkle.Verifier
    url: str


def witnesses() -> list[Witness]:
    """Those that ZHENGTONG_WITNESSES names: `key address`, with commas between."""
    return [_witness(named) for named in settings.ZHENGTONG_WITNESSES.split(",") if named.strip()]


def _witness(named: str) -> Witness:
    key, _, url = named.strip().partition(" ")
    try:
        verifier = merkle.Verifier.parse(key)
    except merkle.NoteFault as why:
        raise ImproperlyConfigured(f"ZHENGTONG_WITNESSES: {why}") from why
    if verifier.kind != merkle.COSIGNATURE or not url.startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"ZHENGTONG_WITNESSES: a cosignature key and an address, not {named!r}")
    return Witness(verifier, url.strip().rstrip("/"))


def keep(checkpoint: Checkpoint, lines: str, *, now: datetime) -> list[str]:
    """Keep the cosignatures of known witnesses among `lines`; their names. NoteFault if one of them is wrong."""
    text = merkle.split_note(checkpoint.note)[0]
    kept = []
    for verifier, signature in merkle.believed(text, lines, [each.verifier for each in witnesses()]):
        at = _believable(signature, now)
        kept_so = {"line": merkle.signature_line(verifier, signature), "at": at}
        Cosignature.objects.update_or_create(checkpoint=checkpoint, witness=verifier.name, defaults=kept_so)
        kept.append(verifier.name)
    return kept


def _believable(signature: bytes, now: datetime) -> datetime:
    seconds = merkle.cosigned_at(signature)
    if seconds > (now + AHEAD).timestamp():
        raise merkle.NoteFault("the cosignature is dated in the future")
    return datetime.fromtimestamp(seconds, UTC)


def last_look(witness: Witness) -> Cosignature | None:
    """The newest checkpoint that the witness has cosigned."""
    return Cosignature.objects.filter(witness=witness.verifier.name).order_by("-checkpoint_id").first()


def with_cosignatures(checkpoint: Checkpoint) -> str:
    """The checkpoint's note as it is published: signed by the node, and by those who have seen it."""
    lines: Iterable[str] = checkpoint.cosignatures.order_by("witness").values_list("line", flat=True)
    return checkpoint.note + "".join(lines)


def witnessed_at() -> datetime | None:
    """When a witness last looked at the ledger; before the first did, when the ledger began. None if it is empty."""
    verifiers = [each.verifier for each in witnesses()]
    rows = Cosignature.objects.filter(witness__in=[each.name for each in verifiers])
    last = rows.select_related("checkpoint").order_by("-at").first()
    if last is None:
        began: datetime | None = Checkpoint.objects.aggregate(at=Min("at"))["at"]
        return began
    return _cosigned_at(last, verifiers)


def _cosigned_at(row: Cosignature, verifiers: list[merkle.Verifier]) -> datetime:
    """When the witness signed, by its own line; long ago if that is not its line."""
    try:
        seconds = merkle.cosignatures(row.checkpoint.note + row.line, verifiers).get(row.witness, 0)
    except merkle.NoteFault:
        seconds = 0
    return datetime.fromtimestamp(seconds, UTC)


_looked: dict[str, datetime] = {}  # what is known of witnessed_at, by the node's folder: it only grows


def require_witnessed() -> None:
    """Unwitnessed if witnesses are named and none has looked for ZHENGTONG_WITNESS_HOURS."""
    if not settings.ZHENGTONG_WITNESSES:
        return
    node, limit = str(settings.ZHENGTONG_VAR), timedelta(hours=settings.ZHENGTONG_WITNESS_HOURS)
    oldest = timezone.now() - limit
    if node in _looked and _looked[node] >= oldest:
        return
    last = witnessed_at()
    if last is None:
        return
    if last < oldest:
        raise Unwitnessed(hours=f"{settings.ZHENGTONG_WITNESS_HOURS:g}")
    _looked[node] = last
