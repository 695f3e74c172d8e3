"""A voice with its holder's seal: the device makes many, shows how it made all but one, and that one is signed blind.

The node cannot see what is in the one that it signs, and is deceived once in MANY times; a device that is caught gets
no voice in the round. What it listed first stands, so that nobody tries until the choice is to their liking.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from zhengtong.agora import voices
from zhengtong.agora.errors import HasVoice, NotAVoice
from zhengtong.agora.keys import key_of
from zhengtong.agora.models import Admission
from zhengtong.agora.openings import kinds
from zhengtong.agora.openings.errors import BegunOnADevice, SealsNotShown
from zhengtong.agora.openings.keys import sealing_key
from zhengtong.agora.openings.models import Listed
from zhengtong.agora.rounds import Round
from zhengtong.engines.blind import finalise
from zhengtong.engines.blind.sealed import GROUP, MANY, SEED, as_shown, candidate, new_seed
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
from zhengtong.vault.secret import derived


def mark_of(round_: Round, person: Person) -> bytes:
    """What stands for a person in the seals of a round. Only the node can work it out, and tells it to them alone, so
    that nobody seals another's name.
    """
    return derived(f"mark in a seal\0{round_.case.number}\0{person.handle}")


def left_of(round_: Round, person: Person, listed: Sequence[bytes]) -> int:
    """Which candidate of this list is not to be shown: the same each time, and nobody else can tell before."""
    chosen = derived(f"left of a list\0{round_.case.number}\0{person.handle}\0{_digest(listed).hex()}")
    return int.from_bytes(chosen) % MANY


def sealed_with(round_: Round, person: Person | None) -> dict[str, str]:
    """What a device needs for its seals: the joint key and, of whoever has signed in, their mark. Nothing where nobody
    can open a voice. KeysMissing.
    """
    if round_.declared.opening is None:
        return {}
    mark = {"mark": mark_of(round_, person).hex()} if person else {}
    return {"joint": GROUP.write(sealing_key(round_)), **mark}


def admit_sealed(
    *, round_: Round, listed: Sequence[bytes], seeds: Sequence[bytes] | None = None, by: Actor, now: datetime
) -> int | bytes:
    """Which of the blinded candidates is left or, given the seeds of all others, the signature on it.

    The same request gets the same answer. NotEligible, KeysMissing, HasVoice; NotAVoice for what is no list, and
    nothing is changed; SealsNotShown for a device that was caught, from then on.
    """
    size = key_of(round_.case.number).key_size // 8
    whole = seeds is None or (len(seeds) == MANY - 1 and all(len(each) == SEED for each in seeds))
    if len(set(listed)) != MANY or len(listed) != MANY or any(len(each) != size for each in listed) or not whole:
        raise NotAVoice
    answer = _answered(round_, listed, seeds, by, now=now)
    if answer is None:
        raise SealsNotShown  # when it is recorded
    return answer


@transaction.atomic
def _answered(
    round_: Round, listed: Sequence[bytes], seeds: Sequence[bytes] | None, by: Actor, *, now: datetime
) -> int | bytes | None:
    person, key = voices.person_of(by), sealing_key(round_)
    left, known = left_of(round_, person, listed), Admission.objects.filter(case=round_.case, person=person).first()
    if known is not None:
        signature = voices.signed(round_, known, listed[left])
        return left if seeds is None else signature
    own = _listed(round_, listed, person, by, now=now)
    if own.caught:
        return None
    if bytes(own.digest) != _digest(listed):
        raise BegunOnADevice
    if seeds is None:
        return left
    public, mark = key_of(round_.case.number).public_key(), mark_of(round_, person)
    if not as_shown(public, key=key, mark=mark, listed=listed, left=left, seeds=seeds):
        own.caught = True
        own.save(update_fields=["caught"])
        told = {"list": _digest(listed).hex()}
        record(kind=kinds.CAUGHT, subject=round_.case.number, by=by, now=now, particulars=told)
        return None
    own.delete()  # in the order of these rows people could be laid beside voices
    entry = voices.entered(round_, listed[left], person, now=now)
    return voices.signed(round_, entry, listed[left])


def _listed(round_: Round, listed: Sequence[bytes], person: Person, by: Actor, *, now: datetime) -> Listed:
    """What a device of theirs listed first."""
    rows = Listed.objects.select_for_update().filter(case=round_.case, person=person)
    own = rows.first()
    if own is not None:
        return own
    voices.require_eligible(round_, person, by=by, now=now)
    try:
        with transaction.atomic():
            return Listed.objects.create(case=round_.case, person=person, digest=_digest(listed))
    except IntegrityError:  # two devices at the same moment; the other was first
        return rows.get()


@transaction.atomic
def admit_here(*, round_: Round, by: Actor, now: datetime) -> str:
    """For a device that runs no scripts: the program makes the key of the voice, hands it out, and forgets it."""
    if round_.declared.opening is None:
        return voices.admit_here(round_=round_, by=by, now=now)
    person, key = voices.person_of(by), sealing_key(round_)
    begun = Listed.objects.filter(case=round_.case, person=person).first()
    if begun is not None:
        raise SealsNotShown if begun.caught else BegunOnADevice
    if Admission.objects.filter(case=round_.case, person=person).exists():
        raise HasVoice
    voices.require_eligible(round_, person, by=by, now=now)
    public = key_of(round_.case.number).public_key()
    made = candidate(public, key=key, mark=mark_of(round_, person), seed=new_seed())
    entry = voices.entered(round_, made.blinded.message, person, now=now)
    signature = finalise(public, made.message, voices.signed(round_, entry, made.blinded.message), made.blinded.inverse)
    return voices.written(made.message, signature)


def _digest(listed: Sequence[bytes]) -> bytes:
    return sha256(b"".join(listed)).digest()
