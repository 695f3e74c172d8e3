"""Answers kept for a while, so that a request that is sent again has one effect."""

from django.db import models

from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Answer(models.Model):
    """What was answered to a person's request with an idempotency key."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)  # of method, path and content
    status = models.PositiveSmallIntegerField(default=0)
    body = Sealed()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_answer_a_key")]
        indexes = [models.Index(fields=["answered_at"])]

    def __str__(self) -> str:
        return self.key

    @property
    def sealed_for(self) -> str:
        return self.person.sealed_for
