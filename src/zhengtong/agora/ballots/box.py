"""The box's own database, by the uuid of an election: what waits, who may vote, what is in. It asks for no person."""

import json
import random
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import count
from time import time_ns
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from zhengtong.agora.ballots.ballotbox.models import Boxed, Mark, Voter, Waiting
from zhengtong.agora.ballots.ballotbox.router import BALLOTS
from zhengtong.agora.ballots.ballotbox.sealing import mark, seal, unseal
from zhengtong.agora.ballots.errors import BoxDisagrees
from zhengtong.common.together import let_them_end, writing
from zhengtong.engines.ballots import Election, chained, fingerprint

KEY_BYTES = 1024  # a public key has 617 digits at most
_CHANCE = random.SystemRandom()


def noted(uuid: str, what: tuple[str | bytes, ...], value: str = "") -> Literal["new", "same", "other"]:
    """Note that something was done with a value: for the first time, again with the same, or with another one."""
    named, worth = mark(uuid, *what), mark(uuid, *what, value)
    try:
        with transaction.atomic(using=BALLOTS):
            Mark.objects.create(election=uuid, mark=named, value=worth)
            return "new"
    except IntegrityError:
        return "same" if bytes(Mark.objects.get(election=uuid, mark=named).value) == worth else "other"


def to_write_in(uuid: str) -> None:
    """Who enrols or votes says so first, and then looks whether it is open: what closes meanwhile waits for them."""
    writing(uuid, using=BALLOTS)


def let_writers_end(uuid: str) -> None:
    """Who closes the roll or the box waits first for those who still found it open."""
    let_them_end(uuid, using=BALLOTS)


def hold_key(uuid: str, public: str) -> None:
    """Keep a voter's public key until the roll is closed."""
    Waiting.objects.create(election=uuid, kind="key", sealed=seal(uuid, public.encode(), length=KEY_BYTES))


def keys_held(uuid: str) -> list[str]:
    """The public keys that wait for the roll, sorted as the archive has them."""
    found = (unseal(uuid, bytes(each.sealed)) for each in Waiting.objects.filter(election=uuid, kind="key"))
    return sorted({each.decode() for each in found if each is not None}, key=lambda one: (len(one), one))


def enrolled(uuid: str) -> int:
    """How many voters wait for the roll."""
    return Waiting.objects.filter(election=uuid, kind="key").count()


def close_roll(uuid: str, keys: Sequence[str]) -> None:
    """Write the roll down, in the order of hashes. Doing it again changes nothing."""
    hashes = sorted(map(_hashed, keys))
    Voter.objects.bulk_create([Voter(election=uuid, key=each) for each in hashes], 1000, ignore_conflicts=True)


def forget_keys(uuid: str) -> None:
    """What waited for the roll is not needed any more."""
    Waiting.objects.filter(election=uuid, kind="key").delete()


def is_voter(uuid: str, public: str) -> bool:
    """Whether somebody is on the closed roll."""
    return Voter.objects.filter(election=uuid, key=_hashed(public)).exists()


def hold_ballot(election: Election, written: str) -> None:
    """Keep a ballot until it is shuffled in with others; when it came is sealed with it, to keep a voter's in order."""
    uuid, said = election.uuid, json.dumps([time_ns(), written]).encode()
    Waiting.objects.create(election=uuid, kind="ballot", sealed=seal(uuid, said, length=_longest(election)))


def in_box(uuid: str, tracking_number: str) -> bool:
    """Whether a ballot can be read by all."""
    return Boxed.objects.filter(election=uuid, tracking_number=tracking_number).exists()


def ballots_of(uuid: str, *, after: int = 0) -> Iterator[str]:
    """The ballots in the box, in their order."""
    found = Boxed.objects.filter(election=uuid, number__gt=after).order_by("number")
    return found.values_list("written", flat=True).iterator(500)


def tracking_numbers(uuid: str, *, first: int, count: int) -> list[str]:
    """Of ballots in the box, in alphabetical order, from the place `first` on."""
    found = Boxed.objects.filter(election=uuid).order_by("tracking_number")
    return list(found.values_list("tracking_number", flat=True)[first : first + count])


def sizes(uuids: Sequence[str]) -> dict[str, int]:
    """How many ballots lie in each box."""
    rows = Boxed.objects.filter(election__in=uuids).order_by().values_list("election")
    return dict.fromkeys(uuids, 0) | dict(rows.annotate(n=Count("pk")))


def waiting(uuid: str) -> int:
    """How many ballots wait to be shuffled in."""
    return Waiting.objects.filter(election=uuid, kind="ballot").count()


def last_event(uuid: str) -> tuple[int, str]:
    """How many ballots are in the box, and the hash of the last one's event; nothing of an empty box."""
    last = Boxed.objects.filter(election=uuid).order_by("-number").first()
    return (last.number, last.event) if last else (0, "")


def has_gap(uuid: str) -> bool:
    """Whether a ballot is gone that others came after."""
    found = Boxed.objects.filter(election=uuid).aggregate(last=Max("number"), size=Count("pk"))
    return bool((found["last"] or 0) != found["size"])


def event_at(uuid: str, number: int) -> str | None:
    """The hash of the event of a ballot; None where there is none."""
    return Boxed.objects.filter(election=uuid, number=number).values_list("event", flat=True).first()


@transaction.atomic(using=BALLOTS)
def shuffle_in(uuid: str, *, setup: str, least: int) -> int:
    """Put what waits into the box, shuffled, if it comes from so many voters at least; how many ballots.

    `setup` is the hash of the archive's first event. Ballots of one voter keep their order: the last one counts.
    """
    rows = list(Waiting.objects.select_for_update().filter(election=uuid, kind="ballot"))
    found = _in_order([_opened(uuid, row) for row in rows])
    if not found or len({_credential(each) for each in found}) < least:
        return 0
    number, parent = last_event(uuid)
    made = []
    for place, written in zip(count(number + 1), _shuffled(found), strict=False):
        _, event = chained("Ballot", written, parent=parent or setup, height=place)
        parent = event.hash
        made.append(
            Boxed(
                election=uuid, number=place, written=written,
                tracking_number=fingerprint(written), event=event.hash,
            )
        )  # fmt: skip
    Boxed.objects.bulk_create(made, 500)
    Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(made)


def _opened(uuid: str, row: Waiting) -> tuple[int, str]:
    said = unseal(uuid, bytes(row.sealed))
    if said is None:
        raise BoxDisagrees
    when, written = json.loads(said)
    return when, written


def _in_order(found: list[tuple[int, str]]) -> list[str]:
    return list(dict.fromkeys(written for _, written in sorted(found)))


def _shuffled(found: list[str]) -> list[str]:
    """By chance; but what one voter sent stays in the order in which they sent it."""
    places = list(range(len(found)))
    _CHANCE.shuffle(places)
    turns: dict[str, deque[str]] = defaultdict(deque)
    for each in found:
        turns[_credential(each)].append(each)
    return [turns[_credential(found[place])].popleft() for place in places]


def _credential(written: str) -> str:
    return str(json.loads(written)["credential"])


def _hashed(public: str) -> bytes:
    return sha256(public.encode()).digest()


def _longest(election: Election) -> int:
    """No ballot of this election is longer."""
    return 4096 + sum(2048 * each.size + 300 * (each.most - each.least + 4) for each in election.questions)
