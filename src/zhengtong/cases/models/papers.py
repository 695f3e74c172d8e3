"""What a case leaves in writing: documents handed in, decisions, certificates, letters."""

from django.db import models

from zhengtong.cases.models.case import Case, Draft, Task
from zhengtong.people.models import Person
from zhengtong.vault.fields import Sealed


class Document(models.Model):
    """A file handed in; its content lies sealed in the storage, and is never served inline."""

    class Scan(models.TextChoices):
        CLEAN = "clean"
        NOT_SCANNED = "not-scanned"
        QUARANTINED = "quarantined"

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="documents")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="documents")
    material = models.CharField(max_length=60)
    name = Sealed()
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = Sealed()  # of the content
    path = models.CharField(max_length=80, blank=True)  # where it lies
    scan = models.CharField(max_length=12, choices=Scan.choices)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.name)

    @property
    def sealed_for(self) -> str:
        owner = self.case or self.draft or self.uploaded_by  # one that came alone is the sender's until it is filed
        return owner.sealed_for


class Decision(models.Model):
    """What was decided, why, on what legal basis, and by which rules."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=30)
    adverse = models.BooleanField()
    contents = Sealed(default=list)  # what the law has this outcome say: [{name, title, said}] (see contents.py)
    reasons = Sealed()
    legal_basis = models.JSONField(default=list)
    facts = Sealed(default=dict)  # as they stood when it was decided
    trace = Sealed(default=list)  # of the rules that took part
    way = models.CharField(max_length=12)  # officer, rule, silence, commitment, appeal
    post = models.CharField(max_length=130, blank=True)
    officer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()
    appeal_until = models.DateField(null=True)
    set_aside_by = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="set_aside")
    set_aside_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Certificate(models.Model):
    """A signed result that anyone can verify by its number."""

    class Status(models.TextChoices):
        VALID = "valid"
        REVOKED = "revoked"

    number = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="certificates")
    procedure = models.CharField(max_length=60)
    holder = Sealed()
    content = Sealed(default=dict)  # what is printed on it, as data
    issued_at = models.DateTimeField()
    valid_to = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.VALID)
    revoked_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the PDF, once the worker has made it
    path = models.CharField(max_length=80, blank=True)  # where that lies

    def __str__(self) -> str:
        return self.number

    @property
    def sealed_for(self) -> str:
        return self.case.number


class Letter(models.Model):
    """A letter to a person: written with its act, sent by the worker, kept for the case page."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    subject = Sealed()
    body = Sealed()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = Sealed()  # a mail server's words, which name the address

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(sent_at__isnull=True), name="letters_to_send")
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def sealed_for(self) -> str:
        return self.case.number
