"""`zhengtong restore USERNAME --by CLERK --reason …`: a way back for whom a clerk has checked in person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhengtong.people.actor import Actor
from zhengtong.people.models import Account
from zhengtong.people.permissions import posts_of
from zhengtong.people.sign_in.acts import restore
from zhengtong.people.sign_in.sessions import Visit


class Command(BaseCommand):
    help = "End everything that opens an account, and mail its person a link to set a new password; it is recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--by", required=True, help="the user name of the officer who has seen the identity card")
        parser.add_argument("--reason", required=True, help="what was shown, and why it is needed")

    def handle(self, *, username: str, by: str, reason: str, **options: Any) -> None:
        now, accounts = timezone.now(), Account.objects.select_related("person")
        account, officer = (accounts.filter(username=name).first() for name in (username, by))
        if account is None or officer is None:
            raise CommandError(f"Nobody signs in as {username if account is None else by!r}.")
        posts = posts_of(officer.person, on=timezone.localdate(now))
        if not posts or officer == account:
            raise CommandError(f"{by!r} holds no post today, or is the person who wants to come back.")
        if not account.person.email:
            raise CommandError("The person has no mail address that the link could go to.")
        restore(
            account=account,
            reason=reason,
            by=Actor(officer.person),
            post=posts[0],
            visit=Visit(device="command line"),
            now=now,
        )
        self.stdout.write("Restored. The link is mailed; it is good for ten minutes after it was sent.")
