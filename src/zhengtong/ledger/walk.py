"""Going through the log entry by entry. A faulty entry is told and its hash taken from the tree, so that the rest can
still be shown to be whole."""

import json
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet

from zhengtong.engines import merkle
from zhengtong.engines.merkle.notes import NoteFault
from zhengtong.ledger.faults import Fault, fault
from zhengtong.ledger.leaf import commitment, leaf
from zhengtong.ledger.models import LONGEST, Act, Checkpoint, History
from zhengtong.ledger.places import Entry, between, end, placed
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
    histories: dict[str, "array[int]"] = field(default_factory=dict)  # person -> number and act of each that was met
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
        if end() > self.at:
            yield fault("unsigned", first=self.at)
        else:
            yield from self._histories()

    def _walk_to(self, size: int) -> Iterator[Fault]:
        while self.at < size:
            index = self.at
            tile = merkle.split(read_tile(0, index // merkle.WIDTH))
            until = min(size, (index // merkle.WIDTH + 1) * merkle.WIDTH)
            entries = {each.index: each for each in between(index, until)}
            acts = Act.objects.in_bulk([entry.act_id for entry in entries.values()])
            self._remember(acts.values())
            for at in range(index, until):
                kept = tile[at % merkle.WIDTH] if at % merkle.WIDTH < len(tile) else None
                entry = entries.get(at)
                yield from self._entry(at, entry, acts.get(entry.act_id) if entry else None, kept)

    def _entry(self, index: int, entry: Entry | None, act: Act | None, kept: bytes | None) -> Iterator[Fault]:
        """One place in the log: what should be there, and the hash that the tree keeps of it."""
        if kept is None:
            yield fault("tile", tile=merkle.path(0, index // merkle.WIDTH))
        hashed = suite().hashing.leaf(entry.leaf) if entry else suite().hashing.empty
        self.tree.append(kept or hashed)
        if entry is None:
            yield fault("entry-missing", index=index)
            return
        if kept and hashed != kept:
            yield fault("rewritten", index=index)
        if act is None:
            yield fault("act-missing", index=index, leaf=entry.leaf.decode(errors="replace"))
            return
        yield from self._said(index, act, entry.leaf)
        yield from self._opened(index, act)
        yield from self._in_order(index, act)

    def _said(self, index: int, act: Act, content: bytes) -> Iterator[Fault]:
        """The entry says what the act does, and of a person the next number. An act concerns whom it says, or whom its
        subject's first act did."""
        person = due = act.person or self.whose.get(act.subject, "")
        number = self.numbers.get(person, 0) + 1 if person else 0
        if leaf(act, person, number) != content:
            person, number = _counted(content)
            expected = self.numbers.get(person, 0) + 1
            if person and number != expected:
                yield fault("person-hole", index=index, person=person, expected=expected, number=number)
            if person != due or leaf(act, person, number) != content:
                yield fault("altered", index=index, act=act, fields=_differing(leaf(act, due, number), content))
        if person:
            self.numbers[person] = number
            self.histories.setdefault(person, array("q")).extend((number, act.pk))

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
        if act.recorded_at and self.recorded and act.recorded_at < self.recorded - LONGEST:
            yield fault("clock", index=index, act=act, at=act.recorded_at, before=self.recorded)
        self.recorded = max(filter(None, [self.recorded, act.recorded_at]), default=None)

    def _histories(self) -> Iterator[Fault]:
        """What is listed of each person is what the walk has met."""
        rows = History.objects.order_by("person", "number").iterator()
        for person, listed in groupby(rows, key=attrgetter("person")):
            met = self.histories.pop(person, array("q")).tolist()
            pairs = [each for row in listed for pair in row.numbered() for each in pair]
            if met != (pairs[len(pairs) - len(met) :] if self.start else pairs):
                yield fault("history", person=person)
        for person in self.histories:
            yield fault("history", person=person)

    def _remember(self, acts: Collection[Act]) -> None:
        """Whom subjects concern; and a walk that starts late looks up where the subjects and persons were that it
        meets for the first time."""
        self.whose |= {act.subject: act.person for act in acts if act.position == 1}
        if self.start:
            before = placed(Act.objects.all()).filter(place__lt=self.start)
            self._remember_subjects(acts, before)
            self._remember_persons(acts, before)

    def _remember_subjects(self, acts: Iterable[Act], before: QuerySet[Any]) -> None:
        met = {act.subject for act in acts} - self.last.keys()
        earlier = before.filter(subject__in=met).values_list("subject", "position", "person")
        for subject, position, person in earlier.order_by("subject", "position"):
            self.last[subject] = (position, None)
            if position == 1:
                self.whose[subject] = person

    def _remember_persons(self, acts: Iterable[Act], before: QuerySet[Any]) -> None:
        met = {act.person or self.whose.get(act.subject, "") for act in acts} - self.numbers.keys() - {""}
        rows = History.objects.filter(person__in=met)
        numbers = {act: (row.person, number) for row in rows for number, act in row.numbered()}
        for act in before.filter(pk__in=numbers).values_list("pk", flat=True):
            person, number = numbers[act]
            self.numbers[person] = max(number, self.numbers.get(person, 0))


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


def _counted(content: bytes) -> tuple[str, int]:
    """Whom an entry says it concerns, and the how manieth of theirs it is; nobody if it cannot be read."""
    match _read(content):
        case {"person": str(person), "number": int(number)}:
            return person, number
    return "", 0


def _differing(now: bytes, content: bytes) -> str:
    """Which facts are not those of the entry, and what the entry says."""
    was, says = _read(content), _read(now)
    names = sorted(name for name in says.keys() | was.keys() if was.get(name) != says.get(name))
    return ", ".join(f"{name} ({was.get(name)!r})" for name in names)


def _read(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
