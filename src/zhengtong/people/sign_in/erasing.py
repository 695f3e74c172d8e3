"""A person is erased: their key, and what opens an account and is kept about its use."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhengtong.ledger.acts import erase_subject, record
from zhengtong.people import kinds
from zhengtong.people.actor import PROGRAM
from zhengtong.people.models import Account, Person, Token
from zhengtong.people.motions import erase_motions
from zhengtong.people.sign_in.models import CodeApp, Event, Identity, Notice, Passkey, RecoveryCode, Session
from zhengtong.vault import erasures

OF_ACCOUNT = (Passkey, CodeApp, RecoveryCode, Identity, Notice, Session, Event)


@transaction.atomic
def erase_person(*, person: Person, basis: Sequence[str], now: datetime) -> None:
    """Nobody can tell any more who this was; their rows stay, as the parties of what has been done."""
    for account in Account.objects.filter(person=person):
        for kept in OF_ACCOUNT:
            kept.objects.filter(account=account).delete()
        account.username, account.is_active = f"erased-{person.handle}", False
        account.set_unusable_password()
        account.save(update_fields=["username", "is_active", "password"])
    Token.objects.filter(person=person).delete()
    erase_motions(concerns=person, basis=basis, now=now)
    Person.objects.filter(pk=person.pk).update(id_index=None)
    subject = person.sealed_for
    erase_subject(subject, by=PROGRAM, now=now, basis=basis)
    record(kind=kinds.PERSON_ERASED, subject=subject, by=PROGRAM, now=now, basis=list(basis))
    erasures.note(subject=subject, basis=basis, now=now)
