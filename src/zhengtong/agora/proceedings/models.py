"""What a voice answers to the questions of a round, and what the office puts to it."""

from django.db import models

from zhengtong.agora.models import Voice
from zhengtong.cases.models import Case


class Sheet(models.Model):
    """The answers of a voice to the questions of a phase; a later answer takes the place of an earlier one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sheets")
    phase = models.CharField(max_length=60)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # question -> the answers chosen
    finished_on = models.DateField(null=True, blank=True)  # the first time that nothing was left to ask

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "phase"], name="one_sheet_a_voice")]

    def __str__(self) -> str:
        return f"{self.case}: {self.phase}"


class Evidence(models.Model):
    """A paper that the office rests its draft on, or what its rules would do to a population; for all to read."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence"
        SIMULATION = "simulation"

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=150)
    path = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    post = models.CharField(max_length=130)
    put_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
