"""The record: acts as people read them, and the log that proves them."""

from collections.abc import Iterator
from datetime import timedelta
from struct import iter_unpack

from django.db import models

from zhengtong.common.text import Text
from zhengtong.ledger.kinds import KINDS
from zhengtong.vault import ring
from zhengtong.vault.fields import Sealed, gone

# Acts have their places in the order of their commits, so that a long transaction's are older than those before them:
# by no more than this, unless the node's clock was turned back.
LONGEST = timedelta(hours=1)


class Act(models.Model):
    """One official deed, written in the transaction of its effect. Never changed; particulars can be erased.

    What is personal (`actor`, `reason`, `particulars`) is not in the log: the log holds the `commitment` to it, which
    without the `salt` tells nothing. Reason and particulars are sealed under the key of the subject, so that they go
    with it.
    """

    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()  # of the kind
    subject = models.CharField(max_length=100)  # a case number, or "charter", "register:…"
    position = models.PositiveIntegerField()  # among the acts of the subject, from 1
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)  # by the node's clock; none in acts of the first format
    person = models.CharField(max_length=32, blank=True)  # whom it concerns, blinded; empty: as the subject's first act
    actor = models.CharField(max_length=64, blank=True)  # an opaque handle, see people
    actor_post = models.CharField(max_length=130, blank=True)
    power = models.CharField(max_length=100, blank=True)
    legal_basis = models.JSONField(default=list)
    reason = Sealed()
    particulars = Sealed(null=True, default=None)
    salt = models.BinaryField(max_length=16)  # empty: erased
    commitment = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "position"], name="one_act_a_position")]

    def __str__(self) -> str:
        return f"{self.subject} #{self.position} {self.kind}"

    @property
    def sealed_for(self) -> str:
        """The subject, if it has a key: whoever acts on a case has it at hand. Else the node, whose key stays."""
        return self.subject if ring.at_hand(self.subject) else ring.NODE

    @property
    def is_erased(self) -> bool:
        """Whether what is personal in it is gone: blanked, or the key of its subject destroyed."""
        return not self.salt or gone(self, "reason") or gone(self, "particulars")

    @property
    def title(self) -> Text:
        """What kind of act this is, for people."""
        return KINDS[self.kind].title


class Waiting(models.Model):
    """An act that has no place in the log yet. Written with the act, taken away with its place.

    `facts` are its leaf but for what is counted later; `person` whom it was told to concern. `seal` shows that the
    program recorded this, not somebody with SQL.
    """

    act = models.OneToOneField(Act, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="waiting")
    position = models.PositiveIntegerField()
    person = models.CharField(max_length=32, blank=True)
    facts = models.BinaryField()
    seal = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.pk)


class Stretch(models.Model):
    """Entries that follow each other, of acts that follow each other: the act `act + n` is the entry `index + n`.

    They were placed at once and lie in one entry bundle of C2SP tlog-tiles, so that there are at most 256; `leaves` is
    their part of it. Once written it is never touched again.
    """

    index = models.BigIntegerField(primary_key=True)
    act = models.BigIntegerField(unique=True)
    count = models.PositiveSmallIntegerField()
    leaves = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.index}+{self.count}"


class History(models.Model):
    """Acts that concern one person and got their places at once, by their ids, 8 bytes each.

    `number` is that of the last of them among all that concern the person: there the sequencer goes on counting, so
    that whoever is shown a history sees if one is missing.
    """

    person = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    acts = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="one_history_a_number")]

    def __str__(self) -> str:
        return f"{self.person} {self.number}"

    def numbered(self) -> Iterator[tuple[int, int]]:
        """The number and the id of each act."""
        ids = [each for (each,) in iter_unpack(">q", bytes(self.acts))]
        return enumerate(ids, start=self.number - len(ids) + 1)


class Tile(models.Model):
    """A row of up to 256 hashes of the tree, see engines/merkle/tiles.py."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_tile_a_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The head of the log at some size, as the node signed it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.size)

    @property
    def origin(self) -> str:
        """What the log is called."""
        return self.note.partition("\n")[0]


class Cosignature(models.Model):
    """A witness has seen the checkpoint: its line under it, and the time that the line tells."""

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="cosignatures")
    witness = models.CharField(max_length=200)
    line = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="one_cosignature_a_witness")]

    def __str__(self) -> str:
        return f"{self.witness} – {self.checkpoint_id}"


class Witnessed(models.Model):
    """The last checkpoint of another log that this node has cosigned."""

    origin = models.CharField(max_length=200, primary_key=True)
    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.origin} – {self.size}"


class Dispute(models.Model):
    """Two heads of one log, both signed by it, that were not shown to continue each other."""

    origin = models.CharField(max_length=200)
    held = models.TextField()
    shown = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.origin} – {self.at:%Y-%m-%d %H:%M}"
