"""What a voice answers to the questions of a round, and what the office puts to it."""

from django.db import models

from zhengtong.agora.models import Contribution, Voice
from zhengtong.cases.models import Case
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Sheet(models.Model):
    """The answers of a voice to the questions of a phase; a later answer takes the place of an earlier one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sheets")
    phase = models.CharField(max_length=60)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # question -> the answers chosen
    finished_on = models.DateField(null=True, blank=True)  # the first time that nothing was left to ask

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "phase"], name="one_sheet_a_voice")]

    def __str__(self) -> str:
        return f"{self.case}: {self.phase}"


class Frame(models.Model):
    """Whom a satisfaction survey is about, as a list of codes that is public (`samples`), and how many they are."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="frame")
    service = models.CharField(max_length=60)
    served = models.PositiveIntegerField()
    key = Sealed(null=True, default=None)  # from which the salts of the codes come
    listed = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.case}: {self.service}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Invited(models.Model):
    """Somebody who is asked. It says nothing of whether or what they answered."""

    frame = models.ForeignKey(Frame, models.PROTECT, related_name="invited")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["frame", "person"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.frame}"


class Evidence(models.Model):
    """A paper that the office rests its draft on, or what its rules would do to a population; for all to read."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence"
        SIMULATION = "simulation"

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=150)
    path = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    run = models.JSONField(null=True, default=None)  # of a report: what it was made of, see `evidence.tied`
    post = models.CharField(max_length=130)
    put_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class ProjectFile(models.Model):
    """The file of Pabulib from which the office brought the projects of a round. The file itself is not kept."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="project_file")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    votes = models.PositiveIntegerField()  # that it holds; none of them counts here
    otherwise = models.JSONField(default=list)  # what it says otherwise than the round: what, in the file, here
    post = models.CharField(max_length=130)
    put_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case}: {self.name}"


class FiledProject(models.Model):
    """A project as its file has it, so that it is written again as it came."""

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="filed")
    code = models.CharField(max_length=60)  # its id in the file
    name = models.TextField()
    category = models.TextField(blank=True)
    target = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.contribution}: {self.code}"


class Panel(models.Model):
    """A draw by lot, such as of a citizens' panel: what was committed to before, and how it was drawn.

    Commitment, secret, checkpoint and the keepers' pledges are of the current attempt; those before lie in `ended`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="panels")
    phase = models.CharField(max_length=60)
    attempt = models.PositiveSmallIntegerField(default=1)
    commitment = models.CharField(max_length=64)  # the node's
    kept = Sealed()  # the node's secret, in hexadecimal, until the draw
    committed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # the list was published
    sealed_at = models.DateTimeField(null=True, blank=True)  # no commitment counts that came later
    checkpoint = models.BigIntegerField(null=True, blank=True)  # the ledger's first head after that,
    public = models.CharField(max_length=64, blank=True)  # its root,
    fixed_at = models.DateTimeField(null=True, blank=True)  # and since when the keepers are to tell their secrets
    drawn_at = models.DateTimeField(null=True, blank=True)
    published = models.JSONField(default=dict)  # everything that it takes to draw it again
    ended = models.JSONField(default=list)  # attempts that came to nothing, each with its reasons, as published

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase"], name="one_panel_a_phase")]

    def __str__(self) -> str:
        return f"{self.case}: {self.phase}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Pledge(models.Model):
    """A keeper's part in an attempt to draw: what they committed to, and the secret once they told it."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="pledges")
    attempt = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()  # of the keeper as declared, from 1
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    secret = models.CharField(max_length=64, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "attempt", "place"], name="one_pledge_a_keeper"),
            models.UniqueConstraint(fields=["panel", "commitment"], name="one_commitment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.panel}: {self.attempt}.{self.place}"


class Entrant(models.Model):
    """Somebody who would sit on a panel, under a code that only they and the office can lead back to them."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="entrants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    stratum = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="one_entry_a_person"),
            models.UniqueConstraint(fields=["panel", "code"], name="one_code_an_entry"),
        ]

    def __str__(self) -> str:
        return self.code


class Offer(models.Model):
    """A place on a panel, offered to somebody who was drawn: they accept, or the next of the reserve gets it."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        SILENT = "silent"  # did not answer in time
        GIVEN_BACK = "given-back"  # accepted, and cannot come after all

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="offers")
    entrant = models.OneToOneField(Entrant, models.PROTECT, related_name="offer")
    offered_at = models.DateTimeField()
    answer_until = models.DateField()  # the last day
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    replaced = models.BooleanField(default=False)  # the place went on, or stays empty where nobody is left

    class Meta:
        indexes = [
            models.Index(fields=["answer_until"], condition=models.Q(replaced=False), name="offers_to_be_looked_at")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaced=False) | models.Q(state__in=("declined", "silent", "given-back")),
                name="who_accepts_is_not_replaced",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entrant}: {self.state}"
