"""Who has a voice in a round, what was brought forward, what others say to it, what was hidden, what was answered.

Admissions and voices share no key, no time finer than a day and, once the day is closed (acts.admitting), no order.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengtong.agora.abroad.models import Lie as Lie
from zhengtong.agora.abroad.models import Word as Word
from zhengtong.agora.ballots.models import Keeper as Keeper
from zhengtong.agora.ballots.models import Poll as Poll
from zhengtong.agora.moderation.models import Limit as Limit
from zhengtong.agora.moderation.models import Measure as Measure
from zhengtong.cases.models import Case
from zhengtong.people.models import Person


class Admission(models.Model):
    """The roll: this person has been given a voice in this round, once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="admissions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    blinded = models.BinaryField(max_length=512)  # what was signed; the same request gets the same answer
    on = models.DateField()
    closed = models.BooleanField(default=False)  # shuffled with all of its day, and counted in the ledger

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_voice_a_person")]
        indexes = [models.Index(fields=["on"], condition=Q(closed=False), name="admissions_to_be_closed")]

    def __str__(self) -> str:
        return f"{self.case}: {self.person}"


class Voice(models.Model):
    """Somebody entitled, whom nobody knows, under a name that stays the same in this round."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="voices")
    token = models.BinaryField(max_length=32)  # the hash of what was signed
    name = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "token"], name="one_voice_a_token"),
            models.UniqueConstraint(fields=["case", "name"], name="one_name_a_voice"),
        ]

    def __str__(self) -> str:
        return self.name


class Contribution(models.Model):
    """An opinion, a proposal, a statement. It never vanishes: what is hidden leaves its place and the reason."""

    class State(models.TextChoices):
        WAITING = "waiting"  # beyond the rate, or without sponsors: not shown to all yet
        SHOWN = "shown"
        HIDDEN = "hidden"

    case = models.ForeignKey(Case, models.PROTECT, related_name="contributions")
    phase = models.CharField(max_length=60)
    number = models.PositiveIntegerField()  # in its round, from 1
    voice = models.ForeignKey(
        Voice, models.PROTECT, null=True, blank=True, related_name="contributions"
    )  # none: the office put it in (agora.proceedings.projects)
    place = models.CharField(max_length=60, blank=True)  # the paragraph that an opinion is about
    addressed = models.CharField(max_length=60, blank=True)  # the office that it is about, if its author named one
    text = models.TextField()
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # of a project, as checked
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    on_ballot = models.BooleanField(default=False)  # a project that was hidden while it was voted on: it stays
    show_on = models.DateField()  # for what waits its turn: from when
    sponsored = models.BooleanField(default=True)  # False while it looks for sponsors (agora.sponsors), never shown yet
    request_key = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)  # of the text; earlier ones are kept (agora.drafting)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")  # its new text
    joined = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joining")  # goes on in that
    alike = models.CharField(max_length=16, blank=True)  # the fingerprint of what it says (engines.likeness)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")  # said it first
    repeated = models.PositiveIntegerField(default=0)  # by so many others, which lead here by `same_as`
    signed = models.PositiveIntegerField(default=0)  # agreements, as far as they are counted (agora.sums)
    opposed = models.PositiveIntegerField(default=0)  # disagreements, likewise

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_contribution_a_number"),
            models.UniqueConstraint(fields=["voice", "request_key"], name="one_contribution_a_request"),
        ]
        indexes = [
            models.Index(fields=["case", "phase", "state", "-signed"], name="contributions_by_support"),
            models.Index(fields=["case", "phase", "alike"], name="contributions_alike"),
            models.Index(
                fields=["case", "phase", "place", "number"],
                condition=Q(same_as__isnull=True),
                name="contributions_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} #{self.number}"

    @property
    def author(self) -> str:
        """The name of the voice; none where the office put it in."""
        return self.voice.name if self.voice else ""

    @property
    def words(self) -> str:
        """What everybody may read of what was shown: its text, nothing where that is hidden."""
        return "" if self.state == self.State.HIDDEN else self.text


SEEKING = Q(sponsored=False, state=Contribution.State.WAITING)
"""What looks for sponsors: only its author, the moderator and who has its link know of it."""

FORWARD = Q(sponsored=True)
"""What has been brought forward: all but what looks for sponsors, or was hidden while it did. Of that the log of
moderation alone tells.
"""

OWED = Q(amends__isnull=True, joined__isnull=True) & FORWARD
"""What the office answers: no changed text, which its author decides, nothing that goes on in another, and nothing that
has not found its sponsors.
"""


class Stance(models.Model):
    """What a voice says to a contribution: 1 agrees (or signs), -1 disagrees, 0 passes.

    It is said to a version. Of another one nothing counts until it is said again; `asked` are those who signed before.
    """

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="stances")
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="stances")
    value = models.SmallIntegerField()
    counted = models.SmallIntegerField(default=0)  # as what it is in the sums of the contribution (agora.sums)
    version = models.PositiveSmallIntegerField(default=1)  # of the text to which it is said; 0: one that joined it
    asked = models.BooleanField(default=False)  # signed an earlier text, and has not said what this one is worth

    class Meta:
        indexes = [
            models.Index(fields=["contribution"], condition=~Q(counted=F("value")), name="stances_to_be_counted"),
            models.Index(fields=["voice"], condition=Q(asked=True), name="stances_to_be_said_again"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "voice"], name="one_stance_a_voice"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="stance_is_a_sign"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.value:+d}"


class Drawn(models.Model):
    """What was worked out of a phase on a day: groups of opinion (again each day until it is over, and then for good),
    or how its vote came out.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="drawings")
    phase = models.CharField(max_length=60)
    on = models.DateField()
    found = models.JSONField()  # agora.groups.Picture, or as agora.acts.counting writes it
    places = models.JSONField()  # the group of each voice, by its id; told to that voice only
    last = models.BooleanField(default=False)  # made when the phase was over, of everything that was said in it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase"], name="one_drawing_a_phase")]

    def __str__(self) -> str:
        return f"{self.case}: {self.phase}"


class VoteFile(models.Model):
    """The votes of a counted phase as a file of Pabulib, as they were counted; its hash is in the ledger."""

    drawing = models.OneToOneField(Drawn, models.PROTECT, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.drawing}.pb"


class BudgetVote(models.Model):
    """The projects that a voice would pay for; a later vote takes the place of an earlier one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="budget_votes")
    phase = models.CharField(max_length=60)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="+")
    projects = models.JSONField(default=list)  # numbers of contributions, in order

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "phase"], name="one_budget_vote_a_voice")]

    def __str__(self) -> str:
        return f"{self.case}: {self.projects}"


class Answer(models.Model):
    """What the office says to contributions: adopted or not, and why; one answer may be for many that are alike."""

    class Verdict(models.TextChoices):
        ADOPTED = "adopted"
        PARTLY = "partly"
        DECLINED = "declined"

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    contributions = models.ManyToManyField(Contribution, related_name="answers")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    text = models.TextField()
    post = models.CharField(max_length=130)
    given_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)  # what was promised has been done

    def __str__(self) -> str:
        return f"{self.case}: {self.verdict}"
