"""A meeting is a case; here is what its members bring to it: that they are there, what they move, how they vote."""

from django.db import models
from django.db.models import Q

from zhengtong.agora.bound.models import Duty
from zhengtong.agora.models import Contribution
from zhengtong.cases.models import Case
from zhengtong.people.models import Person


class Attendance(models.Model):
    """A member is there."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=130)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_attendance_a_member")]

    def __str__(self) -> str:
        return f"{self.case}: {self.person}"


class Motion(models.Model):
    """What a member moves, or what so many people signed (`duty`) that it is debated or voted on.

    It is voted on between `called_at` and `closed_at`.
    """

    class Outcome(models.TextChoices):
        CARRIED = "carried"
        LOST = "lost"

    case = models.ForeignKey(Case, models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField()  # in its meeting, from 1
    title = models.CharField(max_length=120)
    text = models.TextField()
    put_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # none: the public
    put_in = models.CharField(max_length=130, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="motions")
    put_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    debated_at = models.DateTimeField(null=True, blank=True)  # of what has to be debated: the chair says that it was
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_motion_a_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(called_at__isnull=False, closed_at__isnull=True), name="one_vote_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="closed_with_an_outcome",
            ),
            models.UniqueConstraint(fields=["case", "duty"], name="one_motion_a_duty"),
            models.CheckConstraint(
                condition=Q(put_by__isnull=False) | Q(duty__isnull=False), name="moved_by_a_member_or_by_the_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} #{self.number}"

    @property
    def is_withheld(self) -> bool:
        """Whether what was signed is hidden by moderation, and so is not told here either."""
        signed = self.duty.contribution if self.duty else None
        return signed is not None and signed.state == Contribution.State.HIDDEN

    @property
    def says_more(self) -> bool:
        """Whether its text may be shown, and is more than its title, which for what was signed is the first line."""
        return not self.is_withheld and not self.title.endswith(self.text)

    @property
    def only_debated(self) -> bool:
        """Whether a debate is all that is owed; the assembly may vote on it all the same."""
        return self.duty is not None and self.duty.kind == Duty.Kind.DEBATE

    @property
    def is_open(self) -> bool:
        """Whether it is being voted on."""
        return self.called_at is not None and self.closed_at is None


class RollVote(models.Model):
    """How a member votes on a motion, by name; it can be changed until the vote is closed."""

    class Choice(models.TextChoices):
        YES = "yes"
        NO = "no"
        ABSTAIN = "abstain"

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="votes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=130)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "person"], name="one_roll_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.motion}: {self.choice}"
