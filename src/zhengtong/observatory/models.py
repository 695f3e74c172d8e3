"""Figures of the offices, kept up with the acts, so that reading them costs the same with any number of cases."""

from django.db import models


class Figures(models.Model):
    """What one office did in one service on one day, in one month, in one year. No person and no case is named.

    A month is the sum of its days and a year of its months, so that a page reads one row per office and service.
    """

    class Span(models.TextChoices):
        DAY = "day"
        MONTH = "month"
        YEAR = "year"

    span = models.CharField(max_length=5, choices=Span.choices)
    first_on = models.DateField()  # the day, or the first day of the month or year
    office = models.CharField(max_length=60)
    procedure = models.CharField(max_length=60)
    filed = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    corrections = models.PositiveIntegerField(default=0)
    handovers = models.PositiveIntegerField(default=0)
    appeals = models.PositiveIntegerField(default=0)
    overturned = models.PositiveIntegerField(default=0)
    taken = models.JSONField(default=dict)  # working days -> how many closed cases took so many
    ratings = models.JSONField(default=dict)  # level -> how many ratings

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["span", "first_on", "office", "procedure"], name="one_row_of_figures")
        ]

    def __str__(self) -> str:
        return f"{self.first_on} ({self.span}): {self.office}, {self.procedure}"


class Watermark(models.Model):
    """How far the ledger has been read, and when; there is one row."""

    position = models.BigIntegerField(default=-1)  # the index of the last entry that was read
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.position)
