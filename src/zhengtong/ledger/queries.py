"""Reading the record."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from zhengtong.engines import merkle
from zhengtong.ledger import keys, places
from zhengtong.ledger.cosigning import with_cosignatures
from zhengtong.ledger.models import Act, Checkpoint, History
from zhengtong.ledger.succession import verifier_at
from zhengtong.ledger.suite import suite
from zhengtong.ledger.tree import reader


def of(subject: str) -> QuerySet[Act]:
    """The acts of a subject, in order."""
    return Act.objects.filter(subject=subject).order_by("position")


def by_officer(handle: str) -> QuerySet[Act]:
    """What a person did in any post."""
    return Act.objects.filter(actor=handle).exclude(actor_post="")


def together(subjects: Collection[str]) -> QuerySet[Act]:
    """The acts of several subjects in the order in which they were recorded, such as a joint case and its parts."""
    return Act.objects.filter(subject__in=subjects).order_by("id")


@dataclass(frozen=True)
class Numbered:
    """An act that concerns a person, which is their `number`th, and where it is in the log."""

    number: int
    index: int
    act: Act


def concerning(handle: str) -> list[Numbered]:
    """What the log holds of a person, by their handle, in the order of its numbers."""
    rows = History.objects.filter(person=keys.blind_person(handle)).order_by("number")
    numbers = {act: number for row in rows for number, act in row.numbered()}
    acts = places.placed(Act.objects.filter(pk__in=numbers))
    return sorted((Numbered(numbers[act.pk], act.place, act) for act in acts), key=lambda each: each.number)


def head() -> Checkpoint | None:
    """The newest signed head of the log, or None while it is empty."""
    return Checkpoint.objects.order_by("-size").first()


def published() -> Checkpoint | None:
    """The newest head that a witness has cosigned or, if none has, the newest."""
    cosigned = Checkpoint.objects.filter(cosignatures__isnull=False).order_by("-size").first()
    return cosigned or head()


def proof(act: Act) -> merkle.Receipt | None:
    """That the act is in the log, to be kept and checked by anyone; None until it has its place there.

    It leads to the newest head that was cosigned, or to the newest if the act is not in that one yet.
    """
    entry = places.of(act)
    checkpoint = published()
    if checkpoint and entry and entry.index >= checkpoint.size:
        checkpoint = head()
    if entry is None or checkpoint is None or entry.index >= checkpoint.size:
        return None
    path = merkle.inclusion_proof(index=entry.index, size=checkpoint.size, read=reader(), hashing=suite().hashing)
    return merkle.Receipt(entry.index, tuple(path), with_cosignatures(checkpoint), extra=entry.leaf)


def consistency(old: int, new: int) -> list[bytes]:
    """That the log of `old` entries is the beginning of that of `new`; ValueError if it cannot be."""
    return merkle.consistency_proof(old=old, new=new, read=reader(), hashing=suite().hashing)


def verifier() -> merkle.Verifier:
    """The name and public key by which others check this node's newest checkpoint."""
    checkpoint = head()
    name = checkpoint.origin if checkpoint else keys.origin()
    return verifier_at(name, checkpoint.size if checkpoint else 0)


def opened(note: str) -> merkle.Checkpoint:
    """The checkpoint in a note, signed with the key that this node had at that size; NoteFault otherwise."""
    claimed = merkle.Checkpoint.parse(merkle.split_note(note)[0])
    return merkle.Checkpoint.opened(note, verifier_at(verifier().name, claimed.size))
