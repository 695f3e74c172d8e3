"""The case, its tasks, its clock and its timers; and the draft that it is made from."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengtong.charter.models import Enactment
from zhengtong.people.models import Enterprise, Person
from zhengtong.vault.fields import Sealed

PARTY = "party"  # the post of a step that the applicant does
OFFICE = "office"  # the channel of what an office opens of its own motion


def urgency() -> models.Func:
    """By what steps are ordered: the day they are due; those that have none (the clock stands still) come last.

    It is written out, not passed as a value, so that SQLite finds the index that holds the same.
    """
    written = f"COALESCE(%(expressions)s, '{date.max.isoformat()}')"
    return models.Func("due_on", template=written, output_field=models.DateField())


class Case(models.Model):
    """One run of a procedure, under the charter in force on the day it was filed.

    `post` is the one responsible post while the case is open. `due_on` and the like are worked out from the
    acts, the calendar and the law (see clock.py) and kept here only so that lists can be sorted.
    """

    class Status(models.TextChoices):
        FILED = "filed"  # received, not accepted yet
        ACCEPTED = "accepted"
        CLOSED = "closed"

    number = models.CharField(max_length=40, unique=True)
    procedure = models.CharField(max_length=60)
    enactment = models.ForeignKey(Enactment, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    called_by = models.CharField(max_length=80, blank=True)  # the waiting token of the parent's process
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="contested_by")
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="cases")
    request_key = models.CharField(max_length=100)  # the same key from the same person is the same request
    region = models.CharField(max_length=6)  # where it belongs
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.FILED)
    outcome = models.CharField(max_length=30, blank=True)
    post = models.CharField(max_length=130, blank=True)
    facts = Sealed(default=dict, owns=True)
    sources = models.JSONField(default=dict)  # question -> where its answer came from, if nobody was asked
    traces = Sealed(default=list, owns=True)  # [{decision, trace}] of the rules that were asked
    state = models.JSONField(default=dict)  # of the process engine
    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # promised; null while the clock is stopped or has not begun
    statutory_on = models.DateField(null=True, blank=True)
    stopped = models.BooleanField(default=False)
    stood_aside = models.BooleanField(default=False)  # somebody takes no part in it (see recusal.py)
    kept_from = models.JSONField(default=list)  # the offices that it is about, which have no part in it
    restricted_at = models.DateTimeField(null=True, blank=True)  # closed, and stored only from then on
    erased_at = models.DateTimeField(null=True, blank=True)  # its time had run: its key is destroyed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["applicant", "request_key"], name="one_case_a_request"),
            models.CheckConstraint(
                condition=Q(status="closed", post="") | ~Q(status="closed") & ~Q(post=""),
                name="one_responsible_post_while_open",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant", "-filed_at"]),
            models.Index(fields=["enterprise", "-filed_at"]),
            models.Index(fields=["due_on"], condition=~Q(status="closed"), name="open_cases_by_due"),
            models.Index(fields=["filed_at"], name="cases_by_filing"),  # these two are for counting day by day
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="cases_by_closing"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_of_office(self) -> bool:
        """Whether an office opened it of its own motion: then `applicant` is the officer who did, and no party."""
        return self.channel == OFFICE

    @property
    def sealed_for(self) -> str:
        return self.number

    def keeps_out(self, post: str) -> bool:
        """Whether the case is about the office of a post, which has no part in it then."""
        return post.partition("/")[0] in self.kept_from

    @property
    def is_open(self) -> bool:
        return self.status != self.Status.CLOSED

    @property
    def is_decided(self) -> bool:
        """Whether there is a decision that stands. One query."""
        return self.decisions.filter(set_aside_at__isnull=True).exists()

    @property
    def party(self) -> Person | Enterprise:
        """For whom the case is: the enterprise if there is one, else the applicant."""
        return self.enterprise or self.applicant


class Draft(models.Model):
    """An application that is being filled in, on any device, until it is filed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    procedure = models.CharField(max_length=60)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, null=True, blank=True, related_name="+")
    about = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    handle = models.UUIDField(default=uuid4, editable=False)
    answers = Sealed(default=dict, owns=True)
    sourced = Sealed(default=dict, owns=True)  # what the registers answered: {question: [value, register]}
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="draft")

    def __str__(self) -> str:
        return f"{self.procedure} ({self.person})"

    @property
    def sealed_for(self) -> str:
        return f"draft:{self.handle}"


class Task(models.Model):
    """Work waiting for one post (or for the party, whose post is called `party`)."""

    class Status(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        CANCELLED = "cancelled"

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=80)  # the waiting token of the process
    node = models.CharField(max_length=80)  # the step in the process
    act = models.CharField(max_length=20)
    post = models.CharField(max_length=130)
    officer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    chosen_by = models.JSONField(null=True, blank=True)  # why the officer: {skill, load}; none if they took it up
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    limit = models.CharField(max_length=8)
    counts_from = models.DateField()
    due_on = models.DateField(null=True, blank=True)  # worked out, see clock.py
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    output = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], condition=Q(status="open"), name="one_open_task_a_token"),
            models.CheckConstraint(condition=~Q(post=""), name="one_post_a_task"),
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True) | ~Q(status="open") & Q(ended_at__isnull=False),
                name="task_is_open_or_ended",
            ),
        ]
        indexes = [
            models.Index("post", urgency(), "id", condition=Q(status="open"), name="open_tasks_by_post"),
            models.Index(fields=["due_on"], condition=Q(status="open"), name="open_tasks_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.node}"


class Stop(models.Model):
    """The clock of a case stands still, on a legal ground: a correction is asked for, an inspection is held."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="stops")
    task = models.ForeignKey(Task, models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=20)  # the kind of the special procedure in the charter
    ground = models.CharField(max_length=80)
    items = Sealed(default=list)  # correction: [{what, why}], each a text
    answer = Sealed(default=dict)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "kind"], condition=Q(to_at__isnull=True), name="one_open_stop")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Timer(models.Model):
    """Something happens by itself when a limit has passed. `fire_at` is worked out anew when the calendar changes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="timers")
    key = models.CharField(max_length=80)
    node = models.CharField(max_length=80)
    limit = models.CharField(max_length=40)
    counts_from = models.DateField()
    fire_at = models.DateTimeField(null=True)  # null while the clock is stopped
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "key"], condition=Q(ended_at__isnull=True), name="one_running_timer_a_token"
            )
        ]
        indexes = [models.Index(fields=["fire_at"], condition=Q(ended_at__isnull=True), name="running_timers")]

    def __str__(self) -> str:
        return f"{self.case}: {self.node} {self.limit}"
