"""`zhengtong sample --cases 20000`: a plausible year of history of the sample city."""

import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.timezone import localdate

from zhengtong.charter.queries import in_force
from zhengtong.ledger.acts import sequence
from zhengtong.observatory.rollup import rebuild
from zhengtong.project.sample.city import found
from zhengtong.project.sample.history import write_history


class Command(BaseCommand):
    help = "Write a plausible year of history by the same acts as ever. Ctrl-C stops it; run it again to go on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=20_000, help="how many applications there are in the end")
        parser.add_argument("--seed", type=int, default=1, help="another seed is another year")
        parser.add_argument("--until", type=datetime.fromisoformat, help="the moment when the year ends (now)")
        parser.add_argument("--service", default="", metavar="ID", help="applications for this service alone")

    def handle(self, *, cases: int, seed: int, until: datetime | None, service: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        now = until or timezone.now()
        now = timezone.make_aware(now) if timezone.is_naive(now) else now
        found(settings.ZHENGTONG_CHARTER, now=timezone.now())
        try:
            self._write(cases, seed, now, service)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. What is there is whole; run the same command to go on.")
            return
        while sequence(now=now):
            self.stdout.write("The ledger is being sequenced.")
        for month in rebuild(now=now):
            self.stdout.write(f"Counted {month:%Y-%m}.")

    def _write(self, cases: int, seed: int, until: datetime, service: str) -> None:
        charter, began = in_force(localdate(until)).charter, time.monotonic()
        if service and service not in {each.id for each in charter.all_listed()}:
            raise CommandError(f"there is no service {service}")
        first: int | None = None
        for there in write_history(cases=cases, seed=seed, charter=charter, until=until, service=service):
            first = there if first is None else first
            rate = (there - first) / (time.monotonic() - began)
            self.stdout.write(f"{there} of {cases} applications, {rate:.0f} a second", ending="\r")
            self.stdout.flush()
        self.stdout.write("")
