"""Who has a voice in a round, what was brought forward, what others say to it, what was hidden, what was answered.

Admissions and voices share no key, no time finer than a day and, once the day is closed (acts.admitting), no order.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengtong.agora.ballots.models import Keeper as Keeper
from zhengtong.agora.ballots.models import Poll as Poll
from zhengtong.agora.words import Lie as Lie
from zhengtong.agora.words import Word as Word
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

    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="measures")
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
