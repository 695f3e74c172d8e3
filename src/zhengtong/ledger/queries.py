"""Reading the record."""

from collections.abc import Collection

from django.db.models import QuerySet

from zhengtong.engines import merkle
from zhengtong.ledger import keys
from zhengtong.ledger.models import Act, Checkpoint, Entry
from zhengtong.ledger.tree import reader


def of(subject: str) -> QuerySet[Act]:
    """The acts of a subject, in order."""
    return Act.objects.filter(subject=subject).order_by("position")


def together(subjects: Collection[str]) -> QuerySet[Act]:
    """The acts of several subjects in the order in which they were recorded, such as a joint case and its parts."""
    return Act.objects.filter(subject__in=subjects).order_by("id")


def head() -> Checkpoint | None:
    """The newest signed head of the log, or None while it is empty."""
    return Checkpoint.objects.order_by("-size").first()


def proof(act: Act) -> merkle.Receipt | None:
    """That the act is in the log, to be kept and checked by anyone; None until it has its place there."""
    entry = Entry.objects.filter(act=act).first()
    checkpoint = head()
    if entry is None or checkpoint is None:
        return None
    path = merkle.inclusion_proof(index=entry.index, size=checkpoint.size, read=reader())
    return merkle.Receipt(entry.index, tuple(path), checkpoint.note, extra=bytes(entry.leaf))


def verifier() -> merkle.Verifier:
    """The name and public key by which others check this node's checkpoints."""
    checkpoint = head()
    return keys.signer(checkpoint.origin if checkpoint else keys.origin()).verifier
