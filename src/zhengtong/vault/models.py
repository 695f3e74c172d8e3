"""The keys, one for each subject: a person, a draft, a case, a record of a register."""

from django.db import models


class Key(models.Model):
    """What opens all that is sealed for one subject, itself wrapped by the installation's secret.

    `id` is the blinded name of the subject. A key that was destroyed leaves its row, so that none takes its place.
    """

    id = models.CharField(max_length=32, primary_key=True)
    wrapped = models.BinaryField()  # empty: destroyed
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id
