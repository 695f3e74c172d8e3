"""The record: acts as people read them, and the log that proves them."""

from django.db import models
from django.db.models import Q

from zhengtong.common.text import Text
from zhengtong.ledger.kinds import KINDS


class Act(models.Model):
    """One official deed, written in the transaction of its effect. Never changed; particulars can be erased.

    What is personal (`actor`, `reason`, `particulars`) is not in the log: the log holds the `commitment` to it, which
    without the `salt` tells nothing. `seal` shows that the program recorded this, not somebody with SQL.
    """

    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()  # of the kind
    subject = models.CharField(max_length=100)  # a case number, or "charter", "register:…"
    position = models.PositiveIntegerField()  # among the acts of the subject, from 1
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True)  # an opaque handle, see people
    actor_post = models.CharField(max_length=130, blank=True)
    power = models.CharField(max_length=100, blank=True)
    legal_basis = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    particulars = models.JSONField(null=True, blank=True)
    salt = models.BinaryField(max_length=16)  # empty: erased
    commitment = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)
    sequenced = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "position"], name="one_act_a_position")]
        indexes = [models.Index(fields=["id"], condition=Q(sequenced=False), name="acts_to_sequence")]

    def __str__(self) -> str:
        return f"{self.subject} #{self.position} {self.kind}"

    @property
    def title(self) -> Text:
        """What kind of act this is, for people."""
        return KINDS[self.kind].title


class Entry(models.Model):
    """An act's place in the log: `leaf` is what is public of it, and is hashed."""

    index = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="entry")
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.index)


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
