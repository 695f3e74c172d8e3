"""Who speaks for many who apply together (代表): known here by an account, and asked whether they will."""

from django.db import models
from django.db.models import Q

from zhengtong.cases.models.case import Case
from zhengtong.people.models import Person


class Representative(models.Model):
    """Somebody whom the petitioner named. Until they accept, the case is not there for them.

    Their name and how to reach them are among the facts of the case, as are those of whoever has no account.
    """

    class Status(models.TextChoices):
        NAMED = "named"
        ACCEPTED = "accepted"
        DECLINED = "declined"  # or no longer theirs
        REMOVED = "removed"  # the petitioner names them no more

    case = models.ForeignKey(Case, models.PROTECT, related_name="representatives")
    person = models.ForeignKey(Person, models.PROTECT, related_name="represents")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NAMED)
    named_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="named_once_in_a_case"),
            models.CheckConstraint(
                condition=Q(status__in=["named", "removed"]) | Q(answered_at__isnull=False),
                name="represents_by_own_word",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(status="accepted"), name="represented_by")]

    def __str__(self) -> str:
        return f"{self.case}: {self.person_id} ({self.status})"
