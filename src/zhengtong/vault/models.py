"""The keys, one for each subject: a person, a draft, a case, a record of a register."""

from django.db import models
from django.db.models import Q


class Key(models.Model):
    """What opens all that is sealed for one subject, itself wrapped by the installation's secret.

    `id` is the blinded name of the subject. A key that was destroyed leaves its row, so that none takes its place.
    """

    id = models.CharField(max_length=32, primary_key=True)
    wrapped = models.BinaryField()  # empty: destroyed
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class Erasure(models.Model):
    """Something was erased for good. The list of these lies outside the database as well (see vault/erasures.py)."""

    subject = models.CharField(max_length=110)  # whose key was destroyed: a case number, `person:…`, `draft:…`
    basis = models.JSONField(default=list)
    at = models.DateTimeField()
    listed = models.BooleanField(default=False)  # whether it stands in the list outside

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(listed=False), name="erasures_to_list")]

    def __str__(self) -> str:
        return self.subject
