"""What waits to be shuffled, what was used up, who may vote, and the box itself. No row has a time or a person.

Rows have random keys. Those that are written as people come (what waits, what was used up) say nothing to whoever has
not the key of the election, a file of the node that is destroyed when the vote ends; those that can be read (voters,
the box) are written shuffled, many at once.
"""

from uuid import uuid4

from django.db import models


class Row(models.Model):
    """Of one election, by the uuid that its archive has."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    election = models.CharField(max_length=14)

    class Meta:
        abstract = True


class Waiting(Row):
    """A voter's public key, or a ballot, sealed and of the same length as the others, until it is shuffled in."""

    kind = models.CharField(max_length=6)  # key, ballot
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["election", "kind"], name="waiting_by_election")]

    def __str__(self) -> str:
        return f"{self.election}: {self.kind}"


class Mark(Row):
    """Something can be done once: `mark` says what, `value` with what, both under the key of the election."""

    mark = models.BinaryField(max_length=32)
    value = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "mark"], name="one_mark_of_each")]

    def __str__(self) -> str:
        return f"{self.election}: {bytes(self.mark).hex()}"


class Voter(Row):
    """A public key on the closed roll, by its SHA-256; written in the order of the hashes."""

    key = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "key"], name="one_voter_a_key")]

    def __str__(self) -> str:
        return f"{self.election}: {bytes(self.key).hex()}"


class Boxed(Row):
    """A ballot in the box, in the order of the archive; `event` is the hash of its event there."""

    number = models.PositiveIntegerField()
    written = models.TextField()
    tracking_number = models.CharField(max_length=43)
    event = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="one_ballot_a_number"),
            models.UniqueConstraint(fields=["election", "tracking_number"], name="one_ballot_a_tracking_number"),
        ]

    def __str__(self) -> str:
        return f"{self.election} #{self.number}"
