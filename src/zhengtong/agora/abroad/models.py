"""What other nodes said as keepers in a round, as the tables of the agora hold it."""

from django.db import models

from zhengtong.cases.models import Case


class Word(models.Model):
    """Something that another node said as a keeper, by its ledger: where, as what, and what proves it; not the file.

    The last entry of a keeper in a phase is the one that later ones have to come after.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    phase = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()  # among the declared keepers, from 1
    entry = models.BigIntegerField()  # of its ledger
    told = models.JSONField()  # its role, and what `zhengtong-verify acts` reads

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase", "place", "entry"], name="one_word_an_entry")]

    def __str__(self) -> str:
        return f"{self.case} {self.phase} #{self.place}: {self.entry}"


class Lie(models.Model):
    """What shows, by another node's own words, that something it said as a keeper does not hold: each once.

    `told`: those words as they came, as canonical JSON, with what they are checked against; `digest`: its SHA-256. The
    round is named by its number, since the supervisor's office need not reach its case.
    """

    number = models.CharField(max_length=40, db_index=True)
    phase = models.CharField(max_length=60)
    node = models.CharField(max_length=60)
    entry = models.BigIntegerField()  # of its ledger
    why = models.CharField(max_length=20)
    told = models.TextField()
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "node", "entry", "why"], name="one_lie_an_entry")]

    def __str__(self) -> str:
        return f"{self.number} {self.phase} {self.node}: {self.why}"
