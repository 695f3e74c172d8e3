"""Four eyes: what one officer has proposed, until another confirms or rejects it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from zhengtong.cases.models.case import Case, Task
from zhengtong.cases.models.papers import Certificate
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Proposal(models.Model):
    """An act that waits for a second officer: a step to be completed, or a certificate to be revoked."""

    class Status(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"  # the step ended in another way

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="proposals")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, blank=True, related_name="proposals")
    act = models.CharField(max_length=20)
    content = Sealed(default=dict)  # what the act will be told when it is confirmed
    digest = models.CharField(max_length=64)  # of what it was proposed about
    legal_basis = models.JSONField()  # of the second pair of eyes
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_in = models.CharField(max_length=130)  # the post
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_in = models.CharField(max_length=130, blank=True)
    answer = Sealed()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(status="open"), name="one_proposal_a_task"),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(status="open"), name="one_proposal_a_certificate"
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=False, certificate__isnull=True)
                | Q(task__isnull=True, certificate__isnull=False),
                name="proposal_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "rejected"])
                | Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by")),
                name="four_eyes_of_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | Q(GreaterThan(Length("answer"), 0)), name="rejected_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status="open", answered_at__isnull=True) | ~Q(status="open") & Q(answered_at__isnull=False),
                name="proposal_is_open_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.act}"

    @property
    def sealed_for(self) -> str:
        return self.case.number
