"""Once-only data: records, who looked at them, and what the supervisor was told of it."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengtong.charter.model import Register
from zhengtong.people.models import Person
from zhengtong.registry.subjects import ended_on
from zhengtong.vault.fields import Sealed


class Record(models.Model):
    """One record of a register of the charter. Persons are found by their blinded number (see registry/subjects.py).

    Nothing but registry/acts.py and registry/queries.py reads this table; a test of the house holds that.
    """

    register = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    handle = models.UUIDField(default=uuid4, editable=False)
    fields = Sealed(default=dict, owns=True)
    representative = models.CharField(max_length=60, blank=True, db_index=True)  # who acts for the subject by law
    updated_at = models.DateTimeField()
    ended_by = models.CharField(max_length=60, blank=True)  # the field from which it is kept by the charter's schedule
    ended_on = models.DateField(null=True)  # the day in it
    erased_at = models.DateTimeField(null=True)
    restricted = models.BooleanField(default=False)  # whether a restriction was begun and not lifted

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="one_record_a_key")]
        indexes = [
            models.Index(
                fields=["register", "ended_by", "ended_on"], condition=Q(erased_at=None), name="records_to_end"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register}: {self.key}"

    @property
    def sealed_for(self) -> str:
        return f"record:{self.handle}"

    def take_end(self, register: Register) -> None:
        """Take the day from which it is kept out of its fields; what is no date ends nothing."""
        self.ended_by = register.retention.after if register.retention else ""
        self.ended_on = ended_on(register, self.fields)


class Correction(models.Model):
    """A field of a record was put right; the person it is about sees what it was, what it is, and why."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=60)
    told = Sealed(default=dict)  # old, new, reason
    post = models.CharField(max_length=130)  # of whoever confirmed it
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.record}: {self.field}"

    @property
    def sealed_for(self) -> str:
        return str(self.record.sealed_for)


class Restriction(models.Model):
    """A record is stored and kept safe, and nothing else (PIPL art. 47), until it is lifted or its last day is over."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="restrictions")
    asked_in = models.CharField(max_length=40, blank=True)  # the case by which the person asked; empty: an office's
    reason = Sealed()
    legal_basis = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=130, blank=True)
    begun_at = models.DateTimeField()
    until = models.DateField(null=True)  # its last day
    lifted_at = models.DateTimeField(null=True)
    lifted_why = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(lifted_at=None, asked_in=""), name="one_restriction_of_an_office"
            ),
            models.UniqueConstraint(
                fields=["record"], condition=Q(lifted_at=None) & ~Q(asked_in=""), name="one_restriction_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.begun_at:%Y-%m-%d}"

    @property
    def sealed_for(self) -> str:
        return str(self.record.sealed_for)


class Look(models.Model):
    """Somebody looked: which fields, under which agreement or by which power, for which case."""

    about = models.CharField(max_length=32, blank=True)  # whose personal data: the blinded number
    register = models.CharField(max_length=60, blank=True)  # empty: the facts of a case
    key = models.CharField(max_length=60, blank=True)  # of an enterprise or premises
    fields = models.JSONField()
    agreement = models.CharField(max_length=60, blank=True)
    though_restricted = models.BooleanField(default=False)  # by the law that keeps the reading open
    power = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="looks")
    post = models.CharField(max_length=130, blank=True)
    case = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at"], name="looks_at_a_person"),
            models.Index(fields=["by", "-at"], condition=~Q(post=""), name="looks_of_an_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.register}: {', '.join(self.fields)}"


class Flag(models.Model):
    """A look that a rule of the charter shows to the supervisor: whoever looked explains it, they settle it."""

    class State(models.TextChoices):
        OPEN = "open"
        EXPLAINED = "explained"
        CLEARED = "cleared"
        REFERRED = "referred"  # to whoever investigates

    look = models.ForeignKey(Look, models.PROTECT, related_name="flags")
    watch = models.CharField(max_length=60)
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    explanation = Sealed()
    explained_at = models.DateTimeField(null=True)
    reasons = Sealed()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["look", "watch"], name="one_flag_a_rule")]
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(state__in=["open", "explained"]), name="flags_to_settle")
        ]

    def __str__(self) -> str:
        return f"{self.watch}: {self.look}"

    @property
    def sealed_for(self) -> str:
        """Whoever looked: the words are theirs, or about them."""
        if self.look.by is None:
            raise ValueError("the program's looks are not flagged")
        return self.look.by.sealed_for


class Delay(models.Model):
    """The looks for a case are shown to the person later: one officer proposes it, another confirms it or says no.

    It ends with the day `until`, whether or not anybody does anything; then the person sees the looks, and why so late.
    """

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    case = models.CharField(max_length=40)
    until = models.DateField()  # the last day without notice
    reason = Sealed()
    legal_basis = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_post = models.CharField(max_length=130)
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_post = models.CharField(max_length=130, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = Sealed()  # why it was rejected

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="rejected"), name="one_delay_a_case"),
            models.CheckConstraint(
                condition=Q(state="open", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("proposed_by")),
                name="four_eyes_on_a_delay",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.until}"

    @property
    def sealed_for(self) -> str:
        return self.case
