"""Enacted charters, kept for ever: a case is decided by the law in force on its day."""

from django.db import models


class Enactment(models.Model):
    """A charter was put in force from a day. Never changed, never deleted."""

    number = models.PositiveIntegerField(unique=True)
    charter_id = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)  # of its law, see charter.digest_of
    in_force_from = models.DateField()
    enacted_at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)  # the handle of who enacted it; empty: the program's operator
    signature = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["-in_force_from", "-number"], name="enactments_by_force")]

    def __str__(self) -> str:
        return f"{self.charter_id} no. {self.number}, in force from {self.in_force_from}"


class Blob(models.Model):
    """The content of a file, once however many enactments hold it."""

    digest = models.CharField(max_length=64, primary_key=True)  # SHA-256
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class LaidCharter(models.Model):
    """A checked charter that is laid before the officers who may put it in force: `files` by path, as blobs."""

    digest = models.CharField(max_length=64)
    files = models.JSONField()
    on = models.DateField()  # the first day of force that is asked for
    note = models.TextField(blank=True)
    laid_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.digest[:12]} from {self.on}"


class EnactedFile(models.Model):
    """A file of an enacted charter."""

    enactment = models.ForeignKey(Enactment, models.PROTECT, related_name="files")
    path = models.CharField(max_length=300)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enactment", "path"], name="one_file_a_path")]

    def __str__(self) -> str:
        return self.path
