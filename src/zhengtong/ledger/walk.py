"""Going through the log entry by entry. A faulty entry is told and its hash taken from the tree, so that the rest can
still be shown to be whole."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.db.models import Max

from zhengtong.engines import merkle
from zhengtong.engines.merkle.notes import NoteFault
from zhengtong.ledger.faults import Fault, fault
from zhengtong.ledger.leaf import commitment, leaf, public
from zhengtong.ledger.models import LONGEST, Act, Checkpoint, Entry
from zhengtong.ledger.queries import opened
from zhengtong.ledger.suite import suite
from zhengtong.ledger.tree import read_tile

# Acts of one subject are dated when their request came, and wait for each other: they may cross by that much.
TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Erasures:
    """What was lawfully erased: single acts by subject and position, and of whole subjects all up to a position."""

    single: set[tuple[str, int]]
    whole: dict[str, int]

    def allow(self, act: Act) -> bool:
        return (act.subject, act.position) in self.single or act.position <= self.whole.get(act.subject, 0)


@dataclass
class Walk:
    """How far the walk has come, and what it remembers."""

    start: int
    erasures: Erasures
    tree: merkle.CompactRange = field(default_factory=lambda: merkle.CompactRange(hashing=suite().hashing))
    heads: int = 0
    erased: int = 0
    last: dict[str, tuple[int, datetime | None]] = field(default_factory=dict)  # subject -> its last act
    whose: dict[str, str] = field(default_factory=dict)  # subject -> whom its first act concerns
    numbers: dict[str, int] = field(default_factory=dict)  # person -> how many acts concern them so far
    recorded: datetime | None = None  # the latest moment so far at which an act was recorded
    commitments: set[bytes] = field(default_factory=set)

    @property
    def at(self) -> int:
        """The next entry."""
        return self.tree.size

    def faults(self) -> Iterator[Fault]:
        """Walk from `start` to the end, from one signed head to the next."""
        sound = self.at
        if sound != self.start:
            return  # the beginning could not be read
        for row in Checkpoint.objects.filter(size__gt=self.start).order_by("size").iterator():
            self.heads += 1
            try:
                head = _signed(row)
            except NoteFault as why:  # nor is it believed how far the log goes
                yield fault("signature", size=row.size, why=why)
                continue
            yield from self._walk_to(head.size)
            if head.root != self.tree.root():
                yield fault("root", first=sound, last=head.size - 1, size=head.size)
            sound = head.size
        if Entry.objects.filter(index__gte=self.at).exists():
            yield fault("unsigned", first=self.at)

    def _walk_to(self, size: int) -> Iterator[Fault]:
        while self.at < size:
            index = self.at
            tile = merkle.split(read_tile(0, index // merkle.WIDTH))
            until = min(size, (index // merkle.WIDTH + 1) * merkle.WIDTH)
            entries = {each.index: each for each in Entry.objects.filter(index__gte=index, index__lt=until)}
            acts = Act.objects.in_bulk([entry.act_id for entry in entries.values()])
            self._remember_earlier(acts.values())
            self._remember_persons(entries.values())
            for at in range(index, until):
                kept = tile[at % merkle.WIDTH] if at % merkle.WIDTH < len(tile) else None
                entry = entries.get(at)
                yield from self._entry(at, entry, acts.get(entry.act_id) if entry else None, kept)

    def _entry(self, index: int, entry: Entry | None, act: Act | None, kept: bytes | None) -> Iterator[Fault]:
        """One place in the log: what should be there, and the hash that the tree keeps of it."""
        if kept is None:
            yield fault("tile", tile=merkle.path(0, index // merkle.WIDTH))
        self.tree.append(kept or (bytes(entry.leaf_hash) if entry else suite().hashing.empty))
        if entry is None:
            yield fault("entry-missing", index=index)
            return
        content = bytes(entry.leaf)
        hashed = suite().hashing.leaf(content)
        if hashed != bytes(entry.leaf_hash) or (kept and hashed != kept):
            yield fault("rewritten", index=index)
        if act is None:
            yield fault("act-missing", index=index, leaf=content.decode())
            return
        if leaf(act, entry.person, entry.number) != content:
            yield fault("altered", index=index, act=act, fields=_differing(act, entry, content))
        yield from self._opened(index, act)
        yield from self._in_order(index, act)
        yield from self._concerning(index, act, entry)

    def _opened(self, index: int, act: Act) -> Iterator[Fault]:
        """What is personal fits the commitment, or was erased by an act."""
        if not _is_erased(act):
            if not _fits(act):
                yield fault("opened-otherwise", index=index, act=act)
        elif self.erasures.allow(act):
            self.erased += 1
        else:
            yield fault("erased-without-act", index=index, act=act)

    def _in_order(self, index: int, act: Act) -> Iterator[Fault]:
        """The acts of a subject are numbered without a hole, none is there twice, and time goes on."""
        position, at = self.last.get(act.subject, (0, None))
        if act.position != position + 1:
            told = {"subject": act.subject, "expected": position + 1, "position": act.position}
            yield fault("hole", index=index, **told)
        if at and act.at < at - TOLERANCE:
            yield fault("back-in-time", index=index, act=act)
        if bytes(act.commitment) in self.commitments:
            yield fault("copied", index=index, act=act)
        self.commitments.add(bytes(act.commitment))
        self.last[act.subject] = (act.position, act.at)

    def _concerning(self, index: int, act: Act, entry: Entry) -> Iterator[Fault]:
        """An act concerns whom it says, or whom its subject's first act did; the acts of a person have no hole."""
        if act.position == 1:
            self.whose[act.subject] = act.person
        if entry.person != (act.person or self.whose.get(act.subject, "")):
            yield fault("altered", index=index, act=act, fields="person")
        if entry.person:
            due = self.numbers.get(entry.person, 0) + 1
            if entry.number != due:
                yield fault("person-hole", index=index, person=entry.person, expected=due, number=entry.number)
            self.numbers[entry.person] = entry.number
        if act.recorded_at and self.recorded and act.recorded_at < self.recorded - LONGEST:
            yield fault("clock", index=index, act=act, at=act.recorded_at, before=self.recorded)
        self.recorded = max(filter(None, [self.recorded, act.recorded_at]), default=None)

    def _remember_earlier(self, acts: Iterable[Act]) -> None:
        """A walk that starts late looks up where the subjects were that it meets for the first time."""
        met = {act.subject for act in acts} - self.last.keys()
        if not (self.start and met):
            return
        earlier = Act.objects.filter(subject__in=met, entry__index__lt=self.start).values_list("subject").order_by()
        self.last |= {subject: (position, None) for subject, position in earlier.annotate(Max("position"))}
        firsts = Act.objects.filter(subject__in=met, position=1, entry__index__lt=self.start)
        self.whose |= dict(firsts.values_list("subject", "person"))

    def _remember_persons(self, entries: Iterable[Entry]) -> None:
        """The same of the persons that it meets."""
        met = {entry.person for entry in entries} - self.numbers.keys() - {""}
        if self.start and met:
            earlier = Entry.objects.filter(person__in=met, index__lt=self.start).values_list("person").order_by()
            self.numbers |= dict(earlier.annotate(Max("number")))


def _is_erased(act: Act) -> bool:
    try:
        return act.is_erased
    except InvalidTag:  # tampered with, which is no erasing
        return False


def _fits(act: Act) -> bool:
    """Whether what is personal in an act is what it was committed to."""
    try:
        return commitment(act) == bytes(act.commitment)
    except InvalidTag:
        return False


def _signed(row: Checkpoint) -> merkle.Checkpoint:
    """The head as it was signed; NoteFault if it was not, or if its row says something else."""
    head = opened(row.note)
    if (head.size, head.root) != (row.size, bytes(row.root)):
        raise NoteFault("what was signed is not what its row says")
    return head


def _differing(act: Act, entry: Entry, content: bytes) -> str:
    """Which facts of the act are not those of its entry, and what the entry says."""
    was, now = json.loads(content), public(act, entry.person, entry.number)
    names = sorted(name for name in now.keys() | was.keys() if was.get(name) != now.get(name))
    return ", ".join(f"{name} ({was.get(name)!r})" for name in names)
