"""Keys, seals and requests of openings. Of a seal the node learns nothing without both keys, which it never has."""

from uuid import uuid4

from django.db import models

from zhengtong.agora.models import Voice
from zhengtong.cases.models import Case
from zhengtong.people.models import Person


class KeeperKey(models.Model):
    """The key of a keeper for rounds to come. A new one takes its place; rounds that have begun keep the old one."""

    procedure = models.CharField(max_length=60)
    keeper = models.CharField(max_length=130)  # function/post, as the charter names it
    certificate = models.JSONField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "keeper"], name="one_key_a_keeper")]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.keeper}"


class Sealed(models.Model):
    """A round that began under two keys: they stay its keys."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="sealed")
    certificates = models.JSONField()  # in the order of the keepers

    def __str__(self) -> str:
        return str(self.case)


class Listed(models.Model):
    """Whoever's device has listed its candidates, until one of them is signed; what it listed cannot be changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    caught = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_list_a_person")]

    def __str__(self) -> str:
        return f"{self.case}: {self.person}"


class Seal(models.Model):
    """What a voice carries of its holder, sealed."""

    voice = models.OneToOneField(Voice, models.CASCADE, primary_key=True, related_name="seal")
    sealed = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return str(self.voice)


class Opening(models.Model):
    """A request to open a voice, and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        OPENED = "opened"
        REFUSED = "refused"
        LAPSED = "lapsed"
        NOBODYS = "nobodys"  # what was sealed stands for nobody who was admitted

    case = models.ForeignKey(Case, models.PROTECT, related_name="openings")
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="openings")
    basis = models.CharField(max_length=130)
    order = models.CharField(max_length=200)  # the number of the order or warrant
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_in = models.CharField(max_length=130)  # the posts
    asked_place = models.PositiveSmallIntegerField()  # which keeper asked, from 1
    asked_at = models.DateTimeField()
    until = models.DateField()
    shares = models.JSONField(default=dict)  # by place; they go where nothing is opened
    shared_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # of the first share
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    answer = models.TextField(blank=True)  # why it was refused
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_in = models.CharField(max_length=130, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # whose voice it is

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice"], condition=models.Q(outcome="waiting"), name="one_request_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(outcome="opened"), name="named_when_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.voice} {self.outcome}"
