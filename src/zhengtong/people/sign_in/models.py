"""What opens an account, what happened at it, and the sessions that are open."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from zhengtong.people.models import Account


class Passkey(models.Model):
    """A WebAuthn credential: the public half of a key that never leaves the person's device."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys")
    credential = models.BinaryField(max_length=1023, unique=True)  # its id
    data = models.BinaryField()  # id, kind of device and public key, as WebAuthn packs them
    counter = models.BigIntegerField(default=0)  # a device that counts backwards is a copy
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class CodeApp(models.Model):
    """An app that shows a code every thirty seconds (TOTP, RFC 6238)."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="code_app")
    sealed = models.BinaryField()  # the shared secret, encrypted
    last_step = models.BigIntegerField(default=0)  # of the newest code that was used; none is good twice
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account)


class RecoveryCode(models.Model):
    """A code of 120 bits for the day when the device is lost. Only its hash is kept, and it opens once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account)


class Identity(models.Model):
    """What a provider (OpenID Connect) calls the person."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    connected_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_an_identity")]

    def __str__(self) -> str:
        return f"{self.subject} @ {self.issuer}"


class Event(models.Model):
    """One line of a security log. `name` is a keyed hash of the user name that was typed: it counts the tries at names
    that do not exist, too, and keeps no password that somebody typed into the wrong field.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="events")
    name = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=30)
    what = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    address = models.CharField(max_length=50, blank=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-at"]),
            models.Index(fields=["name", "-at"]),
            models.Index(fields=["address", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Notice(models.Model):
    """A letter about the account that waits to be mailed. A link in it is made when it is sent, and kept nowhere."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    what = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "tries"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.account}"


class Session(AbstractBaseSession):
    """A session with its account, so that a person sees and ends their own."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    address = models.CharField(max_length=50, blank=True)
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account} {self.device}"
