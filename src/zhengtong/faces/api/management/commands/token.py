"""`zhengtong token USERNAME --scopes cases:read cases:write`: a key to the API, shown once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhengtong.faces.shared import clock
from zhengtong.people.actor import PROGRAM
from zhengtong.people.acts import issue_token
from zhengtong.people.models import Account
from zhengtong.people.scopes import SCOPES


class Command(BaseCommand):
    help = "Issue an API token for a person; it is shown once and only its hash is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--scopes", nargs="+", choices=sorted(SCOPES), default=["cases:read"])
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument("--days", type=int, default=90, help="how long it is good for (1 to 366)")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.select_related("person").filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"Nobody signs in as {options['username']!r}.")
        if not 1 <= options["days"] <= 366:
            raise CommandError("--days must be from 1 to 366.")
        secret = issue_token(
            person=account.person,
            name=options["name"],
            scopes=options["scopes"],
            days=options["days"],
            by=PROGRAM,
            now=clock.now(),
        )
        self.stdout.write(secret)
