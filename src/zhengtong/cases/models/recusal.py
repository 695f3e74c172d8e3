"""Whoever has an interest in a case takes no part in it (回避): by their own word, or since a party asked."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from zhengtong.cases.models.case import Case
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Ground(models.TextChoices):
    """As the Civil Servant Law (公务员法, article 76) has them."""

    INTEREST = "interest"
    KIN = "kin"
    OTHER = "other"


class Recusal(models.Model):
    """An officer stands aside from a case, and no longer acts in it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=10, choices=Ground.choices, default=Ground.OTHER)
    reason = Sealed()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_recusal_a_case"),
            models.CheckConstraint(condition=GreaterThan(Length("reason"), 0), name="recused_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.person}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class RecusalRequest(models.Model):
    """A party asks that an officer takes no part in its case; somebody who supervises decides."""

    class Status(models.TextChoices):
        OPEN = "open"
        GRANTED = "granted"
        REJECTED = "rejected"

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusal_requests")
    officer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=130)  # in which the officer handles it
    ground = models.CharField(max_length=10, choices=Ground.choices)
    reason = Sealed()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    superior = models.CharField(max_length=130)  # the post above, on whose desk it lies
    reminded_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answer = Sealed()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "officer"], name="asked_once_of_an_officer"),
            models.CheckConstraint(condition=GreaterThan(Length("reason"), 0), name="recusal_asked_for_a_reason"),
            models.CheckConstraint(
                condition=Q(status="open", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(status="open")
                & Q(decided_at__isnull=False, decided_by__isnull=False)
                & Q(GreaterThan(Length("answer"), 0)),
                name="recusal_is_open_or_answered",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("officer")) & ~Q(decided_by=F("asked_by")),
                name="recusal_decided_by_a_third",
            ),
        ]
        indexes = [models.Index(fields=["superior"], condition=Q(status="open"), name="recusals_by_post")]

    def __str__(self) -> str:
        return f"{self.case}: {self.officer} ({self.status})"

    @property
    def sealed_for(self) -> str:
        return self.case.number
