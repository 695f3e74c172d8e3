"""A signal in the moderator's queue, and when a round was last looked at."""

from django.db import models

from zhengtong.cases.models import Case


class Signal(models.Model):
    """One thing that was seen, however often it goes on."""

    class Kind(models.TextChoices):
        SAME_TEXT = "same-text"
        BURST = "burst"
        SAME_VOTES = "same-votes"

    case = models.ForeignKey(Case, models.PROTECT, related_name="signals")
    phase = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=64)  # what it is about, so that it is told once
    many = models.PositiveIntegerField()  # voices, or contributions
    told = models.JSONField()  # what it rests on
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_in = models.CharField(max_length=130, blank=True)  # the post
    settled_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "phase", "kind", "key"],
                condition=models.Q(settled_at__isnull=True),
                name="one_open_signal_a_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind} {self.many}"


class Watched(models.Model):
    """When a round was last looked at, and on which day its votes were."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="watched")
    at = models.DateTimeField()
    said = models.PositiveIntegerField(default=0)  # contributions that there were then
    votes_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.at}"
