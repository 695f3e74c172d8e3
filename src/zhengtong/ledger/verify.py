"""Is everything there, in order, unaltered? Each act against its entry, the entries against the tree, it against
every signed head, and against the head that was published outside the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from zhengtong.engines import merkle
from zhengtong.engines.merkle.notes import NoteFault
from zhengtong.ledger import keys, outside, places
from zhengtong.ledger.faults import Fault, fault
from zhengtong.ledger.kinds import ERASED, SUBJECT_ERASED
from zhengtong.ledger.leaf import facts
from zhengtong.ledger.models import Act, Checkpoint, Waiting
from zhengtong.ledger.queries import opened
from zhengtong.ledger.suite import suite
from zhengtong.ledger.tree import read_tile, reader
from zhengtong.ledger.walk import Erasures, Walk

MOST = 1000  # faults that are told: a shifted ledger has as many as entries


@dataclass(frozen=True)
class Report:
    """What was checked, and what is wrong with it. `pending` acts have no place in the log yet."""

    entries: int
    checkpoints: int
    erased: int
    pending: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def verify(since: str | None = None) -> Report:
    """Check the whole ledger or, from a checkpoint (a signed note that was kept outside) on, what came after it.

    NoteFault if `since` is not a checkpoint of this node.
    """
    start = opened(since) if since else None
    walk = Walk(start=start.size if start else 0, erasures=_erasures())
    faults = list(islice(_faults(walk, start), MOST))
    return Report(walk.at, walk.heads, walk.erased, Waiting.objects.count(), tuple(faults))


def _faults(walk: Walk, start: merkle.Checkpoint | None) -> Iterator[Fault]:
    yield from _beginning(walk, start)
    yield from walk.faults()
    yield from _stray_acts()
    yield from _upper_tiles(walk.at)
    yield from _published(walk.at)


def _beginning(walk: Walk, start: merkle.Checkpoint | None) -> Iterator[Fault]:
    """The tree at the checkpoint to start from must be the one that was signed."""
    if start is None:
        return
    try:
        walk.tree = merkle.CompactRange.read(size=start.size, read=reader(), hashing=suite().hashing)
    except ValueError:
        yield fault("truncated", size=start.size, entries=walk.at)
        return
    if walk.tree.root() != start.root:
        yield fault("root", first=0, last=start.size - 1, size=start.size)


def _erasures() -> Erasures:
    """Which acts were lawfully erased: single ones, and all of a subject up to a position."""
    single: set[tuple[str, int]] = set()
    whole: dict[str, int] = {}
    for act in Act.objects.filter(kind__in=[ERASED, SUBJECT_ERASED]).order_by("pk"):
        if act.kind == ERASED and act.particulars:
            single.add((act.subject, act.particulars["position"]))
        elif act.kind == SUBJECT_ERASED and act.particulars:
            whole[act.subject] = act.particulars["positions"]
    return Erasures(single, whole)


def _stray_acts() -> Iterator[Fault]:
    for act in places.placed(Act.objects.filter(waiting=None)).filter(place=None):
        yield fault("inserted", id=act.pk, act=act)
    acts = {act.pk: act for act in places.placed(Act.objects.exclude(waiting=None))}
    for waiting in Waiting.objects.order_by("act_id").iterator():
        act = acts.get(waiting.pk)
        if act and act.place is not None:
            yield fault("marked", id=act.pk, act=act)
        elif not _as_recorded(waiting, act):
            yield fault("forged", id=waiting.pk, act=act or "–")


def _as_recorded(waiting: Waiting, act: Act | None) -> bool:
    """Whether the program wrote what waits, and the act still says so."""
    if act is None or keys.sealing()(bytes(waiting.facts), waiting.person) != bytes(waiting.seal):
        return False
    return (facts(act), act.person, act.position) == (bytes(waiting.facts), waiting.person, waiting.position)


def _upper_tiles(size: int) -> Iterator[Fault]:
    """Each hash above the lowest level stands for a full tile below it."""
    level = 1
    while width := size >> (merkle.HEIGHT * level):
        for first in range(0, width, merkle.WIDTH):
            below = (read_tile(level - 1, n) for n in range(first, min(first + merkle.WIDTH, width)))
            if read_tile(level, first // merkle.WIDTH) != b"".join(
                suite().hashing.root(merkle.split(tile)) for tile in below
            ):
                yield fault("tile", tile=merkle.path(level, first // merkle.WIDTH))
        level += 1


def _published(entries: int) -> Iterator[Fault]:
    note = outside.read()
    if note is None:
        return
    try:
        head = opened(note)
    except NoteFault as why:
        yield fault("signature", size="?", why=why)
        return
    if head.size > entries:
        yield fault("truncated", size=head.size, entries=entries)
    elif not Checkpoint.objects.filter(size=head.size, root=head.root).exists():
        yield fault("checkpoint-missing", size=head.size)
