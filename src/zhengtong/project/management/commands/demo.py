"""`zhengtong demo`: a database, the charter in force, its sample people; then the web server and the worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from zhengtong.project.sample.city import found
from zhengtong.project.sample.people import read_sample
from zhengtong.project.sample.reports import write_reports
from zhengtong.project.sample.rounds import open_rounds


class Command(BaseCommand):
    help = "Prepare the demonstration (what is there already is kept) and start it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="do not start the servers")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, prepare_only: bool, port: int, **options: Any) -> None:
        prepare(settings.ZHENGTONG_CHARTER)
        self._tell(settings.ZHENGTONG_CHARTER, port)
        if not prepare_only:
            call_command("serve", port=port)

    def _tell(self, folder: Path, port: int) -> None:
        self.stdout.write(f"\nOpen http://localhost:{port}/ and sign in as one of these (they are invented):\n\n")
        sample = read_sample(folder)
        for person in sample["people"]:
            does = ", ".join(person["posts"]) or (person.get("notes") or {}).get("en", "")
            self.stdout.write(f"  {person['username']:<16} {person['password']:<20} {person['name']}  {does}\n")
        self.stdout.write("\nOfficers are asked for a code, too. Put this key into an authenticator app:\n")
        self.stdout.write(f"  {sample['code_app']}\nor run `.venv/bin/zhengtong code` for the code of this moment.\n")
        self.stdout.write(
            "\nTo vote in secret take a code from sample/voting-codes.txt in the folder of the data (var/);\n"
        )
        self.stdout.write("the trustees' keys lie beside it, since here you play every part.\n")
        self.stdout.write("\nStop with Ctrl-C. `make demo RESET=1` starts afresh.\n")


def prepare(folder: Path) -> None:
    """Tables, static files, the charter if it was changed, people, rounds and reports; quick when nothing is new."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    found(folder, now=timezone.now())
    open_rounds(folder, now=timezone.now())
    write_reports(folder, now=timezone.now())
