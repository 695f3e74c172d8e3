"""What was hidden and what was limited, as the tables of the agora hold it."""

from django.db import models
from django.db.models import Q

from zhengtong.cases.models import Case
from zhengtong.people.models import Person

TIME_OVER, APPEAL_GRANTED = "time-over", "appeal-granted"  # why the program lifted a measure
DELETED = "deleted"  # it was lifted, as what it withheld was deleted
LIFTED = {APPEAL_GRANTED: "overturned", TIME_OVER: "time-over", DELETED: "deleted"}
DECIDED = ("granted", "refused")  # outcomes of an appeal that say something of the measure


class Measure(models.Model):
    """Something was hidden, by which published rule and why: the fields of a statement of reasons (DSA, art. 17).

    It was said in a round (`contribution`), or in what everybody could read of a petition (`petition`).
    """

    class Found(models.TextChoices):
        """How it came to the moderator, who alone decides: never a machine."""

        OWN = "own"  # the moderator came upon it
        NOTICE = "notice"  # somebody told the office
        SIGNAL = "signal"  # a program put it into the queue

    contribution = models.ForeignKey(
        "agora.Contribution", models.PROTECT, null=True, blank=True, related_name="measures"
    )
    petition = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="withholdings")
    rule = models.CharField(max_length=60)
    facts = models.TextField()
    was = models.TextField(blank=True)  # what stood there, told so that it may be told
    found = models.CharField(max_length=10, choices=Found.choices, default=Found.OWN)
    post = models.CharField(max_length=130)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)  # none: for good
    taken_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_why = models.TextField(blank=True)
    appeals = models.ManyToManyField(Case, related_name="contested_measures")  # each of somebody else, who has one

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(lifted_at__isnull=True), name="one_measure_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(lifted_at__isnull=True), name="withheld_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) ^ Q(petition__isnull=True), name="measure_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution or self.petition}: {self.rule}"

    @property
    def case(self) -> Case:
        """The round, or the petition."""
        found = self.contribution.case if self.contribution else self.petition
        if found is None:
            raise ValueError("a measure is of something")  # the database holds it to that
        return found

    @property
    def number(self) -> int | None:
        """Of the contribution in its round."""
        return self.contribution.number if self.contribution else None

    @property
    def outcome(self) -> str:
        """What became of it: stands, contested, upheld, overturned, put-right by its moderator, time-over, deleted. An
        appeal that was withdrawn, or that nobody took up, has decided nothing. One query, if `appeals` are not there.
        """
        appeals = list(self.appeals.all())
        outcomes = {each.outcome for each in appeals}
        if self.lifted_at is not None:
            return LIFTED.get(self.lifted_why, "put-right")
        if "granted" in outcomes:
            return "overturned"  # and the worker is about to show it again
        if any(each.is_open for each in appeals):
            return "contested"
        return "upheld" if "refused" in outcomes else "stands"


class Limit(models.Model):
    """In an emergency no more than so much is newly shown in a day in a whole round; what waits keeps its order."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="limits")
    shown_a_day = models.PositiveIntegerField()
    until = models.DateField()  # the last day
    reason = models.TextField()
    legal_basis = models.JSONField()
    proposed_in = models.CharField(max_length=130)  # the posts of the two officers
    confirmed_in = models.CharField(max_length=130)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)  # the day that `shown` counts
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="one_limit_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.shown_a_day} a day until {self.until}"
