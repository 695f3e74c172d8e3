"""A changed text that somebody proposed, what its author said to it, and the texts that there were before."""

from django.db import models

from zhengtong.agora.models import Contribution, Voice


class Amendment(models.Model):
    """Another text of a proposal. It is a contribution itself, so that rates, limits and moderation hold for it.

    With `joining` it is the text under which that proposal goes on in the other.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        TAKEN_BACK = "taken-back"  # by who proposed it
        LAPSED = "lapsed"  # its author said nothing in time, or the phase is over
        OVERTAKEN = "overtaken"  # the text on which it rests is no longer the text

    contribution = models.OneToOneField(Contribution, models.PROTECT, primary_key=True, related_name="amendment")
    joining = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="offers")
    on_version = models.PositiveSmallIntegerField()  # of the text that it changes
    why = models.TextField()
    decider = models.ForeignKey(Voice, models.PROTECT, related_name="to_decide")  # the author who accepts or refuses
    until = models.DateField()  # the last day to decide
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_why = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["until"], condition=models.Q(state="open"), name="amendments_open")]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.state}"


class Version(models.Model):
    """A text that a proposal had before, with how many had signed it when it was changed."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    signed = models.PositiveIntegerField()
    changed = models.BooleanField()  # whether the next one says something else, so that signatures were asked for anew
    until = models.DateField()  # the day on which the next one took its place
    by = models.OneToOneField(Amendment, models.PROTECT, related_name="replaced")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "number"], name="one_text_a_version")]

    def __str__(self) -> str:
        return f"{self.contribution} v{self.number}"
