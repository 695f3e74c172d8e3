"""Who acts: accounts, persons, enterprises, the posts that persons hold, and mandates to act for another."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from zhengtong.common.compiled import Given
from zhengtong.vault.fields import Blind, Sealed


class Person(models.Model):
    """A natural person. What the registers know of them stays in the registers; what is personal is sealed."""

    handle = models.UUIDField(default=uuid4, unique=True, editable=False)  # what the ledger calls them
    id_number = Sealed(owns=True, index="id_index")
    id_index = Blind(of="id_number", purpose="person", unique=True)
    name = Sealed(owns=True)
    email = Sealed(owns=True)
    phone = Sealed(owns=True)
    language = models.CharField(max_length=10, default="zh-Hans")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def sealed_for(self) -> str:
        return f"person:{self.handle}"


class Enterprise(models.Model):
    """A company, known by its unified social credit code (统一社会信用代码)."""

    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, *, username: str, password: str, person: Person) -> "Account":
        """A new account for `person`, with its password hashed."""
        account = self.model(username=username, person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """The sign-in of one person."""

    username = models.CharField(max_length=150, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username


class InForce(models.QuerySet[Any]):
    def on(self, day: date | Given) -> "InForce":
        """Those in force on `day`, the last day included."""
        return self.filter(Q(from_on__lte=day), Q(to_on__isnull=True) | Q(to_on__gte=day))


class Holding(models.Model):
    """A person holds a post, from one day to another. `post` is `organisation/post` of the charter."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    post = models.CharField(max_length=130, db_index=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    skills = models.JSONField(default=list, blank=True)  # of those that the charter names for the post

    objects = InForce.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "post", "from_on"], name="one_holding_a_start"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="holding_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.post}"


class Delegation(models.Model):
    """A post lets another exercise a power of its own (委托): acts, matters, region, days."""

    power = models.CharField(max_length=60)
    from_post = models.CharField(max_length=130)
    to_post = models.CharField(max_length=130, db_index=True)
    acts = models.JSONField()
    matters = models.JSONField()
    region = models.CharField(max_length=6)
    legal_basis = models.JSONField()
    reason = models.TextField()
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()

    objects = InForce.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_post=F("to_post")), name="delegated_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="delegated_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.power}: {self.from_post} → {self.to_post}"


class Absence(models.Model):
    """Whoever holds a post is not there; once nobody of the post is, its deputy sits in it (see permissions.py)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    post = models.CharField(max_length=130)
    deputy = models.CharField(max_length=130, db_index=True)  # a post
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(post=F("deputy")), name="deputy_is_another")]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"


class Motion(models.Model):
    """What an officer proposes that belongs to no case, and another confirms: an enactment, a key, a correction.

    Whoever confirms sees the content, and `digest` (keyed, so that nothing can be guessed from it) holds it fast. What
    is carried out by itself is carried out when it is confirmed; the rest before `expires_at`, and once.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    handle = models.UUIDField(default=uuid4, editable=False)
    act = models.CharField(max_length=20)
    content = Sealed(default=dict, owns=True)
    digest = models.CharField(max_length=64)
    concerns = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=110, blank=True, db_index=True)  # a subject with which it is erased
    legal_basis = models.JSONField()  # of the second pair of eyes
    two_offices = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_in = models.CharField(max_length=130)  # the post
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_in = models.CharField(max_length=130, blank=True)
    answer = Sealed()
    answered_at = models.DateTimeField(null=True, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "rejected"])
                | Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by")),
                name="motion_of_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(concerns__isnull=True)
                | ~Q(concerns=F("proposed_by")) & (Q(answered_by__isnull=True) | ~Q(concerns=F("answered_by"))),
                name="motion_about_neither_of_them",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | Q(GreaterThan(Length("answer"), 0)),
                name="motion_rejected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="open", answered_at__isnull=True) | ~Q(status="open") & Q(answered_at__isnull=False),
                name="motion_is_open_or_answered",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True) | Q(status="confirmed"), name="only_what_is_confirmed_is_done"
            ),
        ]
        indexes = [models.Index(fields=["act"], condition=Q(status="open"), name="open_motions")]

    def __str__(self) -> str:
        return f"{self.act}: {self.status}"

    @property
    def sealed_for(self) -> str:
        return f"motion:{self.handle}"


class Mandate(models.Model):
    """A party lets a person act for it (授权), in the procedures named or in all."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, related_name="mandates")
    grantor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="mandates_given")
    holder = models.ForeignKey(Person, models.PROTECT, related_name="mandates_held")
    procedures = models.JSONField(default=list, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, grantor__isnull=True)
                | Q(enterprise__isnull=True, grantor__isnull=False),
                name="mandate_of_one_party",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise or self.grantor} → {self.holder}"


class Attempt(models.Model):
    """Somebody who had signed in asked for what is not theirs, and was refused. Nothing of what they sent is kept.

    Rows are added and never changed, but for the last of a day that has too many: it counts the rest (see attempts.py).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=10)
    route = models.CharField(max_length=100)  # the page or operation, by its name in the program
    target = models.CharField(max_length=130)  # what the address named: a case number, a post, a row
    code = models.CharField(max_length=60)  # of the refusal
    times = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="attempts_of_a_person")]

    def __str__(self) -> str:
        return f"{self.verb} {self.route}: {self.code}"


class Token(models.Model):
    """A key to the API with scopes; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
