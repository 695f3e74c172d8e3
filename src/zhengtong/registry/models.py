"""Once-only data: records, and who looked at them."""

from django.db import models

from zhengtong.people.models import Person


class Record(models.Model):
    """One record of a register of the charter."""

    register = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    fields = models.JSONField()
    representative = models.CharField(max_length=60, blank=True, db_index=True)  # who acts for the subject by law
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="one_record_a_key")]

    def __str__(self) -> str:
        return f"{self.register}: {self.key}"


class Look(models.Model):
    """Somebody looked: which fields of whose record, under which agreement, for which case."""

    register = models.CharField(max_length=60)
    key = models.CharField(max_length=60, db_index=True)
    fields = models.JSONField()
    agreement = models.CharField(max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=130, blank=True)
    case = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.register}: {', '.join(self.fields)}"
