"""Secret ballots, as the tables of the agora hold them; the ballots themselves lie in a database of their own."""

from django.db import models

from zhengtong.cases.models import Case


class Poll(models.Model):
    """A secret ballot: what everybody may know of it but the ballots, which lie in a database of their own.

    Texts are as the archive has them, byte by byte.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="polls")
    phase = models.CharField(max_length=60)
    uuid = models.CharField(max_length=14, unique=True)
    credentials = models.TextField(blank=True)  # the closed roll: public keys, sorted
    election = models.TextField(blank=True)
    trustees = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    recorded = models.PositiveIntegerField(default=0)  # ballots that the ledger knows of
    tally = models.TextField(blank=True)  # the encrypted sums, once voting has ended
    result = models.TextField(blank=True)
    filed = models.PositiveBigIntegerField(default=0)  # bytes of its archive's file that are whole
    filed_at = models.CharField(max_length=20, blank=True)  # how far the file is: so many ballots, closed, or counted

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase"], name="one_poll_a_phase")]

    def __str__(self) -> str:
        return f"{self.case}: {self.phase}"

    @property
    def sums(self) -> str:
        """The encrypted sums; nothing before the box is closed."""
        return self.tally.partition("\n")[0]

    @property
    def sizes(self) -> str:
        """What the archive's event says of them: their hash, and how many ballots went in."""
        return self.tally.partition("\n")[2]

    @property
    def state(self) -> str:
        """How far it is, as `filed_at` says it of the file."""
        return "counted" if self.result else "closed" if self.tally else str(self.recorded)


class Keeper(models.Model):
    """A trustee's part in a poll: the public key, and later the share of the decryption.

    Before the key, where some trustees are enough: certificate and polynomial, and with it `part`, the share of the
    private key that only its trustee can unseal.
    """

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="keepers")
    place = models.PositiveSmallIntegerField()  # among the declared trustees, from 1
    certificate = models.TextField(blank=True)
    polynomial = models.TextField(blank=True)
    part = models.TextField(blank=True)
    key = models.TextField(blank=True)
    share = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="one_keeper_a_place")]

    def __str__(self) -> str:
        return f"{self.poll} #{self.place}"
