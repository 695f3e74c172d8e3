"""Who wants to hear of what. The address is sealed; ending a subscription deletes it."""

from uuid import uuid4

from django.db import models

from zhengtong.vault.fields import Sealed


class Subscription(models.Model):
    """One address and one place, topic or office. Nothing but the question is sent before it is confirmed."""

    class Kind(models.TextChoices):
        PLACE = "place"
        TOPIC = "topic"
        OFFICE = "office"

    handle = models.UUIDField(default=uuid4, editable=False, unique=True)
    address = Sealed(owns=True)
    known_by = models.CharField(max_length=64)  # the blinded address: the same one is not asked twice
    kind = models.CharField(max_length=6, choices=Kind.choices)
    of = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    question_sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)  # what is newer has not been told yet
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["known_by", "kind", "of"], name="one_subscription_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}"

    @property
    def sealed_for(self) -> str:
        return f"subscription:{self.handle}"
