"""What happens around a task: it is passed on, prolonged, inspected on site; afterwards the case is rated."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from zhengtong.cases.models.case import Case, Task
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed

PASSES_ALLOWED = 2  # hand-overs of a case between posts; the next goes to the supervisor by itself


class Handover(models.Model):
    """One post offers a task to another, with a reason. Until the other takes it, it stays where it is."""

    class Status(models.TextChoices):
        OFFERED = "offered"
        TAKEN = "taken"
        DECLINED = "declined"
        LAPSED = "lapsed"  # the step ended, or was assigned, before anybody answered
        TO_SUPERVISOR = "to-supervisor"  # the third pass goes there by itself

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField()  # in its case, from 1: the third goes up
    task = models.ForeignKey(Task, models.PROTECT, related_name="handovers")
    from_post = models.CharField(max_length=130)
    to_post = models.CharField(max_length=130)
    reason = Sealed()
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.OFFERED)
    answer = Sealed()
    competent = models.CharField(max_length=130, blank=True)  # whoever declines names the post that is
    answer_until = models.DateField(null=True, blank=True)  # of a case that is sent on: after that day silence takes it
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(status="offered"), name="one_open_offer"),
            models.UniqueConstraint(fields=["case", "number"], name="handovers_are_counted"),
            models.CheckConstraint(condition=GreaterThan(Length("reason"), 0), name="handed_over_for_a_reason"),
            models.CheckConstraint(
                condition=Q(number__lte=PASSES_ALLOWED) | Q(status="to-supervisor"), name="third_pass_goes_up"
            ),
            models.CheckConstraint(
                condition=~Q(status="declined")
                | Q(GreaterThan(Length("answer"), 0)) & ~Q(competent="") & ~Q(competent=F("to_post")),
                name="declined_for_who_is_competent",
            ),
            models.CheckConstraint(
                condition=Q(status="offered", answered_at__isnull=True)
                | ~Q(status="offered") & Q(answered_at__isnull=False),
                name="offer_is_open_or_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["to_post"], condition=Q(status="offered"), name="offers_by_post"),
            models.Index(fields=["answer_until"], condition=Q(status="offered"), name="offers_by_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.from_post} → {self.to_post}"

    @property
    def sealed_for(self) -> str:
        return self.task.case.number


class Reminder(models.Model):
    """A step is nearly late, or late, and somebody was told: once each."""

    class Kind(models.TextChoices):
        SOON = "soon"  # to the post that has the step
        LATE = "late"  # to the post above it

    task = models.ForeignKey(Task, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    post = models.CharField(max_length=130, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "kind"], name="one_reminder_of_a_kind"),
            models.CheckConstraint(condition=~Q(post=""), name="somebody_is_reminded"),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.kind}"


class Involvement(models.Model):
    """An office has, or had, part in a case: kept by triggers for PostgreSQL's row-level security, unused by SQLite."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="involved")
    office = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "office"], name="one_involvement_an_office")]

    def __str__(self) -> str:
        return f"{self.case}: {self.office}"


class Inspection(models.Model):
    """An inspection on site."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="inspections")
    at = models.DateTimeField()
    place = Sealed()
    note = Sealed()
    scheduled_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    findings = Sealed()

    def __str__(self) -> str:
        return f"{self.task}: {self.at:%Y-%m-%d}"

    @property
    def sealed_for(self) -> str:
        return self.task.case.number


class Hearing(models.Model):
    """A hearing of the party before the decision (听证): asked for, arranged, held; one a case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="hearing")
    by_office = models.BooleanField()  # ordered by an office, not asked for by the party
    by_others = models.BooleanField(default=False)  # by somebody whose interests it touches
    reason = Sealed()
    asked_at = models.DateTimeField()
    at = models.DateTimeField(null=True, blank=True)
    place = Sealed(default="")
    note = Sealed(default="")
    arranged_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    minutes = Sealed(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(at__isnull=False), name="held_when_it_was_arranged"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: hearing"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Extension(models.Model):
    """The head of the office prolongs the statutory limit, with reasons told to the party."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    limit = models.CharField(max_length=8)
    ground = models.CharField(max_length=80)
    reason = Sealed()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_extension_a_case")]

    def __str__(self) -> str:
        return f"{self.case}: +{self.limit}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Word(models.Model):
    """The party alone says whether an answered case is solved, once each time that it was answered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="words")
    round = models.PositiveSmallIntegerField(default=1)
    solved = models.BooleanField()
    told = Sealed()  # what is not solved
    channel = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    follow_up = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="opened_by_word")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_word_a_round"),
            models.CheckConstraint(condition=Q(solved=True) | Q(follow_up__isnull=False), name="a_no_is_followed_up"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {'solved' if self.solved else 'not solved'}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Rating(models.Model):
    """好差评: the party alone says how it was, once a case and round; 5 is very satisfied, 1 very dissatisfied."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField(default=1)
    level = models.PositiveSmallIntegerField()
    comment = Sealed()
    channel = models.CharField(max_length=10)
    rated_at = models.DateTimeField()
    follow_up = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="opened_by_rating")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_rating_a_round"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="five_levels"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.level}"

    @property
    def sealed_for(self) -> str:
        return self.case.number
