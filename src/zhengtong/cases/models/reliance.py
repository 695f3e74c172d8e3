"""What rests on what: a case on another's decision or certificate, and what became of it when that was overturned."""

from django.db import models
from django.db.models import Q

from zhengtong.cases.models.case import Case
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Reliance(models.Model):
    """`case` rests on what was decided in `on`. Once that falls, the post that answers for `case` looks at it anew."""

    class Finding(models.TextChoices):
        STANDS = "stands"  # it holds without what fell
        REOPENED = "acted"  # something was done about it: revoked, corrected, decided anew

    case = models.ForeignKey(Case, models.PROTECT, related_name="rests_on")
    on = models.ForeignKey(Case, models.PROTECT, related_name="carries")
    since = models.DateTimeField()
    overturned_at = models.DateTimeField(null=True, blank=True)
    post = models.CharField(max_length=130, blank=True)  # that looks at it
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    reason = Sealed()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "on"], name="one_reliance_a_pair"),
            models.CheckConstraint(
                condition=Q(overturned_at__isnull=True) | ~Q(post=""), name="somebody_looks_at_what_fell"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, finding="")
                | Q(settled_at__isnull=False, overturned_at__isnull=False) & ~Q(finding=""),
                name="settled_with_a_finding",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post"],
                condition=Q(overturned_at__isnull=False, settled_at__isnull=True),
                name="fallen_grounds_by_post",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} on {self.on}"

    @property
    def sealed_for(self) -> str:
        return str(self.case.number)
