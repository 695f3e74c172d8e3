"""What everybody may know of a petition: a row for each, with words only where the petitioner agreed."""

from django.db import models
from django.db.models import Q

from zhengtong.agora.moderation.models import Measure
from zhengtong.cases.models import Case


class Report(models.Model):
    """One petition. Without `is_public` it has no words, place or photograph, and is only counted."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="report")
    kind = models.CharField(max_length=60)  # the answer to the question that says the kind
    region = models.CharField(max_length=6)
    filed_on = models.DateField()
    is_public = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    photo = models.CharField(max_length=80, blank=True)  # where a small new picture lies, made of the one handed in
    withheld_for = models.TextField(blank=True)  # why the words are not there (any more), for all to read
    withheld_by = models.CharField(max_length=80, blank=True)  # law/article

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=True) | Q(words="", place="", photo="", latitude=None, longitude=None),
                name="nothing_told_without_consent",
            ),
            models.CheckConstraint(
                condition=Q(withheld_for="") | Q(words="", photo="") & ~Q(withheld_by=""), name="withheld_by_a_law"
            ),
        ]
        indexes = [models.Index(fields=["-filed_on", "-id"], condition=Q(is_public=True), name="public_reports")]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind}"


class Kept(models.Model):
    """What is withheld of a report while its measure stands: for the appeal, and never read by a public page. Its place
    is here only where it is withheld, too.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="kept")
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="kept")
    words = models.TextField(blank=True)
    photo = models.CharField(max_length=80, blank=True)
    with_place = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.report}: {self.measure}"

    @property
    def position(self) -> str:
        """Latitude and longitude, where the place is a point."""
        return f"{self.latitude}, {self.longitude}" if self.latitude is not None else ""
