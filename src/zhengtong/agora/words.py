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
