"""What is owed, one by one, and the case in which it is done."""

from django.db import models
from django.db.models import Q

from zhengtong.agora.models import Answer, Contribution
from zhengtong.agora.moderation.models import Measure
from zhengtong.cases.models import Case


class Duty(models.Model):
    """Either so many have signed a contribution, or an answer has promised something. `case` has its post and clock."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        DEBATE = "debate"
        VOTE = "vote"
        PROMISE = "promise"

    round = models.ForeignKey(Case, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="duties")
    signatures = models.PositiveIntegerField(default=0)  # the threshold that was passed
    organ = models.CharField(max_length=60, blank=True)  # the assembly that debates or votes
    answer = models.OneToOneField(Answer, models.PROTECT, null=True, blank=True, related_name="promise")
    carrier = models.CharField(
        max_length=10, blank=True
    )  # what a promise carries into: service, charter, round, project
    carried = models.CharField(max_length=80, blank=True)  # its id, version, number, or number#project
    case = models.OneToOneField(Case, models.PROTECT, related_name="duty")
    begun_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)  # or ended, since its text was hidden:
    hidden_by = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "kind"], condition=Q(hidden_by__isnull=True), name="one_duty_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(hidden_by__isnull=True) | Q(done_on__isnull=False) & ~Q(kind="promise"),
                name="hidden_and_ended",
            ),
            models.CheckConstraint(
                condition=Q(kind="promise", contribution__isnull=True, answer__isnull=False)
                | ~Q(kind="promise") & Q(contribution__isnull=False, answer__isnull=True),
                name="signed_or_promised",
            ),
        ]
        indexes = [models.Index(fields=["organ"], condition=Q(done_on__isnull=True), name="duties_of_assemblies")]

    def __str__(self) -> str:
        return f"{self.round}: {self.kind}"

    @property
    def into(self) -> str:
        """What it carries into, in one word: `service:shop-sign`; empty where it is nothing yet."""
        return f"{self.carrier}:{self.carried}" if self.carrier else ""


PROMISES = Q(kind=Duty.Kind.PROMISE)
