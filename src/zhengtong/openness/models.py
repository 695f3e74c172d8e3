"""The papers of a request for information, what in them is withheld and by which law, and what was published."""

from django.db import models
from django.db.models import Q

from zhengtong.cases.models import Case
from zhengtong.people.models import Enterprise, Person
from zhengtong.vault.fields import Sealed


class Paper(models.Model):
    """A document that was found for a request. Both files lie sealed with the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    name = Sealed()
    media_type = models.CharField(max_length=60)
    path = models.CharField(max_length=80)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ready_path = models.CharField(max_length=80, blank=True)  # what an answer that discloses gives: a new file
    ready_type = models.CharField(max_length=60, blank=True)
    ready_sha256 = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)  # with the answer; none while no answer that stands gives it
    title = Sealed()  # as it is published
    personal = models.BooleanField(default=False)  # about the applicant: never published

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, ready_path="") | Q(ready_at__isnull=False) & ~Q(ready_path=""),
                name="ready_as_a_file",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(ready_at__isnull=False), name="given_when_ready"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Mark(models.Model):
    """What is withheld: a passage wherever it stands, or a region of a page (parts of its width and height)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="marks")
    ground = models.CharField(max_length=80)  # law/article
    passage = Sealed()
    page = models.PositiveIntegerField(null=True, blank=True)
    region = models.JSONField(default=list)  # left, top, right, bottom

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(ground=""), name="withheld_by_law")]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.ground}"

    @property
    def sealed_for(self) -> str:
        return self.paper.case.number


class ThirdParty(models.Model):
    """Somebody whom a disclosure would harm, asked in writing; who asked for the information is not in the letter."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="third_parties")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # who gets the letters
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="+")
    name = Sealed()
    address = Sealed()
    about = Sealed()  # what is asked for that concerns it
    letter = Sealed()  # as it is sent
    by_mail = models.BooleanField(default=False)  # the program sends its letters; else the office does, on paper
    asked_at = models.DateTimeField()
    answer_until = models.DateField()
    agrees = models.BooleanField(null=True, blank=True)  # none: no answer yet
    words = Sealed()
    answered_at = models.DateTimeField(null=True, blank=True)
    overruled = models.BooleanField(null=True, blank=True)  # what it objected to is disclosed; none: not settled
    notice = Sealed()  # the letter that says so, and why
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees__isnull=True, answered_at__isnull=True)
                | Q(agrees__isnull=False, answered_at__isnull=False),
                name="answered_when_it_was",
            ),
            models.CheckConstraint(
                condition=Q(overruled__isnull=True) | Q(agrees=False, settled_at__isnull=False),
                name="only_an_objection_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Published(models.Model):
    """What everybody can read since somebody asked for it. It leads to no case and to nobody."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="published")
    office = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    grounds = models.JSONField(default=list)  # by which law something was withheld, if anything was
    media_type = models.CharField(max_length=60)
    path = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="published_lately")]

    def __str__(self) -> str:
        return self.title
